import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { localOf } from '#lib/domain/dates.ts';
import { databaseFile } from '../app.ts';
import { restoreCodes } from '../codes/restore.ts';
import { mergeCodes, mergeIssuedFile } from '../codes/merge.ts';
import { isDamage } from '../database/damage.ts';
import { DatabaseError, openDatabase } from '../database/open.ts';
import { giveToOwnerOf, syncFolder, syncTree } from '../disk.ts';
import type { Settings } from '../settings.ts';
import { type BackupReport, checkBackup, hasTable } from './backup.ts';
import { isReplacedName, isStateName } from './state.ts';

/*
 * A restore goes through three names of one folder, each given by one rename, so that a kill at any moment leaves
 * the old state or leads to the new one:
 *   restauration-en-preparation  the new state is being made; nothing has changed, the next restore throws it away
 *   restauration-prete-DATE      it is whole and on the disk; what stands is being put aside
 *   restauration-a-poser-DATE    what stood is aside; the new state is being put in its place
 * Whoever takes the data folder next finishes the last two first (`finishRestore`).
 */
const preparation = 'restauration-en-preparation';
const readyPrefix = 'restauration-prete-';
const placingPrefix = 'restauration-a-poser-';
const asidePrefix = 'avant-restauration-';

/** A backup unpacked and checked, which nothing reads yet. */
export interface PreparedRestore {
	report: BackupReport;
	/** How many printed codes the backup lacked, which stay known. */
	codesKept: number;
	/** Whether the present database could be read for them; if not, they come from codes.csv. */
	presentRead: boolean;
	/** Puts it in place, and returns the folder that keeps what was there; undefined when nothing was. */
	apply(at: number): string | undefined;
	/** Throws it away: nothing has changed. */
	cancel(): void;
}

/**
 * Unpacks and checks a backup inside the data folder, which this process must hold, and adds to it the printed codes
 * of the present state. `source` is a file written by `writeBackup`, a copy of the database, or a folder that an
 * earlier restore put aside.
 * @throws DatabaseError with a French sentence; nothing has then changed
 */
export async function prepareRestore(settings: Settings, source: string): Promise<PreparedRestore> {
	const { dataDir } = settings;
	const staging = path.join(dataDir, preparation);
	const cancel = () => rmSync(staging, { recursive: true, force: true });
	cancel();
	try {
		mkdirSync(staging, { mode: 0o700 });
		copySource(source, staging);
		const report = await checkStaged(source, staging);
		if (report.territory !== settings.territoire)
			throw new DatabaseError(
				`${source} est la sauvegarde du territoire « ${report.territory} », pas de « ${settings.territoire} » : donnez TERRITOIRE=${report.territory}, ou une autre sauvegarde.`
			);
		const codes = await unpack(dataDir, staging, settings.territoire);
		giveToOwnerOf(dataDir, staging);
		syncTree(staging);
		return { report, ...codes, cancel, apply: (at) => apply(dataDir, at) };
	} catch (error) {
		cancel();
		if (error instanceof DatabaseError) throw error;
		throw new DatabaseError(
			`La restauration n’a pas pu se préparer, rien n’a changé (${error instanceof Error ? error.message : String(error)}) : vérifiez les droits et la place sur le disque.`,
			{ cause: error }
		);
	}
}

function copySource(source: string, staging: string): void {
	if (!existsSync(source)) throw new DatabaseError(`${source} n’existe pas.`);
	const isFolder = statSync(source).isDirectory();
	const database = isFolder ? databaseFile({ dataDir: source }) : source;
	if (!existsSync(database)) throw new DatabaseError(`${source} n’est pas une sauvegarde de l’annuaire.`);
	for (const end of ['', '-wal'])
		if (existsSync(`${database}${end}`))
			copyFileSync(`${database}${end}`, `${databaseFile({ dataDir: staging })}${end}`);
	if (isFolder) copyState(source, staging);
}

function copyState(from: string, to: string): void {
	for (const name of readdirSync(from).filter(isStateName))
		cpSync(path.join(from, name), path.join(to, name), { recursive: true, preserveTimestamps: true });
}

/** Checked is the copy that will be put in place, named as the person named it. */
async function checkStaged(source: string, staging: string): Promise<BackupReport> {
	const staged = databaseFile({ dataDir: staging });
	try {
		return await checkBackup(staged);
	} catch (error) {
		if (error instanceof DatabaseError) throw new DatabaseError(error.message.replace(staged, source));
		throw error;
	}
}

