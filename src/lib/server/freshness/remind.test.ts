import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { entryOf, openKeeper, secretIn } from '../../../../tests/freshness.ts';
import { type MailServer, startMailServer } from '../../../../tests/mail-server.ts';
import { openWorld, type World } from '../../../../tests/world.ts';
import { disableAccount } from '../accounts/accounts.ts';
import { restoreClock } from '../clock.ts';
import { startPostman } from '../mail/postman.ts';
import { readSettings } from '../settings.ts';
import { keepLeaver, leave, listDepartures, replaceLeaver } from './departures.ts';
import { listDue } from './due.ts';
import { openReviewLink } from './links.ts';
import { setMaintainer, setRhythm } from './maintainers.ts';
import { askNow, planReminders, renewLink, sendReminders } from './remind.ts';
import { findReview } from './reviews.ts';
import { verifyEntry } from './verify.ts';

const origin = 'https://annuaire.exemple';
/** The mairie of Haut-Valclair was verified on 2 October 2026, and has hours. */
const due = '2027-04-02';
const verified = 'mairie-haut-valclair';

let world: World & { close(): Promise<void> };
let server: MailServer;
beforeEach(async () => {
	at('2026-11-24');
	world = await openWorld();
	server = await startMailServer();
});
afterEach(async () => {
	await server.close();
	await world.close();
	vi.useRealTimers();
	restoreClock();
});

/** The clock stands still, at ten in the morning of this day. */
function at(day: string): void {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${day}T09:00:00Z`) });
	restoreClock();
}

/** Sends what waits to the mail server, and gives all that it has accepted. */
async function deliver() {
	const settings = readSettings({
		DATA_DIR: world.dataDir,
		MAIL_FROM: 'annuaire@valclair.example',
		SMTP_URL: `smtp://127.0.0.1:${server.port}`
	});
	const postman = startPostman({ db: world.db, settings });
	await postman.wake();
	await postman.stop();
	return server.accepted;
}

/** A day of the daily run. */
async function run(day: string): Promise<string[]> {
	at(day);
	return (await sendReminders(world.db, origin, day)).map(({ courriel }) => courriel);
}

async function review(slug: string, day: string) {
	const found = await findReview(world.db, (await entryOf(world.db, slug)).id, day);
	if (!found) throw new Error(slug);
	return found;
}

describe('on the day an entry is due', () => {
	test('its mairie receives one mail, in text and HTML, that says what happens without an answer', async () => {
		await openKeeper(world.db, 'accueil@haut.example', { nom: 'Accueil' });
		expect(await run(addDays(due, -1))).toEqual([]);
		expect(await run(due)).toEqual(['accueil@haut.example']);
		const [mail, ...others] = await deliver();
		expect(others).toEqual([]);
		expect(mail?.headers.get('subject')).toBe('Mairie de Haut-Valclair à vérifier avant le 23 avril');
		for (const kind of ['text/plain', 'text/html']) {
			expect(mail?.parts.get(kind)).toContain(`${origin}/verifier/${secretIn(mail)}/${verified}`);
			expect(mail?.parts.get(kind)).toContain('rien n’est retiré');
		}
		expect(JSON.stringify(await world.db.selectFrom('review_link').selectAll().execute())).not.toContain(
			secretIn(mail)
		);
	});

	test('someone who keeps several communes receives one mail for them all', async () => {
		await openKeeper(world.db, 'deux@valclair.example', { communes: ['bourg-valclair', 'haut-valclair'] });
		await run('2027-06-01');
		const mails = await deliver();
		expect(mails).toHaveLength(1);
		expect(mails[0]?.headers.get('subject')).toBe('2 fiches à vérifier avant le 22 juin');
		const link = await openReviewLink(world.db, secretIn(mails[0]));
		expect(link.kind === 'open' && link.entries.map(({ review }) => review.slug)).toEqual([
			'mairie-bourg-valclair',
			verified
		]);
	});

	test('run twice, it is one mail', async () => {
		await openKeeper(world.db, 'accueil@haut.example');
		await run(due);
		expect(await run(due)).toEqual([]);
		expect(await run(addDays(due, 1))).toEqual([]);
		expect(await deliver()).toHaveLength(1);
	});

	test('two runs at the same instant make one mail', async () => {
		await openKeeper(world.db, 'accueil@haut.example');
		at(due);
		await Promise.all([sendReminders(world.db, origin, due), sendReminders(world.db, origin, due)]);
		expect(await deliver()).toHaveLength(1);
	});

	test('cut between two people and run again, everyone is written to, once', async () => {
		for (const name of ['un', 'deux', 'trois', 'quatre']) await openKeeper(world.db, `${name}@haut.example`);
		world.sqlite.exec(
			`CREATE TRIGGER power_cut BEFORE INSERT ON review_request WHEN (SELECT count(*) FROM mail) > 2
			BEGIN SELECT RAISE(ABORT, 'cut'); END`
		);
		await expect(run(due)).rejects.toThrow('cut');
		expect((await deliver()).length).toBe(2);
		world.sqlite.exec('DROP TRIGGER power_cut');
		expect(await run(due)).toHaveLength(2);
		const to = (await deliver()).flatMap((mail) => mail.to);
		expect(to.toSorted()).toEqual(['deux', 'quatre', 'trois', 'un'].map((name) => `${name}@haut.example`));
	});

	test('prepared in advance, nothing is sent again when the day comes', async () => {
		await openKeeper(world.db, 'accueil@haut.example');
		at('2027-03-25');
		expect(await planReminders(world.db, due)).toHaveLength(1);
		expect(await sendReminders(world.db, origin, due)).toHaveLength(1);
		expect(await run(due)).toEqual([]);
	});

	test('the server having been off for a month, it is asked at its return, once', async () => {
		await openKeeper(world.db, 'accueil@haut.example');
		expect(await run(addDays(due, 31))).toHaveLength(1);
		expect(await run(addDays(due, 32))).toEqual([]);
	});

	test('a verification dated ahead by a clock since put right silences nobody', async () => {
		await openKeeper(world.db, 'accueil@haut.example');
		at('2036-01-01');
		await verifyEntry(
			world.db,
			await entryOf(world.db, verified),
			await openKeeper(world.db, 'b@haut.example')
		);
		expect(await run(due)).toContain('accueil@haut.example');
	});
});

