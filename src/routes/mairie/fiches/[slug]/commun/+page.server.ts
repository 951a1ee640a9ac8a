import { error, fail, redirect } from '@sveltejs/kit';
import { listCommunes } from '#lib/server/communes.ts';
import {
	findCommuneWords,
	keepOwnWords,
	listCommunesWithWords,
	listOwnWords,
	sayOwnWords,
	takeCommonWords
} from '#lib/server/editing/beneath.ts';
import type { Editable } from '#lib/server/editing/editable.ts';
import { ArchivedError, ConflictError } from '#lib/server/editing/publish.ts';
import { isBy, lastRevision } from '#lib/server/editing/revisions.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf, withSearch } from '../../editable-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { fieldForm, fieldsToAddTo, readOwnWords } from './own-words.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = await listCommunes(db);
	const communeOf = (slug: string | null) => communes.find((commune) => commune.slug === slug);
	const wanted = url.searchParams.get('commune') ?? undefined;
	if (account.role === 'administration' && wanted === undefined) {
		const entry = await editableOf(locals, params.slug, url);
		const withWords = entry.commune === null ? await listCommunesWithWords(db, entry) : [];
		return {
			nom: String(entry.base.nom),
			commune: null,
			lieu: null,
			isShared: entry.commune === null,
			communes: communes.flatMap(({ slug, nom }) =>
				withWords
					.filter(({ commune }) => commune === slug)
					.map(({ hasChanged }) => ({ slug, nom, hasChanged }))
			)
		};
	}
	const editable = await findCommuneWords(db, account, params.slug, wanted);
	if (!editable) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	const words = editable.variantOf === null ? [] : await listOwnWords(db, editable);
	const done = url.searchParams.get('fait');
	return {
		nom: String(editable.facts.nom),
		commune: communeOf(editable.variantOf)?.nom ?? null,
		lieu: communeOf(editable.variantOf)?.lieu ?? null,
		isShared: editable.variantOf !== null,
		canChange: account.role === 'mairie',
		search: communeSearch(url),
		version: editable.version,
		field: account.role === 'mairie' ? fieldForm(editable, url.searchParams.get('champ')) : null,
		choices: account.role === 'mairie' ? fieldsToAddTo(editable) : [],
		changed: words.filter(({ hasChanged }) => hasChanged),
		unchanged: words.filter(({ hasChanged }) => !hasChanged),
		done: done === 'garde' || done === 'repris' || done === 'dit' ? done : null
	};
};

export const actions: Actions = {
	garder: async (event) => decide(event, keepOwnWords, 'garde'),
	reprendre: async (event) => decide(event, takeCommonWords, 'repris'),
	relire: async ({ locals, params, url, request }) => {
		const editable = await mineOf(locals, params.slug, url);
		const { problem, typed, read } = await readOwnWords(editable, request);
		return problem ?? { typed, read };
	},
	corriger: async ({ locals, params, url, request }) => {
		const editable = await mineOf(locals, params.slug, url);
		const { problem, typed } = await readOwnWords(editable, request);
		return problem ?? { typed };
	},
	publier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await mineOf(locals, params.slug, url);
		const { problem, field, own, typed } = await readOwnWords(editable, request);
		if (problem) return problem;
		try {
			await sayOwnWords(db, { ...editable, version: typed.version }, field.name, own, signedIn(locals));
		} catch (thrown) {
			return fail(409, {
				...(await told(locals, editable, thrown)),
				typed: { ...typed, version: editable.version }
			});
		}
		done(url, 'dit');
	}
};

/** What the mairie decides of one field; told when someone else published meanwhile. */
async function decide(
	{ locals, params, url, request }: RequestEvent,
	decision: typeof keepOwnWords,
	said: 'garde' | 'repris'
) {
	const { db } = locals.app;
	const editable = await mineOf(locals, params.slug, url);
	const form = await formOf(request);
	const name = textOf(form, 'champ');
	const version = Number(textOf(form, 'version'));
	const isOwn = editable.own.some(({ field }) => field === name);
	try {
		if (version !== editable.version) throw new ConflictError('A newer version was published.');
		if (isOwn) await decision(db, editable, name, signedIn(locals));
	} catch (thrown) {
		return fail(409, await told(locals, editable, thrown));
	}
	done(url, said);
}

/** Who published meanwhile, to be told; any other fault goes on. */
async function told(locals: App.Locals, { id, variantOf }: Editable, thrown: unknown) {
	if (!(thrown instanceof ConflictError || thrown instanceof ArchivedError)) throw thrown;
	const last = await lastRevision(locals.app.db, id, variantOf);
	return { conflict: last?.who ?? '', isMine: isBy(last, signedIn(locals).id) };
}

function done(url: URL, said: string): never {
	redirect(303, withSearch(url, `fait=${said}`));
}

/** The entry as the person's own commune says it; administration looks, and the mairie decides. */
async function mineOf(locals: App.Locals, slug: string, url: URL): Promise<Editable> {
	const editable = await editableOf(locals, slug, url);
	if (editable.variantOf === null) error(404, 'Cette fiche n’a pas de mots de votre commune.');
	return editable;
}
