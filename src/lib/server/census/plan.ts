import { setImmediate } from 'node:timers/promises';
import { type Context, createPlanner, type Known, type Proposal } from '#lib/domain/census/plan.ts';
import type { Target } from '#lib/domain/census/columns.ts';
import { today } from '../reading.ts';
import type { Db } from '../database/schema.ts';
import { type Importer, rowsOf } from './census.ts';
import type { Table } from './file.ts';
import { listStored, noProfessional, territoryOf } from './states.ts';

/** Rows read before other work is let in. */
const together = 40;

/** What an import of this table would do, row by row: nothing is written. */
export async function planOf(
	db: Db,
	by: Importer,
	{ table, fileName, targets }: { table: Table; fileName: string; targets: readonly (Target | undefined)[] }
): Promise<Proposal[]> {
	const planner = createPlanner(await contextOf(db, by, fileName));
	const proposals: Proposal[] = [];
	for (const [i, { line, cells }] of rowsOf(table, targets).entries()) {
		if (i % together === 0) await setImmediate();
		proposals.push(planner(line, cells));
	}
	return proposals;
}

async function contextOf(db: Db, by: Importer, fileName: string): Promise<Context> {
	const structures = await defaultStructures(db);
	return {
		territory: await territoryOf(db),
		known: await listKnown(db, by),
		communes: by.role === 'administration' ? null : by.communes,
		structureOf: (commune) => structures.get(commune ?? '') ?? structures.get('') ?? '',
		source: `Fichier « ${fileName} »`,
		today: today()
	};
}

/** The entries that whoever imports knows of: those it may change, and those that people read. */
export async function listKnown(db: Db, { role, communes }: Importer): Promise<Known[]> {
	return (await listStored(db)).flatMap(({ id, state, isPublished, isArchived }) => {
		const isMine = role === 'administration' || (state.commune !== null && communes.includes(state.commune));
		if (!isMine && !isPublished) return [];
		return { id, isMine, isArchived, state: isMine ? state : { ...state, professional: noProfessional } };
	});
}

/** Who runs what each commune has, by its slug, and what the common base has, under no name. */
async function defaultStructures(db: Db): Promise<Map<string, string>> {
	const mairies = await db
		.selectFrom('commune')
		.innerJoin('service', 'service.id', 'commune.mairie_id')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.select(['commune.slug', 'structure.nom'])
		.execute();
	const contact = await db
		.selectFrom('territory')
		.innerJoin('service', 'service.id', 'territory.contact_id')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.select('structure.nom')
		.executeTakeFirst();
	const { nom } = await db.selectFrom('territory').select('nom').executeTakeFirstOrThrow();
	return new Map([['', contact?.nom ?? nom], ...mairies.map((one): [string, string] => [one.slug, one.nom])]);
}
