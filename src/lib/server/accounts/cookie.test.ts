import { expect, test } from 'vitest';
import { cookieOptions, sessionCookie, waitingCookie } from './cookie.ts';

test('in https, the browser itself keeps both cookies to this host, and no script reads them', () => {
	const origin = 'https://annuaire.exemple.fr';
	expect([sessionCookie(origin), waitingCookie(origin)]).toEqual(['__Host-session', '__Host-connexion']);
	// RFC 6265bis, 4.1.3.2: `__Host-` asks for Secure, Path=/ and no Domain.
	expect(cookieOptions(origin)).toEqual({ path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
});

test('in http, on one’s own machine, the cookies have plain names, which browsers take without TLS', () => {
	const origin = 'http://127.0.0.1:3000';
	expect([sessionCookie(origin), waitingCookie(origin)]).toEqual(['session', 'connexion']);
	expect(cookieOptions(origin)).toMatchObject({ httpOnly: true, secure: false, sameSite: 'lax' });
});
