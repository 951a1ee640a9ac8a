import { fail, redirect } from '@sveltejs/kit';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { keepCensus, listDone, listWaiting } from '#lib/server/census/census.ts';
import { FileError } from '#lib/server/census/limits.ts';
import { fileOf, formOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import { countsSentence } from './sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const when = (at: string) => formatDate(dateOf(Date.parse(at)), 'annee');
	return {
		abandoned: url.searchParams.has('abandon'),
		isMairie: account.role === 'mairie',
		waiting: (await listWaiting(db, account)).map(({ id, file_name, created_at }) => ({
			path: `/mairie/import/${id}`,
			nom: file_name,
			when: when(created_at)
		})),
		done: (await listDone(db, account)).map((census) => ({
			path: `/mairie/import/${census.id}`,
			nom: census.fileName,
			told: `${when(census.confirmedAt)}, par ${census.who} · ${countsSentence(census.counts)}`,
			isUndone: census.undoneAt !== null
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await formOf(request);
		const file = fileOf(form, 'fichier');
		if (!file)
			return fail(400, {
				errors: {
					fichier: 'Choisissez un fichier : celui d’un tableur (Excel, LibreOffice), ou un fichier CSV.'
				}
			});
		const id = await keep(locals, file);
		if (typeof id !== 'number') return fail(400, { errors: { fichier: id.message } });
		redirect(303, `/mairie/import/${id}`);
	}
};

async function keep(locals: App.Locals, file: File): Promise<number | FileError> {
	try {
		const bytes = new Uint8Array(await file.arrayBuffer());
		return await keepCensus(locals.app.db, signedIn(locals), file.name, bytes);
	} catch (problem) {
		if (problem instanceof FileError) return problem;
		throw problem;
	}
}
