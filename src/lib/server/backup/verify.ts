import type BetterSqlite from 'better-sqlite3';
import { localOf } from '#lib/domain/dates.ts';
import { databaseFile } from '../app.ts';
import { now } from '../clock.ts';
import { compareWithFiles, restoreCodes, restoreIssuedFile } from '../codes/restore.ts';
import { damageIn, isDamage } from '../database/damage.ts';
import { appliedMigrations, listMigrations, unknownMigrations } from '../database/migrate.ts';
import { openDatabase, type OpenDatabase } from '../database/open.ts';
import { indexServices } from '../search/search.ts';
import { findStaleServices } from '../search/stale.ts';
import type { Settings } from '../settings.ts';
import { listCopies } from './nightly.ts';
import { advice } from './rescue.ts';

/** One thing that was checked. */
export interface Check {
	name: 'pages' | 'references' | 'version' | 'recherche' | 'codes' | 'meta' | 'copies';
	/** What was found wrong and what to do about it, one French sentence each; empty when all is well. */
	faults: string[];
	/** What was checked, in a few French words. */
	summary: string;
}

const twoDays = 2 * 24 * 60 * 60 * 1000;
const repairAdvice = '« npm run -s annuaire -- verifier --reparer »';

/**
 * Checks the data folder from its pages to its meaning, beside a running server or without one. Writes nothing,
 * unless `repair`: then first puts right what can be without anyone's opinion, the search's index and missing codes.
 */
export async function verify(settings: Settings, { repair = false } = {}): Promise<Check[]> {
	const { dataDir } = settings;
	const damage = damageIn(databaseFile(settings));
	const pages = check(
		'pages',
		'pages du fichier',
		damage === undefined ? [] : [`La base est abîmée (${damage}). ${await advice(dataDir)}`]
	);
	// What a damaged file says of the rest means nothing.
	if (damage !== undefined) return [pages];
	const opened = openDatabase(databaseFile(settings), { readonly: !repair });
	try {
		const version = await checkVersion(opened.sqlite);
		// Queries are those of this version.
		if (version.faults.length > 0) return [pages, version];
		if (repair) await putRight(opened, settings);
		return [
			pages,
			version,
			checkReferences(opened.sqlite),
			await checkSearch(opened),
			await checkCodes(opened, settings),
			checkMeta(opened.sqlite, settings),
			checkCopies(dataDir)
		];
	} catch (error) {
		if (!isDamage(error)) throw error;
		return [{ ...pages, faults: [`La base est abîmée (${error.message}). ${await advice(dataDir)}`] }];
	} finally {
		await opened.db.destroy();
		if (opened.sqlite.open) opened.sqlite.close();
	}
}

async function putRight({ db }: OpenDatabase, { territoire, dataDir }: Settings): Promise<void> {
	const stale = await findStaleServices(db);
	if (stale.length > 0) await indexServices(db, stale);
	await restoreCodes(db, territoire, dataDir);
	await restoreIssuedFile(db, territoire, dataDir);
}

function check(name: Check['name'], summary: string, faults: string[]): Check {
	return { name, summary, faults };
}

async function checkVersion(sqlite: BetterSqlite.Database): Promise<Check> {
	const applied = appliedMigrations(sqlite);
	const unknown = await unknownMigrations(applied);
	const pending = (await listMigrations()).filter(({ name }) => !applied.includes(name));
	return check('version', `${applied.length} mise(s) à jour de la base`, [
		...(unknown.length > 0
			? [`La base vient d’une version plus récente (${unknown.join(', ')}) : mettez le logiciel à jour.`]
			: []),
		...(pending.length > 0
			? [`La base n’est pas à jour (${pending.map(({ name }) => name).join(', ')}) : redémarrez le site.`]
			: [])
	]);
}

function checkReferences(sqlite: BetterSqlite.Database): Check {
	const broken = sqlite.pragma('foreign_key_check') as {
		table: string;
		rowid: number | null;
		parent: string;
	}[];
	return check(
		'references',
		'liens entre les tables',
		broken
			.slice(0, 5)
			.map(
				({ table, rowid, parent }) =>
					`Dans « ${table} », la ligne ${rowid ?? '?'} mène à une ligne de « ${parent} » qui n’existe pas (${broken.length} en tout) : restaurez une copie d’avant, ou demandez de l’aide.`
			)
	);
}

async function checkSearch({ db, sqlite }: OpenDatabase): Promise<Check> {
	const texts = sqlite.prepare('SELECT count(*) FROM search_entry').pluck().get();
	const stale = await findStaleServices(db);
	return check(
		'recherche',
		`${String(texts)} textes de la recherche`,
		stale.length === 0
			? []
			: [`La recherche n’est pas à jour pour ${stale.length} fiche(s) : ${repairAdvice}.`]
	);
}

async function checkCodes({ db }: OpenDatabase, { territoire, dataDir }: Settings): Promise<Check> {
	const { codes, notInDatabase, notInFiles, unreadable } = await compareWithFiles(db, territoire, dataDir);
	return check('codes', `${codes} codes imprimés`, [
		...(notInDatabase.length > 0
			? [
					`Code(s) des fichiers absent(s) de la base, ${few(notInDatabase)} : ${repairAdvice}, ou redémarrez le site.`
				]
			: []),
		...(notInFiles.length > 0
			? [`Code(s) de la base absent(s) de codes.csv, ${few(notInFiles)} : ${repairAdvice}.`]
			: []),
		...(unreadable > 0
			? [`codes.csv a ${unreadable} ligne(s) illisible(s) : comparez-le à celui d’une sauvegarde.`]
			: [])
	]);
}

function few(codes: string[]): string {
	return codes.length <= 5 ? codes.join(', ') : `${codes.slice(0, 5).join(', ')}… (${codes.length})`;
}

function checkMeta(sqlite: BetterSqlite.Database, { territoire }: Settings): Check {
	const meta = new Map(
		sqlite
			.prepare<[], { key: string; value: string }>('SELECT key, value FROM meta')
			.all()
			.map(({ key, value }) => [key, value])
	);
	const slug = sqlite.prepare<[], string>('SELECT slug FROM territory').pluck().get();
	const origin = meta.get('origin');
	return check('meta', `territoire « ${slug ?? ''} », adresse ${origin ?? 'inconnue'}`, [
		...(/^\d+$/.test(meta.get('version') ?? '')
			? []
			: ['Le numéro de version du contenu manque : restaurez une copie d’avant, ou demandez de l’aide.']),
		...(origin === undefined ? ['L’adresse du site n’est pas connue : démarrez-le une fois.'] : []),
		...(slug === territoire
			? []
			: [`La base n’est pas celle de « ${territoire} » : corrigez TERRITOIRE ou DATA_DIR.`])
	]);
}

function checkCopies(dataDir: string): Check {
	const [newest] = listCopies(dataDir);
	return check(
		'copies',
		newest === undefined
			? 'aucune copie de nuit encore'
			: `dernière copie de nuit le ${localOf(newest.at).replace('T', ' à ')}`,
		newest !== undefined && now() - newest.at > twoDays
			? ['La dernière copie de nuit a plus de deux jours : lisez le journal du site, faites de la place.']
			: []
	);
}
