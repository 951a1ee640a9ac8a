import { fail, redirect } from '@sveltejs/kit';
import { archiveEntry, restoreEntry } from '#lib/server/editing/archive.ts';
import { listReadableWith } from '#lib/server/editing/choices.ts';
import type { Db } from '#lib/server/database/schema.ts';
import type { Editable } from '#lib/server/editing/editable.ts';
import { referencesTo } from '#lib/server/editing/references.ts';
import { formatMoment, formatList } from '#lib/domain/dates.ts';
import { pathToService } from '#lib/domain/paths.ts';
import { scopeRead } from '#lib/server/editing/preview.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { wholeOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const editable = await wholeOf(locals, params.slug, url);
	const { archive } = editable;
	return {
		nom: String(editable.facts.nom),
		isPublished: editable.isPublished,
		archive: archive && {
			who: archive.who,
			when: formatMoment(archive.at),
			wasPublished: archive.wasPublished,
			page: archive.wasPublished ? pathToService(editable, scopeRead(editable)) : null
		},
		successor: String(archive?.successor ?? ''),
		successors: await successorsOf(db, editable),
		warnings: await warningsOf(db, editable.id),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	archiver: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await wholeOf(locals, params.slug, url);
		const chosen = textOf(await formOf(request), 'remplacante');
		const allowed = await successorsOf(db, editable);
		if (chosen !== '' && !allowed.some(({ code }) => code === chosen))
			return fail(400, { typed: chosen, errors: { remplacante: 'Choisissez dans la liste.' } });
		await archiveEntry(db, editable, signedIn(locals), chosen === '' ? null : Number(chosen));
		redirect(303, `${url.pathname}?fait=archivee`);
	},
	remettre: async ({ locals, params, url }) => {
		const editable = await wholeOf(locals, params.slug, url);
		await restoreEntry(locals.app.db, editable, signedIn(locals));
		redirect(303, `${url.pathname}?fait=remise`);
	}
};

/** The entries that may replace this one: those that its readers read; the one chosen before, too. */
async function successorsOf(db: Db, { id, commune, archive }: Editable) {
	return (await listReadableWith(db, id, commune)).filter(
		({ code, former }) => !former || code === String(archive?.successor)
	);
}

/** What leads to this entry, and will lead elsewhere once it is archived: a sentence each. */
async function warningsOf(db: Db, id: number): Promise<string[]> {
	const references = await referencesTo(db, id);
	const { mairieOf, contactOf, isTerritoryContact, standInOf, momentsOf, successorOf } = references;
	return [
		...mairieOf.map(
			(nom) => `C’est la mairie de ${nom} : partout où l’on dit d’appeler la mairie, on ne pourra plus.`
		),
		...contactOf.map(
			(nom) => `C’est elle qui répond pour le thème « ${nom} » : la mairie de chaque commune répondra.`
		),
		...(isTerritoryContact
			? ['C’est elle qui répond pour tout le territoire, quand personne d’autre ne répond.']
			: []),
		...(standInOf.length > 0
			? [`Ces fiches disent de l’appeler en attendant : ${formatList(standInOf)}. Elles donneront la mairie.`]
			: []),
		...(momentsOf.length > 0
			? [`Ces situations la citent : ${formatList(momentsOf)}. Leurs étapes resteront, sans elle.`]
			: []),
		...(successorOf.length > 0 ? [`Elle remplace déjà une fiche archivée : ${formatList(successorOf)}.`] : [])
	];
}
