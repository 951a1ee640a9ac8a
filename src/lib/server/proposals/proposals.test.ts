import { afterEach, describe, expect, vi } from 'vitest';
import type { Account, Role } from '#lib/domain/accounts.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { startMailServer } from '../../../../tests/mail-server.ts';
import { test, type World } from '../../../../tests/world.ts';
import { createAccount, disableAccount, findAccount, setPasswordHash } from '../accounts/accounts.ts';
import { now, restoreClock } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { archiveEntry } from '../editing/archive.ts';
import { findEditable } from '../editing/editable.ts';
import { ConflictError, publish } from '../editing/publish.ts';
import { listRevisions } from '../editing/revisions.ts';
import { listJournal } from '../journal.ts';
import { startPostman } from '../mail/postman.ts';
import { search } from '../search/search.ts';
import { findService } from '../services.ts';
import { readSettings } from '../settings.ts';
import { rememberOrigin } from '../territory.ts';
import { acceptProposal, AnsweredError, refuseProposal, withdrawProposal } from './decide.ts';
import { findProposable, searchProposable } from './proposable.ts';
import {
	findProposal,
	findWaiting,
	listAnswered,
	listProposalsBy,
	listProposalsFor,
	type SeenProposal
} from './proposals.ts';
import { mostWaiting, ProposalError, submitProposal } from './submit.ts';

const shared = 'accueil-petite-enfance';
const day = 86_400_000;

afterEach(() => {
	vi.useRealTimers();
	restoreClock();
});

/** Someone of the territory who has chosen a password. */
async function open(db: Db, nom: string, role: Role, commune?: string): Promise<Account> {
	const communes = commune === undefined ? [] : [commune];
	const courriel = `${nom.toLowerCase()}@valclair.example`;
	const id = await createAccount(db, { courriel, nom, role, communes }, 'essai');
	await setPasswordHash(db, id, 'un condensat');
	const account = await findAccount(db, id);
	if (!account) throw new Error(`${nom} has no account`);
	return account;
}

async function openAll(db: Db) {
	await rememberOrigin(db, 'https://annuaire.example');
	return {
		administration: await open(db, 'Direction', 'administration'),
		haut: await open(db, 'Haut', 'mairie', 'haut-valclair'),
		bourg: await open(db, 'Bourg', 'mairie', 'bourg-valclair'),
		agent: await open(db, 'Awa', 'agent'),
		reader: await open(db, 'Lectrice', 'lecture')
	};
}

/** This account proposes these values on this entry; gives the number of the proposal. */
async function propose(
	db: Db,
	by: Account,
	slug: string,
	values: Partial<Facts>,
	word: string | null = null
): Promise<number> {
	const entry = await findProposable(db, by, slug);
	if (!entry) throw new Error(`${by.nom} may not propose on ${slug}`);
	const facts = { ...entry.facts, ...values };
	return submitProposal(db, { entry, facts, before: entry.facts, by, word });
}

async function seen(db: Db, account: Account, id: number): Promise<SeenProposal> {
	const proposal = await findProposal(db, account, id);
	if (!proposal) throw new Error(`${account.nom} doesn't see ${id}`);
	return proposal;
}

/** Accepts with these values over what is proposed, as someone who looks at the entry now. */
async function accept(
	db: Db,
	by: Account,
	id: number,
	values: Partial<Facts> = {},
	word: string | null = null
): Promise<void> {
	const proposal = await seen(db, by, id);
	const entry = await findEditable(db, by, proposal.entry.slug);
	if (!entry) throw new Error('no entry');
	const facts = { ...entry.facts, ...proposal.proposed, ...values };
	await acceptProposal(db, proposal, { facts, version: entry.version, by, word });
}

const mailsTo = (db: Db, { courriel }: { courriel: string }) =>
	db.selectFrom('mail').select(['subject', 'text']).where('recipient', '=', courriel).orderBy('id').execute();

const telephoneOf = async (db: Db, slug: string, scope?: string) =>
	(await findService(db, slug, scope))?.telephone;

