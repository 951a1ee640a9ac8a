import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import type { Role } from '#lib/domain/accounts.ts';
import { now, systemDate, toInstant } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { hashOf } from './secrets.ts';

/*
 * Who is signed in. lucia draws and follows the identifiers; our adapter keeps only their SHA-256.
 * Nothing else imports lucia (docs/decisions/sessions-lucia.md).
 */

/** A session ends after this many hours without a visit. */
const idleHours = 8;

/** The longest a session lasts, in days, however often it is used. */
const longestDays: Readonly<Record<Role, number>> = { administration: 7, mairie: 30, agent: 30, lecture: 30 };

/** How often, in milliseconds, a visit is written down. */
const seenEvery = 5 * 60_000;

declare module 'lucia' {
	interface Register {
		Lucia: Lucia;
		UserId: number;
		DatabaseSessionAttributes: { device: string };
	}
}

/** A session as its person sees it in the list of theirs. */
export interface OpenSession {
	/** What ends it: the hash of its identifier, which opens nothing. */
	idHash: string;
	device: string;
	createdAt: string;
	seenAt: string;
	isThisOne: boolean;
}

/**
 * Opens a session and gives its identifier, for a cookie: it is written nowhere else. `device` names the browser.
 * What is known of the sessions that have ended goes.
 */
export async function openSession(db: Db, accountId: number, device: string): Promise<string> {
	const lucia = luciaOn(db);
	await lucia.deleteExpiredSessions();
	const { id } = await lucia.createSession(accountId, { device });
	return id;
}

/** The number of the account whose session is still open, its visit noted; undefined once it has ended. */
export async function visitSession(db: Db, sessionId: string): Promise<number | undefined> {
	const { session } = await luciaOn(db).validateSession(sessionId);
	if (!session) return undefined;
	const row = await db
		.selectFrom('session')
		.innerJoin('account', 'account.id', 'session.account_id')
		.select(['session.created_at', 'seen_at', 'role'])
		.where('id_hash', '=', hashOf(sessionId))
		.executeTakeFirst();
	if (!row) return undefined;
	const end = Date.parse(row.created_at) + longestDays[row.role] * 86_400_000;
	if (now() >= end) {
		await closeSession(db, sessionId);
		return undefined;
	}
	if (now() - Date.parse(row.seen_at) >= seenEvery)
		await db
			.updateTable('session')
			.set({ seen_at: iso(now()), expires_at: iso(Math.min(end, now() + idleHours * 3_600_000)) })
			.where('id_hash', '=', hashOf(sessionId))
			.execute();
	return session.userId;
}

/** Ends one session. */
export async function closeSession(db: Db, sessionId: string): Promise<void> {
	await luciaOn(db).invalidateSession(sessionId);
}

/** Ends one of an account's sessions, named by the hash that `listSessions` gives. Another account's is left alone. */
export async function closeSessionOf(db: Db, accountId: number, idHash: string): Promise<void> {
	await db.deleteFrom('session').where('account_id', '=', accountId).where('id_hash', '=', idHash).execute();
}

/** Ends all sessions of an account, save `exceptId` when it is given. */
export async function closeSessions(db: Db, accountId: number, exceptId?: string): Promise<void> {
	await db
		.deleteFrom('session')
		.where('account_id', '=', accountId)
		.$if(exceptId !== undefined, (query) => query.where('id_hash', '<>', hashOf(exceptId ?? '')))
		.execute();
}

/** The sessions of an account still open, the last used first. */
export async function listSessions(db: Db, accountId: number, currentId?: string): Promise<OpenSession[]> {
	const rows = await db
		.selectFrom('session')
		.selectAll()
		.where('account_id', '=', accountId)
		.where('expires_at', '>', iso(now()))
		.orderBy('seen_at', 'desc')
		.execute();
	const current = currentId === undefined ? undefined : hashOf(currentId);
	return rows.map((row) => ({
		idHash: row.id_hash,
		device: row.device,
		createdAt: row.created_at,
		seenAt: row.seen_at,
		isThisOne: row.id_hash === current
	}));
}

function luciaOn(db: Db): Lucia {
	return new Lucia(adapterOn(db), {
		sessionExpiresIn: new TimeSpan(idleHours, 'h'),
		getSessionAttributes: (attributes) => attributes
	});
}

/** lucia counts by the machine’s clock, the site by its own: instants are translated on the way. */
function adapterOn(db: Db): Adapter {
	const sessionOf = (id: string, row: { account_id: number; expires_at: string; device: string }) =>
		({
			id,
			userId: row.account_id,
			expiresAt: systemDate(Date.parse(row.expires_at)),
			attributes: { device: row.device }
		}) satisfies DatabaseSession;
	return {
		async getSessionAndUser(id) {
			const row = await db
				.selectFrom('session')
				.innerJoin('account', 'account.id', 'session.account_id')
				.selectAll('session')
				.where('id_hash', '=', hashOf(id))
				.where('account.disabled_at', 'is', null)
				.executeTakeFirst();
			return row ? [sessionOf(id, row), { id: row.account_id, attributes: {} }] : [null, null];
		},
		async getUserSessions(accountId) {
			const rows = await db.selectFrom('session').selectAll().where('account_id', '=', accountId).execute();
			return rows.map((row) => sessionOf(row.id_hash, row));
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			const at = iso(now());
			await db
				.insertInto('session')
				.values({
					id_hash: hashOf(id),
					account_id: userId,
					created_at: at,
					seen_at: at,
					expires_at: iso(toInstant(expiresAt)),
					device: attributes.device
				})
				.execute();
		},
		async updateSessionExpiration(id, expiresAt) {
			await db
				.updateTable('session')
				.set({ expires_at: iso(toInstant(expiresAt)) })
				.where('id_hash', '=', hashOf(id))
				.execute();
		},
		async deleteSession(id) {
			await db.deleteFrom('session').where('id_hash', '=', hashOf(id)).execute();
		},
		async deleteUserSessions(accountId) {
			await closeSessions(db, accountId);
		},
		async deleteExpiredSessions() {
			await db.deleteFrom('session').where('expires_at', '<=', iso(now())).execute();
		}
	};
}

function iso(instant: number): string {
	return new Date(instant).toISOString();
}
