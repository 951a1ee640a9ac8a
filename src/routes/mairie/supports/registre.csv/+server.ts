import { targetPath } from '#lib/domain/codes.ts';
import { csvOf } from '#lib/server/census/export.ts';
import { listSupports } from '#lib/server/codes/supports.ts';
import { signedIn } from '../../signed-in.ts';
import type { RequestHandler } from './$types';

const headers = [
	'code',
	'adresse',
	'support',
	'cree_le',
	'mene_a',
	'page',
	'depuis',
	'scans',
	'lieu',
	'exemplaires',
	'imprime_le',
	'retire_le'
];

/** Every code that whoever asks follows, a line for each copy noted of it: what circulates, in one table. */
export const GET: RequestHandler = async ({ locals }) => {
	const { db, settings } = locals.app;
	const rows = (await listSupports(db, signedIn(locals))).flatMap(
		({ code, support, target, leadsTo, createdAt, since, printings, scans }) => {
			const own = [
				code,
				`${settings.origin}/q/${code}`,
				support,
				createdAt,
				leadsTo,
				`${settings.origin}${targetPath(target)}`,
				since,
				String(scans.total)
			];
			if (printings.length === 0) return [[...own, '', '', '', '']];
			return printings.map(({ lieu, exemplaires, imprime_le, retiredOn }) => [
				...own,
				lieu,
				exemplaires === null ? '' : String(exemplaires),
				imprime_le,
				retiredOn ?? ''
			]);
		}
	);
	return new Response(csvOf({ headers, rows }, 'tableur'), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="codes-imprimes.csv"',
			'cache-control': 'no-store'
		}
	});
};
