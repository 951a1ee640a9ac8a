import { afterEach, describe, expect, onTestFinished } from 'vitest';
import type { Account, Role } from '#lib/domain/accounts.ts';
import { speakAs } from '#lib/domain/language.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { createAccount, findAccount, setPasswordHash } from '../accounts/accounts.ts';
import { now, restoreClock, startClockAt } from '../clock.ts';
import { findCommune } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { findService } from '../services.ts';
import { rememberOrigin } from '../territory.ts';
import { test } from '../../../../tests/world.ts';
import { AnsweredError, endEnquiry, handOver, keepEnquiry, reopenEnquiry } from './answer.ts';
import { answererOf, type Subject } from './answerer.ts';
import { countCrowd } from './crowd.ts';
import { countEnquiries, findEnquiry, listEnquiries } from './enquiries.ts';
import {
	correctAnswer,
	findOwnAnswer,
	listPublishedAnswers,
	publishAnswer,
	retireAnswer
} from './published.ts';
import { receive, type Way, type Written } from './receive.ts';
import { purgeEnquiries, remindOfLate } from './upkeep.ts';

const monday = Date.parse('2026-11-30T09:00:00+01:00');
const hour = 3_600_000;
const person: Way = { trap: '', openedAt: monday - 60_000, fromSamePlace: 0 };

afterEach(() => {
	restoreClock();
});

async function open(db: Db, nom: string, role: Role, ...communes: string[]): Promise<Account> {
	const courriel = `${nom}@valclair.example`;
	const id = await createAccount(db, { courriel, nom, role, communes }, 'essai');
	await setPasswordHash(db, id, 'un condensat');
	const account = await findAccount(db, id);
	if (!account) throw new Error(`${nom} has no account`);
	return account;
}

async function openAll(db: Db) {
	startClockAt(monday);
	await rememberOrigin(db, 'https://annuaire.example');
	return {
		direction: await open(db, 'direction', 'administration'),
		haut: await open(db, 'haut', 'mairie', 'haut-valclair'),
		bourg: await open(db, 'bourg', 'mairie', 'bourg-valclair'),
		agent: await open(db, 'agent', 'agent'),
		reader: await open(db, 'lecture', 'lecture')
	};
}

async function about(
	db: Db,
	subject: Partial<Omit<Subject, 'commune' | 'service'>> & { commune?: string; fiche?: string }
) {
	const { commune, fiche, kind = 'question', theme = null } = subject;
	return {
		kind,
		theme,
		commune: commune === undefined ? null : ((await findCommune(db, commune)) ?? null),
		service: fiche === undefined ? null : ((await findService(db, fiche, commune)) ?? null)
	};
}

const written = (text: string, more: Partial<Written> = {}): Written => ({
	text,
	courriel: null,
	telephone: null,
	reasons: [],
	...more
});

const mails = async (db: Db) =>
	(await db.selectFrom('mail').select(['recipient', 'subject', 'text']).orderBy('id').execute()).map(
		(mail) => ({
			...mail,
			to: mail.recipient.replace('@valclair.example', '')
		})
	);

describe('who answers', () => {
	test('a theme’s question goes to whom its page says to call, else to the mairie; the site’s to the communauté', async ({
		db
	}) => {
		await openAll(db);
		const of = async (subject: Parameters<typeof about>[1]) => answererOf(db, await about(db, subject));
		const named = await of({ commune: 'haut-valclair', theme: 'petite-enfance' });
		expect(named.commune).toBeNull();
		expect(await of({ commune: 'haut-valclair' })).toMatchObject({ commune: 'haut-valclair' });
		expect((await of({ commune: 'haut-valclair' })).nom).toContain('Mairie');
		expect((await of({ commune: 'haut-valclair', kind: 'accessibilite' })).commune).toBeNull();
		expect((await of({})).commune).toBeNull();
	});

	test('what is said of an entry goes to whoever it belongs to', async ({ db }) => {
		await openAll(db);
		const of = async (fiche: string, commune: string) =>
			(await answererOf(db, await about(db, { kind: 'signalement', fiche, commune }))).commune;
		expect(await of('mairie-haut-valclair', 'haut-valclair')).toBe('haut-valclair');
		expect(await of('accueil-petite-enfance', 'haut-valclair')).toBeNull();
	});
});

