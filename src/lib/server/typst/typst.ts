import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** What a template shows, read by it as JSON. */
export type Facts = string | number | boolean | null | Facts[] | { [name: string]: Facts };

/** What is asked of the process that draws: a template of `templates/` and the facts it shows. */
export type Job = {
	data: { [name: string]: Facts };
} & (
	| { template: 'partage'; as: 'png' }
	/** Tagged, as PDF/UA-1 asks. */
	| { template: 'affiche'; as: 'pdf' | 'png' }
);

/** What it answers. */
export type Outcome = { file: Uint8Array } | { fault: string };

/** Draws with typst, in a process of its own: the site answers meanwhile, outlives a crash, and gets the memory back. */
export interface Typst {
	/**
	 * A template as a PDF, or its first page as a PNG picture, a pixel to a point. Drawings are made one at a time.
	 * @throws when the template doesn't compile, or the process died or took more than 30 seconds
	 */
	draw(job: Job): Promise<Buffer<ArrayBuffer>>;
	/** Ends the process. What was asked and isn't drawn yet is refused. */
	stop(): void;
}

/** Milliseconds a drawing may take, start of the process included. */
const patience = 30_000;
/** Milliseconds after which a process that nobody asks anything of ends. */
const idleness = 15_000;

/** Nothing starts before something is to be drawn. */
export function startTypst(): Typst {
	let child: ChildProcess | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let leaving: NodeJS.Timeout | undefined;

	function running(): ChildProcess {
		if (child) return child;
		const started = fork(path.join(import.meta.dirname, 'compiler.ts'), {
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'inherit', 'ipc']
		});
		started.once('exit', () => {
			if (child === started) child = undefined;
		});
		return (child = started);
	}

	function stop(): void {
		clearTimeout(leaving);
		child?.kill('SIGKILL');
		child = undefined;
	}

	function drawNow(job: Job): Promise<Buffer<ArrayBuffer>> {
		clearTimeout(leaving);
		const compiler = running();
		return new Promise<Buffer<ArrayBuffer>>((resolve, reject) => {
			const late = setTimeout(() => {
				compiler.kill('SIGKILL');
			}, patience);
			const ended = () => {
				done();
				reject(new Error('typst ended without an answer'));
			};
			const answered = (outcome: Outcome) => {
				done();
				if ('file' in outcome) resolve(Buffer.from(outcome.file));
				else reject(new Error(outcome.fault));
			};
			function done() {
				clearTimeout(late);
				compiler.off('message', answered);
				compiler.off('exit', ended);
				compiler.off('error', ended);
				leaving = setTimeout(stop, idleness);
				leaving.unref();
			}
			compiler.once('message', answered);
			compiler.once('exit', ended);
			compiler.once('error', ended);
			compiler.send(job);
		});
	}

	return {
		draw(job) {
			const drawn = last.then(() => drawNow(job));
			last = drawn.catch(() => undefined);
			return drawn;
		},
		stop
	};
}
