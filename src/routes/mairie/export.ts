import { csvOf, exportFor, xlsxOf } from '#lib/server/census/export.ts';
import { record } from '#lib/server/journal.ts';
import { today } from '#lib/server/reading.ts';
import { signedIn } from './signed-in.ts';

const types = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
} as const;

/** All that the person may see, as a file to keep. The journal says so: a file goes far. */
export async function answerWith(locals: App.Locals, format: keyof typeof types): Promise<Response> {
	const { db } = locals.app;
	const account = signedIn(locals);
	const table = await exportFor(db, account);
	await record(db, account, 'export', `${table.rows.length} fiches (${format})`);
	const body = format === 'csv' ? csvOf(table, 'tableur') : new Uint8Array(await xlsxOf(table));
	return new Response(body, {
		headers: {
			'content-type': types[format],
			'content-disposition': `attachment; filename="annuaire-${today()}.${format}"`,
			'cache-control': 'no-store'
		}
	});
}