describe('what a resident writes', () => {
	test('is read by those who answer it, who are told by mail, and by nobody else', async ({ db }) => {
		const { direction, haut, bourg, agent, reader } = await openAll(db);
		const id = await receive(
			db,
			await about(db, { commune: 'haut-valclair' }),
			written('À quelle heure ouvre la mairie ?', { courriel: 'anne@exemple.fr' }),
			person
		);
		const reads = async (account: Account) => (await findEnquiry(db, account, id)) !== undefined;
		expect(await Promise.all([direction, haut, bourg, agent, reader].map(reads))).toEqual([
			true,
			true,
			false,
			false,
			false
		]);
		const [mail, ...others] = await mails(db);
		expect(others).toEqual([]);
		expect(mail).toMatchObject({ to: 'haut', subject: 'Un habitant pose une question' });
		expect(mail?.text).toContain('« À quelle heure ouvre la mairie ? »');
		expect(mail?.text).toContain(`https://annuaire.example/mairie/questions/${id}`);
		expect(mail?.text).toContain('lundi 7 décembre');
		expect(mail?.text).not.toContain('anne@exemple.fr');
		expect(mail?.text).not.toContain('Cette personne lisait');
	});

	test.for([
		['tr', 'en turc'],
		['ar', 'en arabe'],
		['facile', 'en français facile']
	] as const)('from a page in « %s », says so to those who answer it', async ([code, words], { db }) => {
		const { haut } = await openAll(db);
		onTestFinished(() => {
			speakAs(() => baseLocale);
		});
		speakAs(() => code);
		const id = await receive(
			db,
			await about(db, { commune: 'haut-valclair' }),
			written('Belediye saat kaçta açılıyor?'),
			person
		);
		expect(await findEnquiry(db, haut, id)).toMatchObject({ langue: code });
		expect((await mails(db))[0]?.text).toContain(`Cette personne lisait le site ${words}.`);
	});

	test('asked of the communauté de communes, is also read by the agents', async ({ db }) => {
		const { agent, direction, haut } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair', theme: 'petite-enfance' });
		const id = await receive(db, subject, written('Qui garde mon bébé le mercredi ?'), person);
		expect(await findEnquiry(db, agent, id)).toBeDefined();
		expect(await findEnquiry(db, haut, id)).toBeUndefined();
		expect((await mails(db)).map(({ to }) => to)).toEqual(['direction', 'agent']);
		const site = await about(db, { kind: 'accessibilite' });
		const other = await receive(db, site, written('Je ne peux pas agrandir la page'), person);
		expect(await findEnquiry(db, agent, other)).toBeUndefined();
		expect(await findEnquiry(db, direction, other)).toMatchObject({ due: '2026-12-07' });
	});

	test('many in one hour make one mail an hour; the desk has them all', async ({ db }) => {
		const { haut } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		for (let n = 0; n < 5; n += 1)
			await receive(db, subject, written(`Une vraie question, la ${n}e`), person);
		expect(await mails(db)).toHaveLength(1);
		expect(await listEnquiries(db, haut, 'a-repondre', 10)).toHaveLength(5);
		startClockAt(monday + hour);
		await receive(db, subject, written('Une heure après ?'), { ...person, openedAt: monday + hour - 60_000 });
		expect(await mails(db)).toHaveLength(2);
	});

	test('and looks like a robot’s waits to be sorted, tells nobody, and becomes a question when kept', async ({
		db
	}) => {
		const { haut, bourg } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		const id = await receive(db, subject, written('We sell backlinks'), { ...person, trap: 'x' });
		expect(await mails(db)).toEqual([]);
		expect(await countEnquiries(db, haut, 'a-trier')).toBe(1);
		expect(await countEnquiries(db, bourg, 'a-trier')).toBe(0);
		expect(await countEnquiries(db, haut, 'a-repondre')).toBe(0);
		await keepEnquiry(db, { id });
		await keepEnquiry(db, { id });
		expect(await countEnquiries(db, haut, 'a-repondre')).toBe(1);
		expect(await mails(db)).toHaveLength(1);
	});

	test('a thousand robots and twenty people from one address: the people are answered, the robots wait apart', async ({
		db
	}) => {
		const { haut } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		const crowd = countCrowd();
		const address = '192.0.2.7';
		const robots: ((n: number) => [string, Partial<Way>])[] = [
			(n) => [`Visit http://a${n}.example and http://b${n}.example`, {}],
			(n) => [`Best casino bonus number ${n}`, {}],
			(n) => [`Bonjour, je vous écris au sujet de votre site, numéro ${n}`, { openedAt: now() - 1000 }],
			(n) => [`Une offre intéressante, la ${n}e du jour`, { trap: 'https://x.example' }],
			() => ['Le même texte, toujours le même', {}],
			(n) => [`xkcdqwrt zzvbnml pqrstvw ${'q'.repeat((n % 20) + 4)}`, { openedAt: undefined }]
		];
		const people: [string, Partial<Way>][] = Array.from({ length: 20 }, (_, n) => [
			[
				`Bonjour, comment inscrire mon enfant de ${n + 1} ans à la cantine ?`,
				`Ma mère a ${n + 60} ans, qui peut l’aider pour ses courses ?`,
				`jai perdu ma carte didentité ya ${n} jours je fais koi`,
				`Çocuğum ${n} yaşında, okula nasıl kaydederim?`
			][n % 4] ?? '',
			{}
		]);
		const send = async (text: string, way: Partial<Way>) =>
			receive(db, subject, written(text), { ...person, fromSamePlace: crowd.arrived(address), ...way });
		// The same text once is a person's; again, it isn't.
		await send('Le même texte, toujours le même', { trap: 'x' });
		for (let n = 0; n < 999; n += 1) {
			const [text, way] = robots[n % robots.length]?.(n) ?? ['', {}];
			await send(text, way);
			const one = n % 50 === 7 ? people[Math.floor(n / 50)] : undefined;
			if (one) await send(...one);
		}
		expect(await countEnquiries(db, haut, 'a-trier')).toBe(1000);
		const inbox = await listEnquiries(db, haut, 'a-repondre', 100);
		expect(inbox.map(({ text }) => text).sort()).toEqual(people.map(([text]) => text).sort());
	});
});

