import { fail, redirect } from '@sveltejs/kit';
import {
	CalendarFileError,
	largestCalendar,
	readCalendar,
	type ReadEvent
} from '#lib/domain/agenda/import.ts';
import { rhythmOf, whenWords } from '#lib/domain/agenda/phrases.ts';
import { capitalised } from '#lib/domain/typography.ts';
import { createEvent, findEventByUid } from '#lib/server/agenda/editing.ts';
import { inTransaction } from '#lib/server/database/open.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { fileOf, formOf, listOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { choicesOf, contextOf } from '../event-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ choices: await choicesOf(locals) });

export const actions: Actions = {
	lire: async ({ locals, request }) => {
		const form = await formOf(request);
		const file = fileOf(form, 'fichier');
		if (!file) return fail(400, { errors: { fichier: 'Choisissez un fichier de calendrier, en .ics.' } });
		if (file.size > largestCalendar)
			return fail(400, {
				errors: {
					fichier: 'Ce fichier est trop gros\u202f: 300 ko au plus. Exportez une période plus courte.'
				}
			});
		return review(locals.app.db, await file.text());
	},
	importer: async ({ locals, request }) => {
		const { db } = locals.app;
		const form = await formOf(request);
		const contenu = textOf(form, 'contenu');
		const chosen = new Set(listOf(form, 'choisis'));
		const { communes: own, maybeEverywhere } = await contextOf(locals, null);
		const communes = own.filter((slug) => listOf(form, 'communes').includes(slug));
		const reviewed = await review(db, contenu);
		if (!('review' in reviewed)) return reviewed;
		const events = reviewed.read.filter(({ uid }) => chosen.has(uid));
		const errors: Record<string, string> = {};
		if (events.length === 0) errors.choisis = 'Cochez au moins un évènement.';
		if (!maybeEverywhere && communes.length === 0)
			errors.communes = 'Choisissez la commune\u202f: c’est là que les gens les liront.';
		if (Object.keys(errors).length > 0)
			return fail(400, { ...reviewed, errors, chosen: [...chosen], communes });
		const created = await inTransaction(db, async (db) => {
			let count = 0;
			for (const { uid, facts } of events) {
				// Someone may have imported it since it was read over.
				if (await findEventByUid(db, uid)) continue;
				await createEvent(db, { ...facts, communes }, { etat: 'brouillon', by: signedIn(locals), uid });
				count += 1;
			}
			return count;
		});
		redirect(303, `/mairie/agenda?fait=importe&nombre=${created}`);
	}
};

/** What the file holds, to be read over: nothing is written. */
async function review(db: Db, contenu: string) {
	try {
		const { events, refused } = readCalendar(contenu);
		const known: ReadEvent[] = [];
		const read: ReadEvent[] = [];
		for (const event of events) ((await findEventByUid(db, event.uid)) ? known : read).push(event);
		return {
			chosen: null as string[] | null,
			communes: [] as string[],
			contenu,
			read,
			review: {
				events: read.map(({ uid, titre, facts, remarques }) => ({
					uid,
					titre,
					quand:
						facts.debut === null
							? ''
							: capitalised(whenWords({ debut: facts.debut, fin: facts.fin }, 'complet')),
					rythme: rhythmOf(facts) ?? null,
					lieu: facts.lieu,
					remarques
				})),
				known: known.map(({ titre }) => titre),
				refused
			}
		};
	} catch (problem) {
		if (!(problem instanceof CalendarFileError)) throw problem;
		return fail(400, { errors: { fichier: problem.message } });
	}
}
