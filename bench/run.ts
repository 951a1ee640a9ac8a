import BetterSqlite from 'better-sqlite3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { buildEmptyPage } from './empty-page.ts';
import { weighFirstViews } from './first-view.ts';
import { chooseGenerator, openConnection, requestFor, throughput } from './load.ts';
import { start, type Started } from './processes.ts';
import { type Figure, machine, median, printTable, quantile } from './report.ts';
import { measureRecall, measureSearch } from './search.ts';

/*
 * npm run bench [-- --json]: every figure of the project beside its goal. Ratios are taken side by side,
 * alternating, and their medians compared; the servers compared with are started here.
 */
const page = '/sillingy/petite-enfance';
const rounds = 5;
const secondsEach = 3;

const json = process.argv.includes('--json');
const folder = mkdtempSync(path.join(tmpdir(), 'annuaire-bench-'));
const dataDir = path.join(folder, 'donnees');
const generator = await chooseGenerator();
const figures: Figure[] = [];
const before = machine();

try {
	const starts = await measureStart();
	const site = await start(['src/cli/start.mjs'], { DATA_DIR: dataDir });
	try {
		say('weighing every page');
		const { figures: weights, addresses } = await weighFirstViews(site.origin);
		figures.push(...weights);
		say('measuring throughput');
		figures.push(await measureWarm(site), await measureFirstRender(site));
		say('measuring printed codes and edits');
		figures.push(await measureCodes(site), await measureEdit(site));
		figures.push(...starts, {
			what: 'memory, serving pages',
			measured: site.memory() / 2 ** 20,
			unit: 'MiB',
			goal: 200,
			side: 'at most',
			detail: `after ${addresses.length} pages and the load above`
		});
	} finally {
		await site.stop();
	}
	say('measuring search');
	figures.push(await measureSearch(400, 2), await measureSearch(100_000, 15), await measureRecall(95));
} finally {
	rmSync(folder, { recursive: true, force: true });
}

if (json) console.log(JSON.stringify({ machine: before, generator, figures }, undefined, '\t'));
else {
	console.log(
		`\n${Object.entries(before)
			.map(([name, value]) => `${name} ${value}`)
			.join(' · ')} · load by ${generator}\n`
	);
	printTable(figures);
}

function say(step: string): void {
	if (!json) console.error(`… ${step}`);
}

/** The first start fills the database; those after are the ones an operator lives with. */
async function measureStart(): Promise<Figure[]> {
	say('starting five times');
	const durations: number[] = [];
	for (let i = 0; i <= rounds; i++) {
		const started = await start(['src/cli/start.mjs'], { DATA_DIR: dataDir });
		if (i > 0) durations.push(started.startedIn / 1000);
		await started.stop();
	}
	return [
		{
			what: 'start, listening',
			measured: median(durations),
			unit: 's',
			goal: 1.5,
			side: 'at most',
			detail: `median of ${rounds}, built and filled`
		}
	];
}

async function measureWarm(site: Started): Promise<Figure> {
	const url = new URL(page, site.origin);
	const bare = path.join(folder, 'bare.json');
	writeFileSync(bare, JSON.stringify(await capture(url)));
	return compare(
		'warm page, of bare node:http',
		url,
		['bench/bare.ts'],
		{ BARE: bare },
		'same bytes, same headers'
	);
}

async function measureFirstRender(site: Started): Promise<Figure> {
	// An address with a query is rendered each time.
	const url = new URL(`${page}?mesure=1`, site.origin);
	const html = await (await fetch(url)).text();
	const program = await buildEmptyPage(html);
	return compare(
		'first render, of an empty SvelteKit page',
		url,
		[program],
		{},
		'same configuration, same bytes uncompressed; ours also compresses'
	);
}