describe('an answer', () => {
	test('goes by mail once, and is kept with who gave it', async ({ db }) => {
		const { haut, bourg } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		const id = await receive(
			db,
			subject,
			written('À quelle heure ouvre la mairie ?', { courriel: 'anne@exemple.fr' }),
			person
		);
		await endEnquiry(db, { id }, haut, { outcome: 'repondu', answer: 'À 9 h.\n\nÀ bientôt.' });
		await expect(endEnquiry(db, { id }, bourg, { outcome: 'repondu', answer: 'À 8 h.' })).rejects.toThrow(
			AnsweredError
		);
		const sent = (await mails(db)).filter(({ recipient }) => recipient === 'anne@exemple.fr');
		expect(sent).toHaveLength(1);
		expect(sent[0]?.text).toContain('À 9 h.');
		expect(sent[0]?.text).toContain('À quelle heure ouvre la mairie ?');
		expect((await findEnquiry(db, haut, id))?.end).toMatchObject({ outcome: 'repondu', by: 'haut' });
		expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
			action: 'question-repondue',
			who: 'haut'
		});
		await reopenEnquiry(db, { id }, haut);
		expect((await findEnquiry(db, haut, id))?.end).toBeNull();
	});

	test('to a report says what came of it', async ({ db }) => {
		const { haut } = await openAll(db);
		const subject = await about(db, {
			kind: 'signalement',
			commune: 'haut-valclair',
			fiche: 'mairie-haut-valclair'
		});
		const report = written('', { courriel: 'anne@exemple.fr', reasons: ['telephone'] });
		const id = await receive(db, subject, report, person);
		expect((await mails(db))[0]).toMatchObject({ to: 'haut', subject: 'Un habitant signale une erreur' });
		expect((await mails(db))[0]?.text).toContain('Le numéro de téléphone ne répond pas');
		await endEnquiry(db, { id }, haut, { outcome: 'corrige', answer: null });
		expect((await mails(db)).at(-1)?.text).toContain('C’est corrigé.');
	});

	test('given to others is theirs, and they are told', async ({ db }) => {
		const { haut, bourg } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		const id = await receive(db, subject, written('La piscine ouvre-t-elle en mai ?'), person);
		await handOver(db, { id }, haut, 'bourg-valclair');
		expect(await findEnquiry(db, haut, id)).toBeUndefined();
		expect(await findEnquiry(db, bourg, id)).toBeDefined();
		expect((await mails(db)).map(({ to }) => to)).toEqual(['haut', 'bourg']);
	});

	test('that doesn’t come is asked for once its day is over, once', async ({ db }) => {
		const { haut } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		await receive(db, subject, written('Qui répond ici ?'), person);
		const late = async (day: string) => {
			startClockAt(Date.parse(`${day}T10:00:00+01:00`));
			await remindOfLate(db);
			return (await mails(db)).filter(({ subject }) => subject.includes('attend toujours')).length;
		};
		expect(await late('2026-12-07')).toBe(0);
		expect(await late('2026-12-08')).toBe(1);
		expect(await late('2026-12-09')).toBe(1);
		expect((await listEnquiries(db, haut, 'a-repondre', 1))[0]?.isLate).toBe(true);
	});

	test('and all of it is forgotten after the delay', async ({ db }) => {
		const { haut } = await openAll(db);
		const subject = await about(db, { commune: 'haut-valclair' });
		const id = await receive(db, subject, written('Qui répond ici ?'), person);
		startClockAt(Date.parse('2027-11-29T10:00:00+01:00'));
		expect(await purgeEnquiries(db, 12)).toBe(0);
		startClockAt(Date.parse('2027-12-01T10:00:00+01:00'));
		expect(await purgeEnquiries(db, 12)).toBe(1);
		expect(await findEnquiry(db, haut, id)).toBeUndefined();
	});
});

