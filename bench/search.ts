import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { indexServices, search } from '#lib/server/search/search.ts';
import { loadSeed } from '#lib/server/seed.ts';
import { typedQueries } from '../tests/fixtures/search.ts';
import { type Figure, median, quantile } from './report.ts';

/** What people type: one word, its beginning, a misspelling, several words, a whole question, a number, nothing known. */
const queries = [
	'nounou',
	'creche',
	'cant',
	'mairie',
	'centre aéré',
	'carte grise',
	'garde enfant',
	'déchéterie',
	'assistente maternelle',
	'aide personne âgée',
	'où est-ce que je peux faire garder mon bébé le mercredi ?',
	'mon ado va mal',
	'119',
	'horaires de la mairie',
	'handicap école',
	'xyzzy',
	'e',
	'inscription cantine sillingy'
];

/** Times the search in this process, over the seed grown to `entries` published entries. */
export async function measureSearch(entries: number, goal: number): Promise<Figure> {
	const folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const opened = openDatabase(path.join(folder, 'annuaire.sqlite'));
	try {
		await migrate(opened.sqlite);
		await loadSeed(opened.db, 'fier-et-usses', folder);
		grow(opened, entries);
		await indexServices(opened.db);
		const times: number[] = [];
		for (let i = 0; i < 2000; i++) {
			const q = queries[i % queries.length] ?? '';
			const start = performance.now();
			await search(opened.db, { q, commune: i % 3 === 0 ? undefined : 'sillingy', limit: 30 });
			if (i >= 200) times.push(performance.now() - start);
		}
		return {
			what: `search, ${entries.toLocaleString('fr-FR')} entries: p99`,
			measured: quantile(times, 0.99),
			unit: 'ms',
			goal,
			side: 'at most',
			detail: `in process, p50 ${median(times).toFixed(2)} ms, ${queries.length} queries`
		};
	} finally {
		await opened.db.destroy();
		rmSync(folder, { recursive: true });
	}
}

/** Of what people type, how much finds what they need among the first three, in the real directory. */
export async function measureRecall(goal: number): Promise<Figure> {
	const folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const opened = openDatabase(path.join(folder, 'annuaire.sqlite'));
	try {
		await migrate(opened.sqlite);
		await loadSeed(opened.db, 'fier-et-usses', folder);
		const rows = await opened.db.selectFrom('service').select(['id', 'slug']).execute();
		const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
		let found = 0;
		for (const { q, commune, wanted } of typedQueries) {
			const { ids } = await search(opened.db, { q, commune, limit: 3 });
			if (ids.some((id) => wanted.includes(slugs.get(id) ?? ''))) found += 1;
		}
		return {
			what: 'search, recall in the first three',
			measured: (100 * found) / typedQueries.length,
			unit: '%',
			goal,
			side: 'at least',
			detail: `${found} of ${typedQueries.length} real-sounding queries`
		};
	} finally {
		await opened.db.destroy();
		rmSync(folder, { recursive: true });
	}
}

/** Adds published entries whose texts are made of the words of the real ones, as often as they come there. */
function grow({ sqlite }: OpenDatabase, entries: number): void {
	const texts = sqlite
		.prepare(`SELECT nom || ' ' || coalesce(resume, '') || ' ' || description FROM service`)
		.pluck()
		.all() as string[];
	const words = texts.join(' ').split(/\s+/);
	let at = 0;
	const take = (count: number) =>
		Array.from({ length: count }, () => words[(at = (at + 7919) % words.length)]).join(' ');
	const present = Number(sqlite.prepare('SELECT count(*) FROM service').pluck().get());
	const structure = sqlite.prepare('SELECT min(id) FROM structure').pluck().get();
	const service = sqlite.prepare(
		`INSERT INTO service (slug, structure_id, nature, nom, resume, description, date_maj) VALUES (?, ?, 'service', ?, ?, ?, '2026-11-23')`
	);
	const served = sqlite.prepare(
		'INSERT INTO service_commune (service_id, commune) SELECT ?, slug FROM commune'
	);
	const publish = sqlite.prepare(
		`INSERT INTO publication (service_id, published_at, published_by) VALUES (?, '2026-11-23T00:00:00Z', 'bench')`
	);
	sqlite.transaction(() => {
		for (let i = present; i < entries; i++) {
			const { lastInsertRowid: id } = service.run(`fiche-${i}`, structure, take(4), take(12), take(40));
			served.run(id);
			publish.run(id);
		}
	})();
}