describe('who may propose', () => {
	test('a mairie on the shared entries and on others’, France Services on all, nobody else', async ({
		db
	}) => {
		const { administration, haut, bourg, agent, reader } = await openAll(db);
		const mayPropose = async (account: Account, slug: string) =>
			(await findProposable(db, account, slug)) !== undefined;
		expect(await mayPropose(haut, shared)).toBe(true);
		expect(await mayPropose(haut, 'mairie-bourg-valclair')).toBe(true);
		expect(await mayPropose(bourg, 'mairie-bourg-valclair')).toBe(false);
		expect(await mayPropose(agent, 'mairie-bourg-valclair')).toBe(true);
		expect(await mayPropose(administration, shared)).toBe(false);
		expect(await mayPropose(reader, shared)).toBe(false);
		expect(await mayPropose(agent, 'brouillon-jamais-publie')).toBe(false);
		expect(await mayPropose(agent, 'n-existe-pas')).toBe(false);
	});

	test('a search finds by any words what one may propose to change, and only that', async ({ db }) => {
		const { administration, haut, bourg } = await openAll(db);
		const found = async (account: Account, q: string) =>
			(await searchProposable(db, account, q, 10)).map(({ slug }) => slug);
		expect(await found(haut, 'mairie bourg')).toContain('mairie-bourg-valclair');
		expect(await found(bourg, 'mairie')).not.toContain('mairie-bourg-valclair');
		expect(await found(bourg, 'petite enfance')).toContain(shared);
		expect(await found(haut, 'brouillon')).not.toContain('brouillon-jamais-publie');
		expect(await found(haut, ' ')).toEqual([]);
		expect(await found(administration, 'mairie')).toEqual([]);
	});

	test('what is proposed begins from what everyone reads, not from the words of one’s own commune', async ({
		db
	}) => {
		const { haut } = await openAll(db);
		const mine = await findEditable(db, haut, shared);
		if (!mine) throw new Error('not shared');
		await publish(db, mine, { ...mine.facts, telephone: '04 65 71 00 98' }, haut);
		expect((await findProposable(db, haut, shared))?.facts.telephone).toBe('04 65 71 00 20');
	});
});

