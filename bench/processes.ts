import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';

export const root = path.resolve(import.meta.dirname, '..');

/** A server this bench started. */
export interface Started {
	origin: string;
	/** From the start of the process to the line that says it listens, in milliseconds. */
	startedIn: number;
	/** Resident memory of the process that serves, in bytes. */
	memory(): number;
	stop(): Promise<void>;
}

/** Starts a Node program that prints its address once it listens on PORT. */
export async function start(args: string[], env: Record<string, string>): Promise<Started> {
	const port = String(await freePort());
	const origin = `http://127.0.0.1:${port}`;
	const begun = performance.now();
	const child = spawn(process.execPath, args, {
		cwd: root,
		env: { ...process.env, HOST: '127.0.0.1', ORIGIN: origin, PORT: port, ...env },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	await new Promise<void>((resolve, reject) => {
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.includes(`:${port}`)) resolve();
		});
		child.once('exit', (code) => {
			reject(new Error(`${args.join(' ')} stopped (${code}):\n${output}`));
		});
	});
	return {
		origin,
		startedIn: performance.now() - begun,
		memory: () => residentMemory(servingPid(child)),
		async stop() {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		}
	};
}

/** `npm start` runs a parent that only passes signals on: its child is the one that serves. */
function servingPid(child: ChildProcess): number {
	const pid = child.pid ?? 0;
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
	return Number(children[0]) || pid;
}

function residentMemory(pid: number): number {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Runs a program to its end and gives what it printed. */
export async function finished(command: string, args: string[], cwd = root): Promise<string> {
	const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
	return output;
}

async function freePort(): Promise<number> {
	const probe = createServer();
	probe.listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	await once(probe, 'close');
	if (address === null || typeof address === 'string') throw new Error('No free port.');
	return address.port;
}
