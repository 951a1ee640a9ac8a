import type { Account } from '#lib/domain/accounts.ts';
import { type Cells, cellsOf } from '#lib/domain/census/rows.ts';
import { findColumn, type Target, targetOfHeader } from '#lib/domain/census/columns.ts';
import { normalHeader } from '#lib/domain/census/header.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { readTable, type Table } from './file.ts';

/** Whoever imports: an account, or a command, which may write everything. */
export type Importer = Pick<Account, 'nom' | 'role' | 'communes'> & { id: number | null };

/** A file waiting to be confirmed. */
export interface WaitingCensus {
	id: number;
	fileName: string;
	table: Table;
	/** What was said of its columns, by header: a target, or nothing when it is not to be imported. */
	targets: Readonly<Record<string, string>>;
	/** What was chosen for likely duplicates, by the number of the row. */
	choices: Readonly<Record<string, string>>;
}

/** An import that was made. */
export interface DoneCensus {
	id: number;
	fileName: string;
	who: string;
	confirmedAt: string;
	counts: Counts;
	undoneAt: string | null;
	undoneBy: string | null;
}

/** What an import did, and what was left when it was undone. */
export interface Counts {
	lues: number;
	creees: number;
	modifiees: number;
	inchangees: number;
	doublons: number;
	refusees: number;
	hors: number;
	/** Whether what it created was published. */
	publiees: boolean;
	/** What was edited since, and stays as it is after the import was undone: the entry and its fields, in words. */
	gardees?: string[];
}

/** How long a file waits to be confirmed, in milliseconds: three days. */
const patience = 3 * 24 * 3600 * 1000;

/** Longest name of a file that is kept. */
const longestName = 120;

/**
 * Keeps a file until it is confirmed, for the account that sent it alone. Those that waited too long are forgotten.
 * @throws FileError when it can't be read
 */