/** The site's answers per second as a share of a baseline's, which the bench starts for it. */
async function compare(
	what: string,
	ours: URL,
	program: string[],
	env: Record<string, string>,
	note: string
): Promise<Figure> {
	const baseline = await start(program, env);
	try {
		const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
		for (let i = 0; i < rounds; i++) {
			rates.ours.push(await throughput(generator, ours.href, secondsEach));
			rates.theirs.push(await throughput(generator, `${baseline.origin}/`, secondsEach));
		}
		const [mine, theirs] = [median(rates.ours), median(rates.theirs)];
		return {
			what,
			measured: mine / theirs,
			unit: '',
			goal: 0.8,
			side: 'at least',
			detail: `${Math.round(mine)} against ${Math.round(theirs)} requests/s, ${note}`
		};
	} finally {
		await baseline.stop();
	}
}

/** An answer as it travels, but for what node:http writes itself. */
async function capture(url: URL): Promise<{ headers: string[]; body: string }> {
	const connection = await openConnection(url);
	const answer = await connection.ask(requestFor(url));
	connection.close();
	const end = answer.indexOf('\r\n\r\n');
	const headers = answer
		.toString('latin1', 0, end)
		.split('\r\n')
		.slice(1)
		.filter((line) => !/^(date|connection|keep-alive):/i.test(line))
		.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
	return { headers, body: answer.toString('base64', end + 4) };
}

async function measureCodes(site: Started): Promise<Figure> {
	const sqlite = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { readonly: true });
	const codes = sqlite.prepare('SELECT code FROM code').pluck().all() as string[];
	sqlite.close();
	const urls = codes.map((code) => new URL(`/Q/${code}`, site.origin));
	const bare = path.join(folder, 'bare.json');
	writeFileSync(bare, JSON.stringify(await capture(new URL('/healthz', site.origin))));
	const baseline = await start(['bench/bare.ts'], { BARE: bare });
	try {
		const theirs = await latencies([new URL(baseline.origin)], 200);
		const ours = await latencies(urls, 302);
		return {
			what: 'printed code: p99',
			measured: quantile(ours, 0.99),
			unit: 'ms',
			goal: 5,
			side: 'at most',
			detail: `p50 ${median(ours).toFixed(2)} ms, 4 phones at once, one redirect each; bare node:http just before: p99 ${quantile(theirs, 0.99).toFixed(2)} ms`
		};
	} finally {
		await baseline.stop();
	}
}

/** Milliseconds each of these addresses takes to answer, asked in turn by four phones at once. */
async function latencies(urls: URL[], status: number): Promise<number[]> {
	const phone = 'User-Agent: Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0\r\n';
	const times: number[] = [];
	const visit = async (client: number) => {
		const connection = await openConnection(urls[0] ?? new URL(''));
		for (let i = 0; i < 1000; i++) {
			const url = urls[(i * 4 + client) % urls.length] ?? new URL('');
			const begun = performance.now();
			const answer = (await connection.ask(requestFor(url, phone))).toString('latin1');
			if (i >= 100) times.push(performance.now() - begun);
			if (!answer.startsWith(`HTTP/1.1 ${status} `))
				throw new Error(`${url.pathname}: ${answer.slice(0, 200)}`);
		}
		connection.close();
	};
	await Promise.all([0, 1, 2, 3].map(visit));
	return times;
}

/** Edits the database from this process, as the command line does, and asks until the page shows it. */
async function measureEdit(site: Started): Promise<Figure> {
	const sqlite = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { timeout: 5000 });
	const delays: number[] = [];
	const connection = await openConnection(new URL(site.origin));
	const url = new URL(page, site.origin);
	const tagOf = (answer: Buffer) => /\r\netag: (.*)\r\n/i.exec(answer.toString('latin1', 0, 4000))?.[1];
	for (let i = 0; i < 10; i++) {
		const before = tagOf(await connection.ask(requestFor(url)));
		sqlite
			.prepare(`UPDATE theme SET introduction = introduction || ' .' WHERE slug = 'petite-enfance'`)
			.run();
		const edited = performance.now();
		while (tagOf(await connection.ask(requestFor(url))) === before && performance.now() - edited < 5000);
		delays.push(performance.now() - edited);
	}
	connection.close();
	sqlite.close();
	return {
		what: 'an edit made by a command, seen after',
		measured: Math.max(...delays),
		unit: 'ms',
		goal: 1000,
		side: 'at most',
		detail: 'the slowest of 10'
	};
}
