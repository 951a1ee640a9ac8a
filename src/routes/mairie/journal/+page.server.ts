import { formatMoment } from '#lib/domain/dates.ts';
import { actionName } from '#lib/domain/journal.ts';
import { listJournal, namesInJournal } from '#lib/server/journal.ts';
import type { PageServerLoad } from './$types';

/** Lines of one page. */
const shown = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	const before = Number(url.searchParams.get('avant'));
	const rows = await listJournal(locals.app.db, {
		...(Number.isInteger(before) && before > 0 ? { before } : {}),
		limit: shown + 1
	});
	const named = await namesInJournal(locals.app.db);
	return {
		lines: rows.slice(0, shown).map(({ id, at, who, action, object }) => ({
			id,
			when: formatMoment(at),
			who,
			what: actionName(action),
			object: object && named(object)
		})),
		next: rows.length > shown ? (rows[shown - 1]?.id ?? null) : null
	};
};