test('nobody is asked about a draft, an entry with nothing in it, or an emergency number', async () => {
	await openKeeper(world.db, 'direction@valclair.example', { role: 'administration' });
	const [reminder] = await planReminders(world.db, '2028-01-01');
	const slugs = reminder?.entries.map(({ review }) => review.slug);
	expect(slugs).toContain('accueil-petite-enfance');
	for (const slug of ['brouillon-jamais-publie', 'creche', 'relais', 'numero-de-secours', verified])
		expect(slugs).not.toContain(slug);
});

describe('without an answer', () => {
	test('the first person is asked twice, then the second, then the administration sees it', async () => {
		const accueil = await openKeeper(world.db, 'accueil@haut.example');
		const direction = await openKeeper(world.db, 'direction@valclair.example', { role: 'administration' });
		await setMaintainer(
			world.db,
			await entryOf(world.db, verified),
			2,
			{ courriel: 'maire@haut.example', nom: 'La maire', publishes: true },
			accueil
		);
		const who: Record<string, string[]> = {};
		for (let day = 0; day <= 100; day++) {
			const sent = await run(addDays(due, day));
			const here = sent.filter((courriel) => courriel.endsWith('haut.example'));
			if (here.length > 0) who[day] = here;
		}
		expect(who).toEqual({
			0: ['accueil@haut.example'],
			21: ['accueil@haut.example'],
			42: ['maire@haut.example']
		});
		expect((await review(verified, addDays(due, 62))).standing).toBe('en-retard');
		expect((await review(verified, addDays(due, 63))).standing).toBe('silencieuse');
		at(addDays(due, 62));
		const isListed = async () => (await listDue(world.db, direction)).some(({ nom }) => nom.includes('Haut'));
		expect(await isListed()).toBe(false);
		at(addDays(due, 63));
		expect(await isListed()).toBe(true);
		expect(
			(await listDue(world.db, accueil)).map(({ path, since, silences, isLeft }) => [
				path,
				since,
				silences,
				isLeft
			])
		).toEqual([[`/mairie/fiches/${verified}/suivi`, due, 3, false]]);
		const subjects = (await deliver())
			.filter(({ to }) => to[0]?.endsWith('haut.example'))
			.map(({ headers }) => headers.get('subject'));
		expect(subjects).toEqual([
			'Mairie de Haut-Valclair à vérifier avant le 23 avril',
			'Rappel : Mairie de Haut-Valclair à vérifier avant le 14 mai',
			'Mairie de Haut-Valclair à vérifier avant le 4 juin'
		]);
		// Nothing is taken away.
		expect((await entryOf(world.db, verified)).slug).toBe(verified);
		expect((await review(verified, addDays(due, 100))).standing).toBe('silencieuse');
	});

	test('an answer ends it: the next question comes six months later', async () => {
		const accueil = await openKeeper(world.db, 'accueil@haut.example');
		await run(due);
		await run(addDays(due, 21));
		at(addDays(due, 30));
		await verifyEntry(world.db, await entryOf(world.db, verified), accueil);
		expect(await listDue(world.db, accueil)).toEqual([]);
		expect((await review(verified, addDays(due, 30))).verification).toEqual({
			on: '2027-05-02',
			by: 'la mairie de Haut-Valclair'
		});
		for (const day of ['2027-05-15', '2027-11-01']) expect(await run(day)).toEqual([]);
		expect(await run('2027-11-02')).toEqual(['accueil@haut.example']);
		expect((await review(verified, '2027-11-02')).progress.silences).toBe(0);
	});

	test('an association is asked first, and the mairie second, in case it is gone', async () => {
		const accueil = await openKeeper(world.db, 'accueil@haut.example');
		const partner = { courriel: 'asso@valclair.example', nom: 'L’association', publishes: false };
		await setMaintainer(world.db, await entryOf(world.db, verified), 1, partner, accueil);
		expect(await run(due)).toEqual(['asso@valclair.example']);
		expect(await run(addDays(due, 21))).toEqual(['asso@valclair.example']);
		expect(await run(addDays(due, 42))).toEqual(['accueil@haut.example']);
	});
});

