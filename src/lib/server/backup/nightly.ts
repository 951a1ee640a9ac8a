import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { addDays, dateOf, instantOf, localOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';
import { type BackupReport, unfinishedSuffix } from './backup.ts';

/** When copies are made, on the clock of Paris: nobody edits, few people read. */
const hour = '03:30';

/** How many days a copy is kept. */
const keptDays = 14;

const aDay = 24 * 60 * 60 * 1000;

/** How often to look whether a copy is due, and how long to wait after one that failed, in milliseconds. */
const every = 60_000;
const patience = 60 * 60 * 1000;

/** A copy made by night. */
export interface NightlyCopy {
	file: string;
	/** When it was made, in epoch milliseconds. */
	at: number;
}

/** The folder of the nightly copies. */
export function copiesFolder(dataDir: string): string {
	return path.join(dataDir, 'sauvegardes');
}

/** The nightly copies, the newest first. */
export function listCopies(dataDir: string): NightlyCopy[] {
	const folder = copiesFolder(dataDir);
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.flatMap((name) => {
			const [, date, hours, minutes] = /^annuaire-(\d{4}-\d\d-\d\d)-(\d\d)h(\d\d)\.sqlite$/.exec(name) ?? [];
			if (date === undefined) return [];
			const at = instantOrUndefined(`${date}T${hours ?? ''}:${minutes ?? ''}`);
			return at === undefined ? [] : [{ file: path.join(folder, name), at }];
		})
		.sort((a, b) => b.at - a.at);
}

function instantOrUndefined(local: string): number | undefined {
	try {
		return instantOf(local);
	} catch {
		return undefined;
	}
}

/** The last hour of copying at or before `instant`. */
function lastHour(instant: number): number {
	const today = instantOf(`${dateOf(instant)}T${hour}`);
	return today <= instant ? today : instantOf(`${addDays(dateOf(instant), -1)}T${hour}`);
}

/** The next hour of copying after `instant`. */
function nextHour(instant: number): number {
	const today = instantOf(`${dateOf(instant)}T${hour}`);
	return today > instant ? today : instantOf(`${addDays(dateOf(instant), 1)}T${hour}`);
}

/** Whether the hour of copying has passed since the last copy. One dated ahead, by a clock since put right, doesn't count. */
export function isCopyDue(copies: NightlyCopy[], instant: number): boolean {
	const last = copies.find(({ at }) => at <= instant);
	return last === undefined || last.at < lastHour(instant);
}

/** The copies too old to be kept: never the newest. */
export function copiesToRemove(copies: NightlyCopy[], instant: number): NightlyCopy[] {
	return copies.slice(1).filter(({ at }) => instant - at > keptDays * aDay);
}

/** Looks each minute whether the nightly copy is due, and makes it in a thread of its own. */
export interface NightlyCopies {
	/** Makes the copy that is due, if one is, and says so in the log. Never throws. */
	check(): Promise<void>;
	/** Looks no more, and waits for a copy under way. */
	stop(): Promise<void>;
}

/** Starts looking after the nightly copies of a data folder. The first look is a minute later, or at the hour itself. */
export function startNightlyCopies(dataDir: string): NightlyCopies {
	let underWay: Promise<void> | undefined;
	let failedAt: number | undefined;
	let timer = setTimeout(tick, untilNext());
	timer.unref();
	let stopped = false;

	function untilNext(): number {
		const present = now();
		return Math.max(1, Math.min(every, nextHour(present) - present));
	}

	function tick() {
		void check().finally(() => {
			if (stopped) return;
			timer = setTimeout(tick, untilNext());
			timer.unref();
		});
	}

	function check(): Promise<void> {
		underWay ??= checkNow().finally(() => (underWay = undefined));
		return underWay;
	}

	async function checkNow() {
		const present = now();
		try {
			if (!isCopyDue(listCopies(dataDir), present)) return;
			if (failedAt !== undefined && Math.abs(present - failedAt) < patience) return;
			const { file, bytes } = await makeCopy(dataDir, present);
			failedAt = undefined;
			console.log(`Copie de la nuit : ${file} (${Math.ceil(bytes / 1024)} Kio).`);
		} catch (error) {
			// Tried again each hour, said once.
			if (failedAt === undefined)
				console.warn(
					`La copie de la nuit n’a pas pu être faite, le site continue ; nouvel essai chaque heure. ${error instanceof Error ? error.message : String(error)}`
				);
			failedAt = present;
		}
	}

	return {
		check,
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await underWay;
		}
	};
}

async function makeCopy(dataDir: string, at: number): Promise<BackupReport & { file: string }> {
	const folder = copiesFolder(dataDir);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	for (const name of readdirSync(folder))
		if (name.endsWith(unfinishedSuffix)) rmSync(path.join(folder, name), { force: true });
	const file = path.join(folder, `annuaire-${localOf(at).replace('T', '-').replace(':', 'h')}.sqlite`);
	const report = await runInThread({ dataDir, file, at });
	for (const old of copiesToRemove(listCopies(dataDir), at)) rmSync(old.file, { force: true });
	return { ...report, file };
}

/** What the thread that writes a copy is told. */
export interface CopyOrder {
	dataDir: string;
	file: string;
	at: number;
}

/** Copying and checking take a core for as long as the database is large: not the one that answers people. */
function runInThread(order: CopyOrder): Promise<BackupReport> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./copy-thread.ts', import.meta.url), { workerData: order });
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', () => {
			reject(new Error('La copie s’est interrompue.'));
		});
	});
}
