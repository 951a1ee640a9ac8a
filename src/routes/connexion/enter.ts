import { redirect, type RequestEvent } from '@sveltejs/kit';
import { type Account, landingPath } from '#lib/domain/accounts.ts';
import { formatTime, localOf } from '#lib/domain/dates.ts';
import { cookieOptions, sessionCookie, waitingCookie } from '#lib/server/accounts/cookie.ts';
import { openSession } from '#lib/server/accounts/sessions.ts';
import type { SignIn } from '#lib/server/accounts/sign-in.ts';
import { deviceOf } from '#lib/server/device.ts';

/** Opens a session for this account and goes to its desk, or where the person was going. */
export async function enter(event: RequestEvent, account: Account): Promise<never> {
	const { db, settings } = event.locals.app;
	const device = deviceOf(event.request.headers.get('user-agent') ?? '');
	const options = cookieOptions(settings.origin);
	event.cookies.set(sessionCookie(settings.origin), await openSession(db, account.id, device), options);
	event.cookies.delete(waitingCookie(settings.origin), options);
	redirect(303, landingPath(account, event.url.searchParams.get('suite')));
}

/** What to tell someone who could not sign in. */
export function whyNot(result: Extract<SignIn, { kind: 'refused' | 'held' }>, wrong: string): string {
	if (result.kind === 'refused') return wrong;
	const heure = formatTime(localOf(result.until + 60_000));
	return `Trop d’essais : recommencez à ${heure}, ou demandez un nouveau mot de passe.`;
}
