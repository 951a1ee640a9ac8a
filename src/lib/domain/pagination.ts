import { readsFrench } from './language.ts';

/** What a list holds at most, so that a scanned page stays one TCP window; half of it where French stands beside. */
const mostPerPage = 40;

/** The entries of one page of a list, its number (from 1) and how many there are. A wrong number is the first page. */
export function pageOf<T>(items: T[], asked: string | null): { shown: T[]; page: number; pages: number } {
	const perPage = readsFrench() ? mostPerPage : mostPerPage / 2;
	const pages = Math.max(1, Math.ceil(items.length / perPage));
	const number = /^\d{1,4}$/.test(asked ?? '') ? Number(asked) : 1;
	const page = number >= 1 && number <= pages ? number : 1;
	return { shown: items.slice((page - 1) * perPage, page * perPage), page, pages };
}
