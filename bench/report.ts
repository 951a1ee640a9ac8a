import { cpus, loadavg, totalmem } from 'node:os';
import process from 'node:process';

/** One measure beside its goal. */
export interface Figure {
	what: string;
	measured: number;
	unit: string;
	/** The limit it is held to, and on which side of it to be. */
	goal: number;
	side: 'at most' | 'at least';
	/** Where it was seen, against what. */
	detail?: string;
}

/** Whether a figure reaches its goal. */
export function isReached({ measured, goal, side }: Figure): boolean {
	return side === 'at most' ? measured <= goal : measured >= goal;
}

/** The machine the figures were taken on. */
export function machine(): Record<string, string | number> {
	return {
		processor: cpus()[0]?.model ?? 'unknown',
		cores: cpus().length,
		memory_GB: Math.round(totalmem() / 2 ** 30),
		node: process.versions.node,
		system: `${process.platform} ${process.arch}`,
		// Above nothing, others were at work: durations then say as much about them.
		load_before: Number((loadavg()[0] ?? 0).toFixed(1))
	};
}

/** Prints the figures as a table, those short of their goal said plainly. */
export function printTable(figures: Figure[]): void {
	const rows = figures.map((figure) => [
		figure.what,
		`${readable(figure.measured)} ${figure.unit}`.trim(),
		`${figure.side === 'at most' ? '≤' : '≥'} ${readable(figure.goal)}`,
		isReached(figure) ? 'reached' : 'SHORT OF GOAL',
		figure.detail ?? ''
	]);
	const table = [['figure', 'measured', 'goal', '', 'detail'], ...rows];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	for (const row of table)
		console.log(
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd()
		);
	const short = figures.filter((figure) => !isReached(figure)).length;
	console.log(
		short === 0 ? '\nEvery goal is reached.' : `\n${short} of ${figures.length} figures short of goal.`
	);
}

function readable(value: number): string {
	return value >= 100 ? Math.round(value).toLocaleString('fr-FR') : String(Number(value.toPrecision(3)));
}

/** The middle value: what an odd run out does not move. */
export function median(values: number[]): number {
	return quantile(values, 0.5);
}

/** The value below which this share of the values lies. */
export function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
	if (value === undefined) throw new Error('Nothing was measured.');
	return value;
}