test('an account that is closed is asked no more; with nobody left, the administration sees it', async () => {
	const accueil = await openKeeper(world.db, 'accueil@haut.example');
	const direction = await openKeeper(world.db, 'direction@valclair.example', { role: 'administration' });
	await disableAccount(world.db, accueil.id);
	expect(await run(due)).toEqual([]);
	expect((await review(verified, due)).standing).toBe('personne');
	expect((await listDue(world.db, direction)).map(({ nom, isLeft }) => [nom, isLeft])).toEqual([
		['Mairie de Haut-Valclair', true]
	]);
});

test('another rhythm counts from the same verification', async () => {
	const accueil = await openKeeper(world.db, 'accueil@haut.example');
	const entry = await entryOf(world.db, verified);
	await setRhythm(world.db, entry, '12-mois', accueil);
	expect((await review(verified, due)).next).toBe('2027-10-02');
	await setRhythm(world.db, entry, '1er-septembre', accueil);
	expect((await review(verified, due)).next).toBe('2027-09-01');
	await setRhythm(world.db, entry, null, accueil);
	expect((await review(verified, due)).next).toBe(due);
});

test('asked by hand before it is due, once a day; it is no silence when it becomes due', async () => {
	const accueil = await openKeeper(world.db, 'accueil@haut.example');
	const entry = await entryOf(world.db, verified);
	expect(await askNow(world.db, origin, [entry], accueil)).toHaveLength(1);
	expect(await askNow(world.db, origin, [entry], accueil)).toEqual([]);
	expect(await deliver()).toHaveLength(1);
	await run(due);
	expect((await review(verified, addDays(due, 20))).progress.silences).toBe(0);
});

