import type { Account } from '#lib/domain/accounts.ts';

/** The account that the gate let in: it lets nobody else reach these routes. */
export function signedIn(locals: App.Locals): Account {
	if (!locals.account) throw new Error('A signed-in route was reached without an account.');
	return locals.account;
}