async function unpack(
	dataDir: string,
	staging: string,
	territoire: string
): Promise<Pick<PreparedRestore, 'codesKept' | 'presentRead'>> {
	const { sqlite, db } = openDatabase(databaseFile({ dataDir: staging }));
	try {
		if (hasTable(sqlite, 'sqlar')) extractFiles(sqlite, staging);
		// A copy of the database alone says nothing of the files beside it: they stay.
		else if (!readdirSync(staging).some(isStateName)) copyState(dataDir, staging);
		sqlite.exec('DROP TABLE IF EXISTS sqlar; DROP TABLE IF EXISTS backup');
		// What was closed since must not open again.
		for (const table of ['session', 'account_link'])
			if (hasTable(sqlite, table)) sqlite.exec(`DELETE FROM ${table}`);
		// These end, and are still known: whoever holds one asks for another, sent to the same address.
		if (hasTable(sqlite, 'review_link')) sqlite.exec(`UPDATE review_link SET expires_at = created_at`);
		mergeIssuedFile(dataDir, staging);
		const merged = mergePresentCodes(dataDir, sqlite);
		const restored = await restoreCodes(db, territoire, staging);
		return { codesKept: (merged ?? 0) + restored, presentRead: merged !== undefined };
	} finally {
		await db.destroy();
		if (sqlite.open) sqlite.close();
	}
}

function extractFiles(sqlite: BetterSqlite.Database, staging: string): void {
	const files = sqlite.prepare<[], { name: string; data: Buffer }>(
		'SELECT name, data FROM sqlar ORDER BY name'
	);
	for (const { name, data } of files.iterate()) {
		const [top = '', ...rest] = name.split('/');
		if (!isStateName(top) || [top, ...rest].some((part) => part === '' || part === '..'))
			throw new DatabaseError(`La sauvegarde contient un nom de fichier refusé : « ${name} ».`);
		const file = path.join(staging, name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, data);
	}
}

/** How many codes of the present database the backup lacked; undefined when it can't be read. */
function mergePresentCodes(dataDir: string, into: BetterSqlite.Database): number | undefined {
	const file = databaseFile({ dataDir });
	if (!existsSync(file)) return 0;
	const present = new BetterSqlite(file, { readonly: true });
	try {
		return hasTable(present, 'code') ? mergeCodes(present, into) : 0;
	} catch (error) {
		if (isDamage(error) || isRefused(error)) return undefined;
		throw error;
	} finally {
		present.close();
	}
}

/** What was read makes no sense to the rules of the tables: damage that SQLite didn't see. */
function isRefused(error: unknown): boolean {
	return error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
}

function apply(dataDir: string, at: number): string | undefined {
	const stamp = stampFor(dataDir, at);
	renameSync(path.join(dataDir, preparation), path.join(dataDir, `${readyPrefix}${stamp}`));
	syncFolder(dataDir);
	return finishRestore(dataDir);
}

/** The minute in Paris, and a number when that minute is taken. */
function stampFor(dataDir: string, at: number): string {
	const minute = localOf(at).replace('T', '-').replace(':', 'h');
	for (let i = 1; ; i++) {
		const stamp = i === 1 ? minute : `${minute}-${i}`;
		if (!existsSync(path.join(dataDir, `${asidePrefix}${stamp}`))) return stamp;
	}
}

/** Whether a restore was begun and must be finished before the data folder is read. */
export function isRestorePending(dataDir: string): boolean {
	return existsSync(dataDir) && readdirSync(dataDir).some((name) => stampOf(name) !== undefined);
}

function stampOf(name: string): { prefix: string; stamp: string } | undefined {
	const prefix = [readyPrefix, placingPrefix].find((one) => name.startsWith(one));
	return prefix === undefined ? undefined : { prefix, stamp: name.slice(prefix.length) };
}

/**
 * Finishes a restore that was decided, wherever it stopped, and throws away one that was not. This process must hold
 * the data folder. Returns the folder that keeps what was there; undefined when there was no restore, or nothing before.
 */
export function finishRestore(dataDir: string): string | undefined {
	rmSync(path.join(dataDir, preparation), { recursive: true, force: true });
	const found = readdirSync(dataDir)
		.map(stampOf)
		.find((one) => one !== undefined);
	if (found === undefined) return undefined;
	const aside = path.join(dataDir, `${asidePrefix}${found.stamp}`);
	const placing = path.join(dataDir, `${placingPrefix}${found.stamp}`);
	if (found.prefix === readyPrefix) {
		mkdirSync(aside, { recursive: true, mode: 0o700 });
		giveToOwnerOf(dataDir, aside);
		moveAll(dataDir, aside, isReplacedName);
		renameSync(path.join(dataDir, `${readyPrefix}${found.stamp}`), placing);
		syncFolder(dataDir);
	}
	moveAll(placing, dataDir, () => true);
	rmdirSync(placing);
	syncFolder(dataDir);
	if (readdirSync(aside).length > 0) return aside;
	rmdirSync(aside);
	return undefined;
}

function moveAll(from: string, to: string, isMoved: (name: string) => boolean): void {
	for (const name of readdirSync(from).filter(isMoved))
		renameSync(path.join(from, name), path.join(to, name));
	syncFolder(to);
	syncFolder(from);
}
