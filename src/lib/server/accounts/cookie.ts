/** Name of the cookie that holds a session: in https the browser itself keeps it to this host (RFC 6265bis, `__Host-`). */
export function sessionCookie(origin: string): string {
	return cookieName(origin, 'session');
}

/** Name of the cookie that holds a sign-in waiting for its second factor. */
export function waitingCookie(origin: string): string {
	return cookieName(origin, 'connexion');
}

/** How these cookies travel. Without a date, they go when the browser closes: an office computer is often shared. */
export function cookieOptions(origin: string) {
	return { path: '/', httpOnly: true, secure: origin.startsWith('https:'), sameSite: 'lax' } as const;
}

function cookieName(origin: string, name: string): string {
	return origin.startsWith('https:') ? `__Host-${name}` : name;
}