describe('a proposal', () => {
	test('changes nothing until it is accepted, then is read at once everywhere, with its history', async ({
		db
	}) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99' }, 'Je viens d’appeler.');
		expect(await telephoneOf(db, shared)).toBe('04 65 71 00 20');
		expect(await listProposalsFor(db, administration)).toEqual([
			{
				path: `/mairie/propositions/${id}`,
				nom: 'Accueil petite enfance',
				who: 'Haut, Haut-Valclair',
				since: expect.any(String) as string
			}
		]);
		expect(await listProposalsFor(db, haut)).toEqual([]);

		await accept(db, administration, id);
		expect(await telephoneOf(db, shared, 'bourg-valclair')).toBe('04 65 71 00 99');
		const { ids } = await search(db, { q: '0465710099', commune: 'haut-valclair', limit: 5 });
		expect(ids).toHaveLength(1);
		const [last] = await listRevisions(db, ids[0] ?? 0, null);
		expect(last?.who).toBe('Direction (proposé par Haut, Haut-Valclair)');
		expect((await listJournal(db, { limit: 3 })).map(({ who, action }) => [who, action])).toEqual([
			['Direction', 'proposition-acceptee'],
			['Direction (proposé par Haut, Haut-Valclair)', 'fiche-publiee'],
			['Haut', 'proposition-envoyee']
		]);
		expect(await listProposalsFor(db, administration)).toEqual([]);
		expect((await listAnswered(db, administration, 10)).map((one) => one.id)).toEqual([id]);
		expect((await listProposalsBy(db, haut))[0]?.end).toMatchObject({ outcome: 'acceptee', by: 'Direction' });
	});

	test('takes only what is kept of it: what people changed since stays', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99', adresse: '9 rue du Pré' });
		const entry = await findEditable(db, administration, shared);
		if (!entry) throw new Error('no entry');
		await publish(db, entry, { ...entry.facts, resume: 'Un autre résumé.' }, administration);
		await accept(db, administration, id, { adresse: entry.facts.adresse });
		const read = await findService(db, shared);
		expect([read?.telephone, read?.adresse, read?.resume]).toEqual([
			'04 65 71 00 99',
			entry.facts.adresse,
			'Un autre résumé.'
		]);
		expect((await seen(db, haut, id)).end?.published).toEqual({
			telephone: '04 65 71 00 99',
			adresse: entry.facts.adresse
		});
	});

	test('is not accepted over what someone published while it was read', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99' });
		const entry = await findEditable(db, administration, shared);
		if (!entry) throw new Error('no entry');
		await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 88' }, administration);
		const proposal = await seen(db, administration, id);
		const facts = { ...entry.facts, ...proposal.proposed };
		await expect(
			acceptProposal(db, proposal, { facts, version: entry.version, by: administration, word: null })
		).rejects.toThrow(ConflictError);
		expect(await telephoneOf(db, shared)).toBe('04 65 71 00 88');
		expect((await seen(db, administration, id)).end).toBeNull();
		expect(await mailsTo(db, haut)).toEqual([]);
	});

	test('that people read already is accepted without a new state in the history', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99' });
		const entry = await findEditable(db, administration, shared);
		if (!entry) throw new Error('no entry');
		await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 99' }, administration);
		const states = await listRevisions(db, entry.id, null);
		await accept(db, administration, id);
		expect(await listRevisions(db, entry.id, null)).toHaveLength(states.length);
		expect((await mailsTo(db, haut)).map(({ subject }) => subject)).toEqual([
			expect.stringContaining('publiée') as string
		]);
	});

	test('that changes nothing is not kept', async ({ db }) => {
		const { haut } = await openAll(db);
		await expect(propose(db, haut, shared, {})).rejects.toThrow(ProposalError);
		expect(await listProposalsBy(db, haut)).toEqual([]);
	});

	test('is refused with a word, and nothing changes', async ({ db }) => {
		const { bourg, agent } = await openAll(db);
		const id = await propose(db, agent, 'mairie-bourg-valclair', { telephone: '04 65 71 00 99' });
		const before = await telephoneOf(db, 'mairie-bourg-valclair', 'bourg-valclair');
		await refuseProposal(db, await seen(db, bourg, id), { by: bourg, word: 'L’ancien numéro marche.' });
		expect(await telephoneOf(db, 'mairie-bourg-valclair', 'bourg-valclair')).toBe(before);
		const [mail] = await mailsTo(db, agent);
		expect(mail?.subject).toContain('pas retenue');
		expect(mail?.text).toContain('L’ancien numéro marche.');
		expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
			who: 'Bourg',
			action: 'proposition-refusee'
		});
	});

	test('on an entry archived since can’t be published: it is refused, or waits until the entry is back', async ({
		db
	}) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99' });
		const entry = await findEditable(db, administration, shared);
		if (!entry) throw new Error('no entry');
		await archiveEntry(db, entry, administration);
		await expect(accept(db, administration, id)).rejects.toThrow(/plus en ligne/);
		const proposal = await seen(db, administration, id);
		expect([proposal.end, proposal.entry.isPublished]).toEqual([null, false]);
		expect(await findService(db, shared)).toBeUndefined();
		await expect(
			submitProposal(db, {
				entry,
				facts: { ...entry.facts, nom: 'X' },
				before: entry.facts,
				by: haut,
				word: null
			})
		).rejects.toThrow(/plus en ligne/);
		await refuseProposal(db, proposal, { by: administration, word: 'Ce service n’existe plus.' });
		expect((await seen(db, haut, id)).end?.outcome).toBe('refusee');
	});

	test('is never deleted, nor answered twice, even by a command', async ({ db, world }) => {
		const { administration, haut } = await openAll(db);
		const id = await propose(db, haut, shared, { telephone: '04 65 71 00 99' });
		await withdrawProposal(db, await seen(db, haut, id), haut);
		await expect(accept(db, administration, id)).rejects.toThrow(AnsweredError);
		expect(() => world.sqlite.exec('DELETE FROM proposal')).toThrow('never deleted');
		expect(() => world.sqlite.exec(`UPDATE proposal SET outcome = NULL`)).toThrow('answered once');
	});
});

describe('rights', () => {
	test('another mairie, a colleague or a reader neither sees nor decides a proposal that isn’t theirs', async ({
		db
	}) => {
		const { administration, haut, bourg, agent, reader } = await openAll(db);
		const pont = await open(db, 'Pont', 'mairie', 'pont-valclair');
		const onBase = await propose(db, haut, shared, { telephone: '04 65 71 00 99' });
		const onBourg = await propose(db, haut, 'mairie-bourg-valclair', { telephone: '04 65 71 00 99' });
		const sees = async (account: Account, id: number) => {
			const proposal = await findProposal(db, account, id);
			return proposal && [proposal.mayDecide, proposal.isMine];
		};
		expect(await sees(administration, onBase)).toEqual([true, false]);
		expect(await sees(haut, onBase)).toEqual([false, true]);
		expect(await sees(bourg, onBase)).toBeUndefined();
		expect(await sees(bourg, onBourg)).toEqual([true, false]);
		expect(await sees(administration, onBourg)).toEqual([true, false]);
		for (const account of [pont, agent, reader])
			for (const id of [onBase, onBourg]) expect(await sees(account, id)).toBeUndefined();
		expect(await findProposal(db, administration, 999)).toBeUndefined();
		expect((await listProposalsFor(db, bourg)).map(({ nom }) => nom)).toEqual(['Mairie de Bourg-Valclair']);
		for (const account of [pont, agent, reader]) {
			expect(await listProposalsFor(db, account)).toEqual([]);
			expect(await listProposalsBy(db, account)).toEqual([]);
		}
	});

	test('a commune’s own words are decided by that mairie', async ({ db }) => {
		const { bourg, haut } = await openAll(db);
		const entry = await findEditable(db, haut, shared);
		if (!entry) throw new Error('not shared');
		const by = { nom: 'Crèche Les Lutins', courriel: 'lutins@valclair.example' };
		const facts = { ...entry.facts, telephone: '04 65 71 00 97' };
		const id = await submitProposal(db, { entry, facts, before: entry.facts, by, word: null });
		expect(await findProposal(db, bourg, id)).toBeUndefined();
		await accept(db, haut, id);
		expect(await telephoneOf(db, shared, 'haut-valclair')).toBe('04 65 71 00 97');
		expect(await telephoneOf(db, shared, 'bourg-valclair')).toBe('04 65 71 00 20');
		expect((await mailsTo(db, by))[0]?.subject).toContain('publiée');
	});
});

