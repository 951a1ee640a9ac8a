import type BetterSqlite from 'better-sqlite3';
import { dateOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';

/** Counts scans of printed codes, per code and day of Paris: nothing else about them is kept. */
export interface ScanCounter {
	/** One more scan of `code` now. Written within a second: a crash may lose that second, nothing more. */
	count(code: string): void;
	/** Writes what is in memory. */
	flush(): void;
	/** Writes what is in memory and stops the clockwork. */
	stop(): void;
}

const everyMilliseconds = 1000;

/** Starts counting in memory, written each second in one transaction. */
export function startScanCounter(sqlite: BetterSqlite.Database): ScanCounter {
	let pending = new Map<string, { code: string; day: string; count: number }>();
	const insert = () =>
		sqlite.prepare(
			`INSERT INTO scan (code, day, count) VALUES (@code, @day, @count)
			ON CONFLICT (code, day) DO UPDATE SET count = count + excluded.count`
		);
	const timer = setInterval(flushOrKeep, everyMilliseconds);
	timer.unref();
	let isWaiting = false;

	function flush() {
		if (pending.size === 0) return;
		const statement = insert();
		sqlite.transaction(() => {
			for (const row of pending.values()) statement.run(row);
		})();
		pending = new Map();
	}

	/** A full or read-only disk must not stop the answers: the counts wait for the next second. Said once, not each time. */
	function flushOrKeep() {
		try {
			flush();
			if (isWaiting) console.log('Comptage des scans repris.');
			isWaiting = false;
		} catch (error) {
			if (!isWaiting)
				console.warn(
					`Comptage des scans en attente : ${error instanceof Error ? error.message : String(error)}`
				);
			isWaiting = true;
		}
	}

	return {
		count(code) {
			const day = dateOf(now());
			const key = `${code} ${day}`;
			const row = pending.get(key);
			if (row) row.count += 1;
			else pending.set(key, { code, day, count: 1 });
		},
		flush,
		stop() {
			clearInterval(timer);
			flushOrKeep();
		}
	};
}
