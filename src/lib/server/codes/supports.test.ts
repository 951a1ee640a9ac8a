import { afterEach, expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { printingSchema } from '#lib/domain/printing.ts';
import { test } from '../../../../tests/world.ts';
import { restoreClock, startClockAt } from '../clock.ts';
import { listJournal } from '../journal.ts';
import { issueCode, retargetCode } from './codes.ts';
import { listPrintings, notePrinting, retirePrinting } from './printings.ts';
import { findSupport, lately, listSupports, scansByDay } from './supports.ts';

const administration: Account = {
	id: 1,
	courriel: 'ccv@valclair.example',
	nom: 'CCV',
	role: 'administration',
	communes: [],
	hasSecondFactor: true
};
const mairie: Account = {
	...administration,
	id: 2,
	nom: 'Bourg',
	role: 'mairie',
	communes: ['bourg-valclair']
};

afterEach(() => {
	restoreClock();
});

const toBourg = { kind: 'theme-tr', commune: 'bourg-valclair', object: 'petite-enfance', support: 'affiche' };

test('a mairie follows the codes that lead to it, the administration all of them', async ({ db, world }) => {
	const code = await issueCode(db, world.dataDir, toBourg, 'CCV');
	expect((await findSupport(db, mairie, code))?.leadsTo).toBe('Petite enfance, Bourg-Valclair, en turc');
	expect((await listSupports(db, mairie)).every(({ target }) => target.commune === 'bourg-valclair')).toBe(
		true
	);
	await retargetCode(
		db,
		world.dataDir,
		code,
		{ kind: 'accueil', commune: 'haut-valclair', object: '' },
		'CCV'
	);
	expect(await findSupport(db, mairie, code)).toBeUndefined();
	const support = await findSupport(db, administration, code);
	expect(support).toMatchObject({ leadsTo: 'Page d’accueil, Haut-Valclair' });
	expect(support?.past).toHaveLength(1);
});

test('copies are counted while they circulate, never forgotten, and what was done is told', async ({
	db,
	world
}) => {
	const code = await issueCode(db, world.dataDir, toBourg, 'CCV');
	const note = (lieu: string, exemplaires: number | null) =>
		notePrinting(db, code, { lieu, exemplaires, imprime_le: '2027-03-15' }, mairie);
	await note('Facture de mars 2027', 4000);
	await note('École du Chef-Lieu', null);
	await note('Salle d’attente', 12);
	expect((await findSupport(db, mairie, code))?.copies).toBe(4012);
	const [, , bill] = (await listPrintings(db, [code])).get(code) ?? [];
	if (!bill) throw new Error('No printing');
	expect(bill.lieu).toBe('Facture de mars 2027');
	await retirePrinting(db, { code, id: bill.id }, true, mairie);
	// Pressed twice, it is told once.
	await retirePrinting(db, { code, id: bill.id }, true, mairie);
	expect((await findSupport(db, mairie, code))?.copies).toBe(12);
	await retirePrinting(db, { code, id: bill.id }, false, mairie);
	expect((await findSupport(db, mairie, code))?.copies).toBe(4012);
	// One of another code isn't touched by this one's page.
	const other = await issueCode(db, world.dataDir, toBourg, 'CCV');
	await retirePrinting(db, { code: other, id: bill.id }, true, mairie);
	expect((await findSupport(db, mairie, code))?.copies).toBe(4012);
	const actions = (await listJournal(db, { limit: 20 })).map(({ action }) => action);
	expect(actions.filter((action) => action.startsWith('tirage')).toSorted()).toEqual([
		'tirage-note',
		'tirage-note',
		'tirage-note',
		'tirage-remis',
		'tirage-retire'
	]);
	await expect(db.deleteFrom('printing').execute()).rejects.toThrow('never forgotten');
});

test('scans are told by day, and of late', async ({ db, world }) => {
	startClockAt(Date.parse('2026-12-31T10:00:00+01:00'));
	const code = await issueCode(db, world.dataDir, toBourg, 'CCV');
	const scan = (day: string, count: number) => db.insertInto('scan').values({ code, day, count }).execute();
	await scan('2026-12-31', 3);
	await scan('2026-12-02', 4);
	await scan('2026-12-01', 5);
	expect((await findSupport(db, mairie, code))?.scans).toEqual({ total: 12, lately: 7 });
	const days = await scansByDay(db, code, lately);
	expect(days).toHaveLength(30);
	expect(days[0]).toEqual({ day: '2026-12-02', count: 4 });
	expect(days.at(-1)).toEqual({ day: '2026-12-31', count: 3 });
	expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(7);
});

test.for([
	['4000', 4000],
	['4 000', 4000],
	['4\u202f000', 4000],
	['', null],
	['1', 1]
] as const)('« %s » copies are %s', ([typed, copies]) => {
	const { output } = checkForm(printingSchema, {
		lieu: 'École',
		exemplaires: typed,
		imprime_le: '2027-03-15'
	});
	expect(output?.exemplaires).toBe(copies);
});

test.for(['0', '-3', 'beaucoup', '12345678', '1e3', '4,5'])('« %s » copies are refused', (typed) => {
	const { errors } = checkForm(printingSchema, { lieu: ' ', exemplaires: typed, imprime_le: '31/02/2027' });
	expect(Object.keys(errors ?? {}).toSorted()).toEqual(['exemplaires', 'imprime_le', 'lieu']);
});

test.for(['2026-02-30', '0001-01-01', '2019-12-31', '15/03/2027', '', 'demain'])(
	'« %s » is no day that copies were made on',
	(typed) => {
		const { errors } = checkForm(printingSchema, { lieu: 'École', exemplaires: '', imprime_le: typed });
		expect(Object.keys(errors ?? {})).toEqual(['imprime_le']);
	}
);