describe('two at once', () => {
	test('of two who decide at the same instant, one does and the other is told', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const colleague = await open(db, 'Collègue', 'administration');
		for (let i = 0; i < 20; i++) {
			const telephone = `04 65 71 01 ${String(i).padStart(2, '0')}`;
			const before = await telephoneOf(db, shared);
			const id = await propose(db, haut, shared, { telephone });
			const proposal = await seen(db, colleague, id);
			const outcomes = await Promise.allSettled([
				accept(db, administration, id),
				refuseProposal(db, proposal, { by: colleague, word: 'Non.' })
			]);
			expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
			const loser = outcomes.find((outcome) => outcome.status === 'rejected');
			expect(loser?.reason).toBeInstanceOf(AnsweredError);
			const isAccepted = outcomes[0].status === 'fulfilled';
			expect(await telephoneOf(db, shared)).toBe(isAccepted ? telephone : before);
			expect((await seen(db, haut, id)).end?.outcome).toBe(isAccepted ? 'acceptee' : 'refusee');
		}
		expect(await mailsTo(db, haut)).toHaveLength(20);
	});

	test('one person who sends twice has one proposal waiting: the last', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const ids = await Promise.all(
			['04 65 71 00 91', '04 65 71 00 92'].map((telephone) => propose(db, haut, shared, { telephone }))
		);
		const outcomes = await Promise.all(ids.map(async (id) => (await seen(db, haut, id)).end?.outcome));
		expect(outcomes.toSorted()).toEqual(['retiree', undefined]);
		const { id: entry } = (await seen(db, haut, ids[0] ?? 0)).entry;
		const waiting = await findWaiting(db, { accountId: haut.id, courriel: null }, entry, null);
		expect(waiting?.id).toBe(Math.max(...ids));
		expect(await listProposalsFor(db, administration)).toHaveLength(1);
	});
});

describe('limits', () => {
	test('twenty wait at most; one more is refused with a sentence, one on the same entry takes its place', async ({
		db
	}) => {
		const { agent } = await openAll(db);
		const names = await db
			.selectFrom('service')
			.innerJoin('publication', 'service_id', 'id')
			.select('slug')
			.execute();
		const partner = { nom: 'Crèche', courriel: 'Creche@valclair.example' };
		const entries = await Promise.all(names.map(({ slug }) => findProposable(db, agent, slug)));
		const send = (entry: (typeof entries)[number], nom: string) => {
			if (!entry) throw new Error('no entry');
			return submitProposal(db, {
				entry,
				facts: { ...entry.facts, nom },
				before: entry.facts,
				by: partner,
				word: null
			});
		};
		const enough = entries.slice(0, Math.min(mostWaiting, entries.length));
		for (const entry of enough) await send(entry, 'Un autre nom');
		// The territory of the tests is small: the same entries, as each commune says them, are others.
		for (let missing = mostWaiting - enough.length; missing > 0; missing--)
			await send(
				{ ...enough[missing], variantOf: 'haut-valclair' } as (typeof entries)[number],
				'Un autre nom'
			);
		const one = { ...enough[0], variantOf: 'pont-valclair' } as (typeof entries)[number];
		await expect(send(one, 'Un autre nom')).rejects.toThrow(/déjà 20 propositions/);
		expect(await send(enough[0], 'Encore un autre')).toBeGreaterThan(mostWaiting);
		await expect(send(one, 'Un autre nom')).rejects.toThrow(ProposalError);
	});
});

