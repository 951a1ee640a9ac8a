import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryOf, openKeeper } from '../../../../tests/freshness.ts';
import { openWorld, type World } from '../../../../tests/world.ts';
import { restoreClock, startClockAt } from '../clock.ts';
import { factsAt } from '../editing/editable.ts';
import { ConflictError } from '../editing/publish.ts';
import { listRevisions } from '../editing/revisions.ts';
import { listJournal } from '../journal.ts';
import { findService } from '../services.ts';
import { confirm } from './confirm.ts';
import { correct, getOpenedEditable } from './correct.ts';
import { keepReviewLink, type OpenedEntry, openReviewLink } from './links.ts';
import { setMaintainer } from './maintainers.ts';
import { verifyEntry } from './verify.ts';

const slug = 'mairie-bourg-valclair';
const secret = 's'.repeat(43);

let world: World & { close(): Promise<void> };
beforeEach(async () => {
	startClockAt(Date.parse('2026-11-24T10:15:00+01:00'));
	world = await openWorld();
});
afterEach(async () => {
	await world.close();
	restoreClock();
});

/** The entry of the mairie of Bourg-Valclair, opened by the link of an association that answers for it. */
async function opened({ publishes }: { publishes: boolean }): Promise<OpenedEntry> {
	const { db } = world;
	const accueil = await openKeeper(db, 'accueil@bourg.example', { communes: ['bourg-valclair'] });
	const entry = await entryOf(db, slug);
	const courriel = 'asso@valclair.example';
	await setMaintainer(db, entry, 1, { courriel, nom: 'L’association', publishes }, accueil);
	await keepReviewLink(db, secret, courriel, [entry.id, (await entryOf(db, 'accueil-valclair')).id]);
	const link = await openReviewLink(db, secret);
	if (link.kind !== 'open') throw new Error('closed');
	const [one, ...others] = link.entries;
	expect(others).toEqual([]);
	if (!one) throw new Error('nothing');
	return one;
}

const read = async () => {
	const service = await findService(world.db, slug, 'bourg-valclair');
	return { telephone: service?.telephone, verification: service?.verification };
};

test('« tout est exact » dates the entry for residents, in the name of who said it, and changes no word', async () => {
	const one = await opened({ publishes: false });
	const [before] = await world.db.selectFrom('service').selectAll().where('slug', '=', slug).execute();
	expect(await confirm(world.db, [one], [`${slug}:0`])).toEqual({ verified: [slug], changed: [] });
	expect(await read()).toMatchObject({
		verification: { verifie_le: '2026-11-24', verifie_par: 'L’association' }
	});
	const [after] = await world.db.selectFrom('service').selectAll().where('slug', '=', slug).execute();
	expect(after).toEqual(before);
	expect((await listJournal(world.db, { limit: 1 }))[0]).toMatchObject({
		who: 'L’association (asso@valclair.example)',
		action: 'fiche-verifiee',
		object: slug
	});
	expect(await confirm(world.db, [one], [`${slug}:0`])).toMatchObject({ verified: [slug] });
	const rows = await world.db.selectFrom('verification').selectAll().execute();
	expect(rows.filter(({ service_id }) => service_id === one.review.id)).toHaveLength(2);
});

test('what was not before them is not verified: an entry changed since, another’s, nothing at all', async () => {
	const one = await opened({ publishes: true });
	const editable = await getOpenedEditable(world.db, one);
	const facts = { ...editable.facts, telephone: '04 65 71 00 99' };
	await correct(world.db, one, { editable, before: editable.facts, facts }, false);
	expect(await confirm(world.db, [one], [`${slug}:0`])).toEqual({ verified: [], changed: [slug] });
	for (const seen of [[], ['accueil-valclair:0'], [''], [slug], ['__proto__:0']])
		expect((await confirm(world.db, [one], seen)).verified).toEqual([]);
	expect((await read()).verification).toBeNull();
});

test('who is trusted to publish is read at once; correcting verifies nothing unless they say so', async () => {
	const one = await opened({ publishes: true });
	const editable = await getOpenedEditable(world.db, one);
	const facts = { ...editable.facts, telephone: '04 65 71 00 99' };
	const correction = { editable, before: editable.facts, facts };
	expect(await correct(world.db, one, correction, false)).toBe('published');
	expect(await read()).toEqual({ telephone: '04 65 71 00 99', verification: null });
	expect((await listRevisions(world.db, one.review.id, null))[0]?.who).toBe(
		'L’association (asso@valclair.example)'
	);
	await expect(correct(world.db, one, correction, true)).rejects.toThrow(ConflictError);
	expect((await read()).verification).toBeNull();

	const again = await getOpenedEditable(world.db, one);
	const before = await factsAt(world.db, again, again.version);
	const more = { editable: again, before, facts: { ...before, telephone: '04 65 71 00 98' } };
	await correct(world.db, one, more, true);
	expect(await read()).toMatchObject({
		telephone: '04 65 71 00 98',
		verification: { verifie_par: 'L’association' }
	});
});

test('who is not trusted to publish changes nothing: their mairie reads what they propose', async () => {
	const one = await opened({ publishes: false });
	const editable = await getOpenedEditable(world.db, one);
	const facts = { ...editable.facts, telephone: '04 65 71 00 99' };
	const before = await read();
	expect(await correct(world.db, one, { editable, before: editable.facts, facts }, true)).toBe('proposed');
	expect(await read()).toEqual(before);
	expect(await world.db.selectFrom('revision').selectAll().execute()).toEqual([]);
	const mails = await world.db.selectFrom('mail').selectAll().execute();
	expect(mails.map(({ recipient }) => recipient)).toEqual(['accueil@bourg.example']);
	expect(mails[0]?.text).toMatch(/04.65.71.00.99/);
});

test('residents read which house verified, never the name of an account', async () => {
	const { db } = world;
	const entry = await entryOf(db, slug);
	const mairie = await openKeeper(db, 'josiane@bourg.example', {
		nom: 'Josiane',
		communes: ['bourg-valclair']
	});
	await verifyEntry(db, entry, mairie);
	expect((await read()).verification?.verifie_par).toBe('la mairie de Bourg-Valclair');
	const direction = await openKeeper(db, 'direction@valclair.example', {
		nom: 'Paul',
		role: 'administration'
	});
	await verifyEntry(db, entry, direction);
	expect((await read()).verification?.verifie_par).toBe('la Communauté de communes du Valclair');
	expect((await listJournal(db, { limit: 2 })).map(({ who }) => who)).toEqual(['Paul', 'Josiane']);
});