export async function keepCensus(db: Db, by: Importer, fileName: string, bytes: Uint8Array): Promise<number> {
	const table = await readTable(bytes);
	await forgetOldCensuses(db);
	const { id } = await db
		.insertInto('census')
		.values({
			account_id: by.id,
			who: by.nom,
			file_name: plainName(fileName),
			created_at: new Date(now()).toISOString(),
			content: JSON.stringify(table),
			confirmed_at: null,
			counts: null,
			undone_at: null,
			undone_by: null
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** The name of a file, as people read it: without its folders nor control signs. */
function plainName(fileName: string): string {
	const name = fileName
		.replace(/^.*[/\\]/, '')
		.replace(/\p{C}/gu, '')
		.trim();
	return name.slice(0, longestName) || 'sans nom';
}

/** Forgets the files that waited more than three days, whoever sent them. */
export async function forgetOldCensuses(db: Db): Promise<void> {
	await db
		.deleteFrom('census')
		.where('confirmed_at', 'is', null)
		.where('created_at', '<', oldest())
		.execute();
}

/** When the file that has waited the longest was sent (ISO 8601). */
function oldest(): string {
	return new Date(now() - patience).toISOString();
}

/** The file of this number that waits for this person; undefined when it isn't there, is another's, or waited too long. */
export async function findWaiting(db: Db, by: Importer, id: number): Promise<WaitingCensus | undefined> {
	const row = await db
		.selectFrom('census')
		.selectAll()
		.where('id', '=', id)
		.where('account_id', 'is', by.id)
		.where('confirmed_at', 'is', null)
		.where('created_at', '>=', oldest())
		.executeTakeFirst();
	if (!row || row.content === null) return undefined;
	return {
		id: row.id,
		fileName: row.file_name,
		table: JSON.parse(row.content) as Table,
		targets: JSON.parse(row.targets) as Record<string, string>,
		choices: JSON.parse(row.choices) as Record<string, string>
	};
}

/** The imports made that this person may see, the newest first: its own; all for the communauté de communes. */
export async function listDone(db: Db, by: Importer): Promise<DoneCensus[]> {
	const rows = await db
		.selectFrom('census')
		.selectAll()
		.where('confirmed_at', 'is not', null)
		.$if(by.role !== 'administration', (query) => query.where('account_id', 'is', by.id))
		.orderBy('id', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		fileName: row.file_name,
		who: row.who,
		confirmedAt: row.confirmed_at ?? row.created_at,
		counts: JSON.parse(row.counts ?? '{}') as Counts,
		undoneAt: row.undone_at,
		undoneBy: row.undone_by
	}));
}

/** The files that wait for this person to confirm them, the newest first. */
export async function listWaiting(db: Db, by: Importer) {
	return db
		.selectFrom('census')
		.select(['id', 'file_name', 'created_at'])
		.where('confirmed_at', 'is', null)
		.where('account_id', 'is', by.id)
		.where('created_at', '>=', oldest())
		.orderBy('id', 'desc')
		.execute();
}

/** Forgets a file that waits. */
export async function forgetCensus(db: Db, id: number): Promise<void> {
	await db.deleteFrom('census').where('id', '=', id).where('confirmed_at', 'is', null).execute();
}

/** What a column of a file says, and how that is known. */
export interface ReadColumn {
	header: string;
	target: Target | undefined;
	/** Whether someone said so, now or for an earlier file. */
	isChosen: boolean;
	/** A few of its cells. */
	examples: string[];
}

/** What the columns of a file say: what was chosen, else what was for an earlier file, else what headers mean. */
export async function columnsOf(
	db: Db,
	{ table, targets }: Pick<WaitingCensus, 'table' | 'targets'>
): Promise<ReadColumn[]> {
	const remembered = new Map(
		(await db.selectFrom('census_header').selectAll().execute()).map((row) => [row.header, row.target])
	);
	return table.headers.map((header, i) => {
		const chosen = targets[String(i)] ?? remembered.get(normalHeader(header));
		const examples = table.rows.map(({ cells }) => (cells[i] ?? '').trim()).filter(Boolean);
		return {
			header,
			target: chosen === undefined ? targetOfHeader(header) : findColumn(chosen)?.target,
			isChosen: chosen !== undefined,
			examples: [...new Set(examples)].slice(0, 2)
		};
	});
}

/** Keeps what was said of the columns (by their place), for this file and, under their headers, for the next ones. */
export async function chooseColumns(
	db: Db,
	{ id, table }: WaitingCensus,
	targets: Readonly<Record<string, string>>
): Promise<void> {
	await db
		.updateTable('census')
		.set({ targets: JSON.stringify(targets) })
		.where('id', '=', id)
		.execute();
	for (const [i, header] of table.headers.entries()) {
		const target = targets[String(i)];
		const name = normalHeader(header);
		if (target === undefined || name === '') continue;
		if (target === (targetOfHeader(header) ?? ''))
			await db.deleteFrom('census_header').where('header', '=', name).execute();
		else
			await db
				.insertInto('census_header')
				.values({ header: name, target })
				.onConflict((conflict) => conflict.column('header').doUpdateSet({ target }))
				.execute();
	}
}

/** Keeps what was chosen for likely duplicates, by the number of the row, beside what was chosen before. */
export async function chooseDuplicates(
	db: Db,
	{ id, choices }: WaitingCensus,
	chosen: Readonly<Record<string, string>>
): Promise<void> {
	await db
		.updateTable('census')
		.set({ choices: JSON.stringify({ ...choices, ...chosen }) })
		.where('id', '=', id)
		.execute();
}

/** The rows of a table as the cells that count. */
export function rowsOf(
	table: Table,
	targets: readonly (Target | undefined)[]
): { line: number; cells: Cells }[] {
	return table.rows.map(({ line, cells }) => ({ line, cells: cellsOf(cells, table.headers, targets) }));
}