describe('mails', () => {
	test('tell those who decide, once, in words; and whoever proposed, through a real mail server', async ({
		db,
		world
	}) => {
		const { administration, haut, bourg } = await openAll(db);
		const server = await startMailServer();
		const postman = startPostman({ db, settings: settingsOf(world, server.port) });
		try {
			const id = await propose(
				db,
				haut,
				shared,
				{ telephone: '04 65 71 00 99', adresse: '9 rue du Pré', resume: 'Pour vous.' },
				'Je viens d’appeler\u202f: il a changé.'
			);
			await postman.wake();
			expect(server.accepted.map(({ to }) => to)).toEqual([['direction@valclair.example']]);
			const asked = server.accepted[0]?.parts.get('text/plain') ?? '';
			expect(server.accepted[0]?.headers.get('subject')).toContain('Accueil petite enfance');
			expect(asked).toContain('Haut, Haut-Valclair propose');
			expect(asked).toMatch(/Téléphone\u202f: 04.65.71.00.99 \(aujourd’hui\u202f: 04.65.71.00.20\)/);
			expect(asked).toContain('Je viens d’appeler\u202f: il a changé.');
			expect(asked).toContain(`https://annuaire.example/mairie/propositions/${id}`);

			await accept(
				db,
				administration,
				id,
				{ telephone: '04 65 71 00 77', resume: 'Inscrire votre enfant à la crèche, et être aidé.' },
				'Merci à vous.'
			);
			await postman.wake();
			expect(server.accepted.map(({ to }) => to)).toEqual([['direction@valclair.example'], [haut.courriel]]);
			const told = server.accepted[1]?.parts.get('text/plain') ?? '';
			expect(told).toContain('Direction a accepté');
			expect(told).toMatch(/Téléphone, corrigé\u202f: 04.65.71.00.77/);
			expect(told).toContain('Adresse\u202f: 9 rue du Pré');
			expect(told).toContain('Résumé, laissé comme avant');
			expect(told).toContain('Merci à vous.');
			expect(JSON.stringify(server.accepted)).not.toContain(bourg.courriel);
		} finally {
			await postman.stop();
			await server.close();
		}
	});

	test('someone who corrects a proposal the same day writes to nobody again; another day, they do', async ({
		db
	}) => {
		const { administration, haut } = await openAll(db);
		const first = await propose(db, haut, shared, { telephone: '04 65 71 00 91' });
		const second = await propose(db, haut, shared, { telephone: '04 65 71 00 92' });
		await withdrawProposal(db, await seen(db, haut, second), haut);
		await propose(db, haut, shared, { telephone: '04 65 71 00 93' });
		expect(await mailsTo(db, administration)).toHaveLength(1);
		expect((await seen(db, administration, first)).end?.outcome).toBe('retiree');
		vi.useFakeTimers({ toFake: ['Date'], now: now() + day });
		restoreClock();
		await propose(db, haut, shared, { telephone: '04 65 71 00 94' });
		expect(await mailsTo(db, administration)).toHaveLength(2);
	});

	test('a mairie without an account is spoken for by the communauté de communes; a closed account is written nothing', async ({
		db
	}) => {
		const { administration, agent, bourg } = await openAll(db);
		await disableAccount(db, bourg.id);
		const id = await propose(db, agent, 'mairie-bourg-valclair', { telephone: '04 65 71 00 99' });
		expect(await mailsTo(db, administration)).toHaveLength(1);
		expect(await mailsTo(db, bourg)).toEqual([]);
		await disableAccount(db, agent.id);
		await accept(db, administration, id);
		expect(await mailsTo(db, agent)).toEqual([]);
	});

	test('a name on several lines, or a long text, makes a mail that can be sent', async ({ db }) => {
		const { administration, haut } = await openAll(db);
		const entry = await findEditable(db, administration, shared);
		if (!entry) throw new Error('no entry');
		await publish(db, entry, { ...entry.facts, nom: 'Un nom\r\nBcc: autre@exemple.fr' }, administration);
		await propose(db, haut, shared, { description: 'Un texte très long. '.repeat(90).trim() });
		const [mail] = await mailsTo(db, administration);
		expect(mail?.subject).toContain('Un nom Bcc');
		expect(mail?.text?.length).toBeLessThan(1500);
	});
});

function settingsOf(world: World, port: number) {
	return readSettings({
		DATA_DIR: world.dataDir,
		MAIL_FROM: 'Annuaire du Valclair <annuaire@valclair.exemple>',
		SMTP_URL: `smtp://127.0.0.1:${port}`
	});
}
