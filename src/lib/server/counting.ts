import type BetterSqlite from 'better-sqlite3';
import { dateOf } from '#lib/domain/dates.ts';
import { now } from './clock.ts';

/** Counts things, per thing and day of Paris: nothing else about them is kept. */
export interface Counter {
	/** One more of `thing` now. Written within a second: a crash may lose that second, nothing more. */
	count(thing: string): void;
	/** Writes what is in memory. */
	flush(): void;
	/** Writes what is in memory and stops the clockwork. */
	stop(): void;
}

/** What is counted. */
export interface Counted {
	/** As the log says it: « scans ». */
	name: string;
	/** Adds `@count` to what `@thing` has on `@day`. */
	statement: string;
}

const everyMilliseconds = 1000;

/** Starts counting in memory, written each second in one transaction. */
export function startCounter(sqlite: BetterSqlite.Database, { name, statement }: Counted): Counter {
	let pending = new Map<string, { thing: string; day: string; count: number }>();
	const timer = setInterval(flushOrKeep, everyMilliseconds);
	timer.unref();
	let isWaiting = false;

	function flush() {
		if (pending.size === 0) return;
		const insert = sqlite.prepare(statement);
		sqlite.transaction(() => {
			for (const row of pending.values()) insert.run(row);
		})();
		pending = new Map();
	}

	/** A full or read-only disk must not stop the answers: the counts wait for the next second. Said once, not each time. */
	function flushOrKeep() {
		try {
			flush();
			if (isWaiting) console.log(`Comptage des ${name} repris.`);
			isWaiting = false;
		} catch (error) {
			if (!isWaiting)
				console.warn(
					`Comptage des ${name} en attente : ${error instanceof Error ? error.message : String(error)}`
				);
			isWaiting = true;
		}
	}

	return {
		count(thing) {
			const day = dateOf(now());
			const key = `${thing} ${day}`;
			const row = pending.get(key);
			if (row) row.count += 1;
			else pending.set(key, { thing, day, count: 1 });
		},
		flush,
		stop() {
			clearInterval(timer);
			flushOrKeep();
		}
	};
}

/** Scans of printed codes, by code. */
export const scansCounted: Counted = {
	name: 'scans',
	statement: `INSERT INTO scan (code, day, count) VALUES (@thing, @day, @count)
		ON CONFLICT (code, day) DO UPDATE SET count = count + excluded.count`
};

/** « Cette page vous a aidé ? », by answer and path: `oui /haut-valclair/agenda`. */
export const opinionsCounted: Counted = {
	name: 'avis',
	statement: `INSERT INTO page_opinion (path, day, helped, did_not)
		VALUES (substr(@thing, 5), @day, iif(@thing LIKE 'oui %', @count, 0), iif(@thing LIKE 'non %', @count, 0))
		ON CONFLICT (path, day) DO UPDATE SET helped = helped + excluded.helped, did_not = did_not + excluded.did_not`
};
