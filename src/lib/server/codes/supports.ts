import type { Account } from '#lib/domain/accounts.ts';
import { type CodeTarget, targetOf } from '#lib/domain/codes.ts';
import { addDays } from '#lib/domain/dates.ts';
import { pageLanguage } from '#lib/domain/page-language.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { today } from '../reading.ts';
import { getTerritory } from '../territory.ts';
import { listThemes } from '../themes.ts';
import { listCodes, type PrintedCode } from './codes.ts';
import { circulating, listPrintings, type NotedPrinting } from './printings.ts';

/** A printed code as the desk follows it. */
export interface Support extends PrintedCode {
	/** Where it leads, in words: « Petite enfance, Haut-Valclair ». */
	leadsTo: string;
	printings: NotedPrinting[];
	/** How many copies circulate, of those whose number was given. */
	copies: number;
	scans: { total: number; lately: number };
}

/** How many days « lately » is. */
export const lately = 30;

/** The codes that this account follows: all for the administration, those that lead into its communes for a mairie. */
export async function listSupports(db: Db, account: Account): Promise<Support[]> {
	const codes = (await listCodes(db)).filter(({ target }) => isFollowed(account, target.commune));
	const printings = await listPrintings(
		db,
		codes.map(({ code }) => code)
	);
	const scans = await countScans(db);
	const nameOf = await targetNames(db);
	return codes.map((code) => {
		const own = printings.get(code.code) ?? [];
		return {
			...code,
			leadsTo: nameOf(code.target),
			printings: own,
			copies: circulating(own),
			scans: scans.get(code.code) ?? { total: 0, lately: 0 }
		};
	});
}

/** The code, when this account follows it. `code` is as `normaliseCode` returns it. */
export async function findSupport(db: Db, account: Account, code: string): Promise<Support | undefined> {
	return (await listSupports(db, account)).find((support) => support.code === code);
}

/** Whether this account follows codes that lead there: a commune's slug, or the common base's. */
export function isFollowed(account: Account, commune: string): boolean {
	return account.role === 'administration' || account.communes.includes(commune);
}

/** The scans of a code, day by day (AAAA-MM-JJ), over the last `days` days, today included. */
export async function scansByDay(
	db: Db,
	code: string,
	days: number
): Promise<{ day: string; count: number }[]> {
	const first = addDays(today(), 1 - days);
	const rows = await db
		.selectFrom('scan')
		.select(['day', 'count'])
		.where('code', '=', code)
		.where('day', '>=', first)
		.execute();
	const counts = new Map(rows.map(({ day, count }) => [day, count]));
	return Array.from({ length: days }, (_, i) => {
		const day = addDays(first, i);
		return { day, count: counts.get(day) ?? 0 };
	});
}

/** Says where targets lead: « Petite enfance, Haut-Valclair, en turc ». */
export async function targetNames(db: Db): Promise<(target: CodeTarget) => string> {
	const themes = new Map((await listThemes(db)).map(({ slug, nom }) => [slug, nom]));
	const communes = new Map((await listCommunes(db)).map(({ slug, nom }) => [slug, nom]));
	const { nom_court } = await getTerritory(db);
	return (target) => {
		const { kind, commune, object, langue } = targetOf(target);
		const place = commune === baseScope ? nom_court : (communes.get(commune) ?? commune);
		const page = kind === 'theme' ? (themes.get(object) ?? object) : 'Page d’accueil';
		return [page, place, pageLanguage(langue)].filter(Boolean).join(', ');
	};
}

async function countScans(db: Db): Promise<Map<string, Support['scans']>> {
	const since = addDays(today(), 1 - lately);
	const rows = await db
		.selectFrom('scan')
		.select(({ fn, eb }) => [
			'code',
			fn.sum<number>('count').as('total'),
			fn.sum<number>(eb.case().when('day', '>=', since).then(eb.ref('count')).else(0).end()).as('lately')
		])
		.groupBy('code')
		.execute();
	return new Map(rows.map(({ code, total, lately }) => [code, { total, lately }]));
}