test('an answer published is read in its commune, corrected, taken away and put back', async ({ db }) => {
	const { direction, haut, bourg, agent } = await openAll(db);
	const words = { theme: 'petite-enfance', commune: 'haut-valclair', question: 'Où ?', answer: 'Ici.' };
	const id = await publishAnswer(db, words, haut);
	await publishAnswer(db, { ...words, commune: null, question: 'Quand ?' }, direction);
	const read = async (commune?: string) =>
		(await listPublishedAnswers(db, 'petite-enfance', commune)).map(({ question }) => question);
	expect(await read('haut-valclair')).toEqual(['Où ?', 'Quand ?']);
	expect(await read('bourg-valclair')).toEqual(['Quand ?']);
	expect(await read()).toEqual(['Quand ?']);
	expect(await findOwnAnswer(db, bourg, id)).toBeUndefined();
	expect(await findOwnAnswer(db, agent, id)).toBeUndefined();
	await correctAnswer(db, id, { ...words, question: 'Où aller ?' }, haut);
	expect(await read('haut-valclair')).toEqual(['Où aller ?', 'Quand ?']);
	const own = await findOwnAnswer(db, haut, id);
	if (!own) throw new Error('Not found');
	await retireAnswer(db, own, haut, true);
	expect(await read('haut-valclair')).toEqual(['Quand ?']);
	await retireAnswer(db, own, haut, false);
	expect(await read('haut-valclair')).toHaveLength(2);
});

test('a crowd is counted by place and hour', () => {
	startClockAt(monday);
	const crowd = countCrowd();
	expect([1, 2, 3].map(() => crowd.arrived('192.0.2.1'))).toEqual([0, 1, 2]);
	expect(crowd.arrived('192.0.2.2')).toBe(0);
	startClockAt(monday + hour + 60_000);
	expect(crowd.arrived('192.0.2.1')).toBe(0);
});
