import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { differencesBetween, type Facts, typedForm } from '#lib/domain/editing/typing.ts';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { startClockAt } from '#lib/server/clock.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { type Editable, findEditable } from '#lib/server/editing/editable.ts';
import { listRevisions } from '#lib/server/editing/revisions.ts';
import { openPerson, type Person } from '../accounts.ts';
import { dice } from '../dice.ts';
import { ask, type Received } from '../http-client.ts';
import { type Site, startSite, tuesdayMorning } from '../site.ts';

const kills = Number(process.env.KILLS ?? 20);
const races = Number(process.env.RACES ?? 50);
const slug = 'mairie-bourg-valclair';

let dataDir: string;
let beside: OpenDatabase;
let secretary: Person;
let colleague: Person;
beforeEach(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const site = await startSite({ DATA_DIR: dataDir });
	startClockAt(Date.parse(tuesdayMorning));
	beside = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
	secretary = await openPerson(beside.db, 'accueil', 'mairie');
	colleague = await openPerson(beside.db, 'collegue', 'mairie');
	await site.stop({ keep: true });
});
afterEach(async () => {
	await beside.db.destroy();
	rmSync(dataDir, { recursive: true });
});

/** The entry as the secretary's form is filled with it now. */
async function present(): Promise<Editable> {
	const account = await findAccount(beside.db, secretary.id);
	const entry = account && (await findEditable(beside.db, account, slug));
	if (!entry) throw new Error(`${slug} is not the secretary's`);
	return entry;
}

/** Sends the form of an entry as a browser does, some of its fields typed again. */
function publish(site: Site, who: Person, from: Editable, changes: Partial<Facts>): Promise<Received> {
	const body = new URLSearchParams({ version: String(from.version) });
	for (const [name, typed] of Object.entries(typedForm({ ...from.facts, ...changes })))
		for (const one of [typed].flat()) body.append(name, one);
	return ask(Number(new URL(site.origin).port), `/mairie/fiches/${slug}?/publier`, {
		method: 'POST',
		headers: {
			origin: site.origin,
			cookie: who.cookie,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: body.toString()
	});
}

const numbered = (n: number) =>
	`04 65 71 ${String(Math.floor(n / 100) % 100).padStart(2, '0')} ${String(n % 100).padStart(2, '0')}`;

test(`killed ${kills} times while someone publishes, the site has each edit it said was published, with its history`, async () => {
	// Numbers that the entry never had.
	let sent = 5000;
	let acknowledged: string | undefined;
	for (let round = 0; round < kills; round++) {
		const site = await startSite({ DATA_DIR: dataDir });
		const roll = dice(round);
		const last = roll([1, 2, 3, 5, 8]);
		let inFlight: string | undefined;
		for (let i = 1; i <= last; i++) {
			const telephone = numbered(sent++);
			inFlight = telephone;
			const answer = publish(site, secretary, await present(), { telephone });
			if (i === last) {
				// At another moment of the same work each time.
				for (let turn = roll([0, 1, 2, 5, 20, 80]); turn > 0; turn--) await new Promise(setImmediate);
				site.process.kill('SIGKILL');
			}
			const status = await answer.then(
				(received) => received.status,
				() => undefined
			);
			if (status !== undefined) {
				expect(status).toBe(303);
				acknowledged = telephone;
				inFlight = undefined;
			}
		}
		if (site.process.exitCode === null && site.process.signalCode === null) await once(site.process, 'exit');
		const { facts, id } = await present();
		const possible = [acknowledged, inFlight].filter((one) => one !== undefined);
		if (possible.length > 0 && acknowledged !== undefined) expect(possible).toContain(facts.telephone);
		// What people read is the last state of the history, and every state acknowledged is in it once.
		const states = (await listRevisions(beside.db, id, null)).map(({ state }) => String(state.telephone));
		if (states.length > 0) expect(states[0]).toBe(facts.telephone);
		if (acknowledged !== undefined) expect(states).toContain(acknowledged);
		expect(new Set(states).size).toBe(states.length);
		if (inFlight !== undefined && facts.telephone === inFlight) acknowledged = inFlight;
	}
	expect(acknowledged).toBeDefined();
	expect(beside.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
});

test(`in ${races} races of two people on one entry, nobody overwrites anybody without seeing it`, async () => {
	const site = await startSite({ DATA_DIR: dataDir });
	for (let race = 0; race < races; race++) {
		const roll = dice(race);
		const before = await present();
		const fields = ['telephone', 'adresse', 'description', 'horaires_precisions'] as const;
		const values = (who: string) => ({
			telephone: numbered(2 * race + (who === 'a' ? 0 : 1)),
			adresse: `${race + 1} rue de ${who}`,
			description: `Texte ${race} de ${who}.`,
			horaires_precisions: `Précision ${race} de ${who}.`
		});
		const changesOf = (who: string): Record<string, string> => {
			const names = fields.filter(() => roll([true, false]));
			if (names.length === 0) names.push('telephone');
			return Object.fromEntries(names.map((name) => [name, values(who)[name]]));
		};
		const [mine, theirs] = [changesOf('a'), changesOf('b')];
		const answers = await Promise.all([
			publish(site, secretary, before, mine),
			publish(site, colleague, before, theirs)
		]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
		const first = answers[0].status === 303 ? 0 : 1;
		const [won, lost] = first === 0 ? [mine, theirs] : [theirs, mine];
		const { facts } = await present();
		expect(
			differencesBetween(before.facts, facts)
				.map(({ name }) => name)
				.toSorted()
		).toEqual(Object.keys(won).toSorted());
		expect(facts).toMatchObject(won);
		// The second sees the words of the first where both wrote, and finds all of their own in the form.
		const page = answers[1 - first]?.text ?? '';
		for (const [name, value] of Object.entries(lost)) {
			expect(page).toContain(value);
			if (Object.hasOwn(won, name) && name !== 'telephone') expect(page).toContain(won[name]);
		}
	}
	await site.stop({ keep: true });
});