describe('someone who says that it is no longer their business', () => {
	async function goodbye() {
		const accueil = await openKeeper(world.db, 'accueil@haut.example', { nom: 'Accueil' });
		const partner = { courriel: 'asso@valclair.example', nom: 'L’association', publishes: true };
		await setMaintainer(world.db, await entryOf(world.db, verified), 1, partner, accueil);
		await run(due);
		const secret = secretIn((await deliver())[0]);
		const link = await openReviewLink(world.db, secret);
		if (link.kind !== 'open') throw new Error('closed');
		await leave(world.db, origin, link.entries, {
			successorName: 'Paul',
			successorMail: 'paul@valclair.example',
			note: 'Bonne suite'
		});
		return { accueil, secret };
	}

	test('is asked no more, their link closes, and their mairie is told whom to ask instead', async () => {
		const { accueil, secret } = await goodbye();
		expect((await openReviewLink(world.db, secret)).kind).toBe('ended');
		const [, told, ...others] = await deliver();
		expect(others).toEqual([]);
		expect(told?.to).toEqual(['accueil@haut.example']);
		expect(told?.headers.get('subject')).toBe('L’association ne s’occupe plus de sa fiche');
		expect(told?.parts.get('text/plain')).toContain('Paul, paul@valclair.example');
		expect(told?.parts.get('text/plain')).toContain('Bonne suite');
		// Nobody they named is written to before the mairie agrees.
		expect(await run(addDays(due, 21))).toEqual(['accueil@haut.example']);
		expect(await listDepartures(world.db, accueil)).toMatchObject([
			{ nom: 'L’association', successorMail: 'paul@valclair.example', entries: [{ slug: verified }] }
		]);
	});

	test('is replaced by whom the mairie chooses', async () => {
		const { accueil } = await goodbye();
		const [departure] = await listDepartures(world.db, accueil);
		if (!departure) throw new Error('no departure');
		await replaceLeaver(world.db, departure, { courriel: 'paul@valclair.example', nom: 'Paul' }, accueil);
		expect(await listDepartures(world.db, accueil)).toEqual([]);
		expect(await run(addDays(due, 1))).toEqual(['paul@valclair.example']);
	});

	test('or kept after all, and their link opens again', async () => {
		const { accueil, secret } = await goodbye();
		const [departure] = await listDepartures(world.db, accueil);
		if (!departure) throw new Error('no departure');
		await keepLeaver(world.db, departure, accueil);
		expect((await openReviewLink(world.db, secret)).kind).toBe('open');
	});

	test('is none of another mairie’s business', async () => {
		await goodbye();
		const bourg = await openKeeper(world.db, 'accueil@bourg.example', { communes: ['bourg-valclair'] });
		expect(await listDepartures(world.db, bourg)).toEqual([]);
	});
});

describe('a link', () => {
	async function sent() {
		const accueil = await openKeeper(world.db, 'accueil@haut.example');
		const partner = { courriel: 'asso@valclair.example', nom: 'L’association', publishes: true };
		await setMaintainer(world.db, await entryOf(world.db, verified), 1, partner, accueil);
		await run(due);
		return { accueil, secret: secretIn((await deliver())[0]) };
	}

	test('opens its entries for sixty days, as often as one likes, and nothing else', async () => {
		const { secret } = await sent();
		for (const days of [0, 30, 59]) {
			at(addDays(due, days));
			const link = await openReviewLink(world.db, secret);
			expect(link.kind === 'open' && link.entries.map(({ review }) => review.slug)).toEqual([verified]);
		}
		at(addDays(due, 61));
		expect(await openReviewLink(world.db, secret)).toMatchObject({ kind: 'ended' });
	});

	test('altered by one sign, opens nothing', async () => {
		const { secret } = await sent();
		for (let i = 0; i < secret.length; i++) {
			const altered = secret.slice(0, i) + (secret[i] === 'A' ? 'B' : 'A') + secret.slice(i + 1);
			expect((await openReviewLink(world.db, altered)).kind).toBe('unknown');
		}
		for (const odd of ['', secret.slice(1), `${secret}a`, secret.toUpperCase(), '__proto__', '%'])
			expect((await openReviewLink(world.db, odd)).kind).toBe('unknown');
	});

	test('closes when its person is replaced, and no other is sent to them', async () => {
		const { accueil, secret } = await sent();
		const other = { courriel: 'neuf@valclair.example', nom: 'Quelqu’un', publishes: true };
		await setMaintainer(world.db, await entryOf(world.db, verified), 1, other, accueil);
		expect((await openReviewLink(world.db, secret)).kind).toBe('ended');
		await renewLink(world.db, origin, secret);
		expect(await deliver()).toHaveLength(1);
	});

	test('too old, is sent afresh to the address that had it, once a day', async () => {
		const { secret } = await sent();
		at(addDays(due, 61));
		await renewLink(world.db, origin, secret);
		await renewLink(world.db, origin, secret);
		await renewLink(world.db, origin, 'a'.repeat(43));
		const [, fresh, ...others] = await deliver();
		expect(others).toEqual([]);
		expect(fresh?.to).toEqual(['asso@valclair.example']);
		expect((await openReviewLink(world.db, secretIn(fresh))).kind).toBe('open');
	});

	test('opens no entry that is no longer online', async () => {
		const { secret } = await sent();
		const { id } = await entryOf(world.db, verified);
		await world.db.deleteFrom('publication').where('service_id', '=', id).execute();
		expect((await openReviewLink(world.db, secret)).kind).toBe('ended');
	});
});
