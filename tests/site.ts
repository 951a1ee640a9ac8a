import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';

/** Tuesday 24 November 2026, a quarter past ten in Paris: the moment of the tests' world unless one says otherwise. */
export const tuesdayMorning = '2026-11-24T10:15:00+01:00';

/** The production build, serving a world of its own. */
export interface Site {
	origin: string;
	dataDir: string;
	/** What the server wrote on its two outputs. */
	output(): string;
	/** Reads the database beside the server. */
	query<T>(sql: string, ...params: unknown[]): T[];
	/** Stops the server as an operator would, and waits; its folder goes too unless it is to be kept. */
	stop(options?: { keep: boolean }): Promise<number | null>;
	process: ChildProcess;
}

/** Starts `src/cli/serve.ts` on a free port. `env` overrides its settings. */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
	const port = await freePort();
	const dataDir = env.DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'annuaire-site-'));
	const origin = `http://127.0.0.1:${port}`;
	const server = spawn(process.execPath, ['src/cli/serve.ts'], {
		env: {
			...process.env,
			TERRITOIRE: 'valclair',
			HORLOGE: tuesdayMorning,
			...env,
			PORT: String(port),
			DATA_DIR: dataDir
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	server.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	await new Promise<void>((resolve, reject) => {
		server.stdout.on('data', () => {
			if (output.includes(origin)) resolve();
		});
		server.once('exit', (code) => {
			reject(new Error(`The server stopped (${code}):\n${output}`));
		});
	});
	return {
		origin,
		dataDir,
		process: server,
		output: () => output,
		query<T>(sql: string, ...params: unknown[]) {
			const db = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { readonly: true });
			try {
				return db.prepare(sql).all(...params) as T[];
			} finally {
				db.close();
			}
		},
		async stop(options) {
			if (server.exitCode !== null) return server.exitCode;
			const gone = new Promise<number | null>((resolve) => {
				server.once('exit', resolve);
			});
			server.kill('SIGTERM');
			const code = await gone;
			if (env.DATA_DIR === undefined && !options?.keep) rmSync(dataDir, { recursive: true, force: true });
			return code;
		}
	};
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => {
		probe.listen(0, '127.0.0.1', resolve);
	});
	const address = probe.address();
	await new Promise((resolve) => {
		probe.close(resolve);
	});
	if (address === null || typeof address === 'string') throw new Error('No port');
	return address.port;
}
