import path from 'node:path';
import type { Role } from '#lib/domain/accounts.ts';
import { createAccount, findAccount, setPasswordHash } from '#lib/server/accounts/accounts.ts';
import { hashPassword } from '#lib/server/accounts/passwords.ts';
import { turnOnSecondFactor } from '#lib/server/accounts/second-factor.ts';
import { openSession } from '#lib/server/accounts/sessions.ts';
import { codeOf, newTotpSecret } from '#lib/server/accounts/totp.ts';
import { now, startClockAt } from '#lib/server/clock.ts';
import { findCommune } from '#lib/server/communes.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { receive } from '#lib/server/enquiries/receive.ts';
import { findProposable } from '#lib/server/proposals/proposable.ts';
import { submitProposal } from '#lib/server/proposals/submit.ts';
import { type Site, tuesdayMorning } from './site.ts';

/** The password of every account of the tests. */
export const password = 'trois mots sans rapport';

/** Someone who has an account on a site under test, and a session open there. */
export interface Person {
	id: number;
	courriel: string;
	/** For a Cookie header. */
	cookie: string;
	session: string;
}

/** Works on the database of a running site, beside it, as a command does. */
export async function beside<T>(site: Pick<Site, 'dataDir'>, work: (db: Db) => Promise<T>): Promise<T> {
	startClockAt(Date.parse(tuesdayMorning));
	const { db } = openDatabase(path.join(site.dataDir, 'annuaire.sqlite'));
	try {
		return await work(db);
	} finally {
		await db.destroy();
	}
}

/** This person proposes another telephone for an entry; gives the number of the proposal. */
export async function proposeNumber(
	db: Db,
	{ id }: Person,
	slug: string,
	telephone: string
): Promise<number> {
	const by = await findAccount(db, id);
	const entry = by && (await findProposable(db, by, slug));
	if (!entry) throw new Error(`Nothing can be proposed on ${slug}.`);
	const facts = { ...entry.facts, telephone };
	return submitProposal(db, { entry, facts, before: entry.facts, by, word: null });
}

/** A resident writes to the mairie of this commune; gives the number of the question. */
export async function askMairie(db: Db, commune: string): Promise<number> {
	const subject = {
		kind: 'question',
		commune: (await findCommune(db, commune)) ?? null,
		theme: null,
		service: null
	} as const;
	const written = { text: 'À quelle heure ouvrez-vous ?', courriel: null, telephone: null, reasons: [] };
	return receive(db, subject, written, { trap: '', openedAt: now() - 60_000, fromSamePlace: 0 });
}

/** Opens an account with a password, and a session of it. Its name and address come from `name`. */
export async function openPerson(
	db: Db,
	name: string,
	role: Role,
	{ secondFactor = role === 'administration', communes = role === 'mairie' ? ['bourg-valclair'] : [] } = {}
): Promise<Person> {
	const courriel = `${name}@valclair.example`;
	const id = await createAccount(db, { courriel, nom: name, role, communes }, 'essai');
	await setPasswordHash(db, id, await hashPassword(password));
	const session = await openSession(db, id, 'Un navigateur');
	if (secondFactor) {
		const account = await findAccount(db, id);
		const secret = newTotpSecret();
		const code = codeOf(secret, Math.floor(now() / 30_000));
		if (!account || !(await turnOnSecondFactor(db, account, secret, code, session)))
			throw new Error('The second factor could not be turned on.');
	}
	return { id, courriel, session, cookie: `session=${session}` };
}
