import { error, redirect } from '@sveltejs/kit';
import { columns as known, findColumn } from '#lib/domain/census/columns.ts';
import { formatMoment } from '#lib/domain/dates.ts';
import { chooseColumns, columnsOf, forgetCensus, type DoneCensus } from '#lib/server/census/census.ts';
import { undoCensus } from '#lib/server/census/undo.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { countsSentence, undoneSentence } from '../sentences.ts';
import { findDone, findMine, mineOf } from './census-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const waiting = await findMine(locals, params.numero);
	if (!waiting) {
		const done = await findDone(locals, params.numero);
		if (!done) error(404, 'Cet import n’existe pas, ou n’est pas le vôtre.');
		return { fileName: done.fileName, done: toldOf(done, url), columns: undefined };
	}
	const columns = await columnsOf(db, waiting);
	return {
		fileName: waiting.fileName,
		done: undefined,
		read: waiting.table.read,
		rows: waiting.table.rows.length,
		hasName: columns.some(({ target }) => target === 'nom' || target === 'slug'),
		columns: columns.map((column, i) => ({
			...column,
			i,
			said: column.target !== undefined || column.isChosen
		})),
		targets: known.map(({ target, words }) => ({ target, words }))
	};
};

function toldOf({ counts, who, confirmedAt, undoneAt, undoneBy }: DoneCensus, url: URL) {
	return {
		isFresh: url.searchParams.has('fait'),
		told: `${formatMoment(confirmedAt)}, par ${who}`,
		sentence: undoneAt === null ? countsSentence(counts) : undoneSentence(counts),
		counts,
		undone: undoneAt === null ? null : `${formatMoment(undoneAt)}, par ${undoneBy ?? ''}`,
		kept: counts.gardees ?? [],
		isAsking: url.searchParams.has('annuler')
	};
}

export const actions: Actions = {
	colonnes: async ({ locals, params, request }) => {
		const census = await mineOf(locals, params.numero);
		const form = await formOf(request);
		const chosen = census.table.headers.flatMap((_, i): [string, string][] => {
			const target = textOf(form, `colonne-${i}`);
			if (!form.has(`colonne-${i}`)) return [];
			return [[String(i), findColumn(target)?.target ?? '']];
		});
		await chooseColumns(locals.app.db, census, Object.fromEntries(chosen));
		redirect(303, `/mairie/import/${census.id}/revue`);
	},
	abandonner: async ({ locals, params }) => {
		const census = await mineOf(locals, params.numero);
		await forgetCensus(locals.app.db, census.id);
		redirect(303, '/mairie/import?abandon=oui');
	},
	annuler: async ({ locals, params }) => {
		const census = await findDone(locals, params.numero);
		if (!census) error(404, 'Cet import n’existe pas, ou n’est pas le vôtre.');
		await undoCensus(locals.app.db, census, signedIn(locals));
		redirect(303, `/mairie/import/${census.id}`);
	}
};
