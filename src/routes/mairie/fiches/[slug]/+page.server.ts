import { fail, redirect } from '@sveltejs/kit';
import { conflictOf } from '#lib/domain/editing/conflict.ts';
import { fieldGroups, fields } from '#lib/domain/editing/fields.ts';
import {
	differencesBetween,
	type Facts,
	readForm,
	type Typed,
	typedForm
} from '#lib/domain/editing/typing.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { codesOf, labelOf } from '#lib/domain/vocabulary.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { type Editable, factsAt } from '#lib/server/editing/editable.ts';
import { ConflictError, publish } from '#lib/server/editing/publish.ts';
import { lastRevision } from '#lib/server/editing/revisions.ts';
import { readingOf } from '#lib/server/reading.ts';
import { findService } from '#lib/server/services.ts';
import { formOf, listOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { communeSearch, editableOf } from '../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const editable = await editableOf(locals, params.slug, url);
	const commune = (await listCommunes(db)).find(({ slug }) => slug === editable.variantOf);
	const scope = editable.variantOf ?? editable.commune ?? baseScope;
	return {
		nom: String(editable.facts.nom),
		/** The commune whose words these are; null when the whole entry is one's own. */
		commune: commune?.nom ?? null,
		search: communeSearch(url),
		version: editable.version,
		typed: typedForm(editable.facts),
		common: commonWords(editable),
		groups: fieldGroups.map(({ slug, titre, fields }) => ({
			slug,
			titre,
			fields: fields.map((field) => ({
				field,
				terms: field.vocabulary ? termsOf(field.vocabulary) : []
			}))
		})),
		page: editable.isPublished ? pathToService(editable, scope) : null,
		done: url.searchParams.has('publie')
	};
};

export const actions: Actions = {
	verifier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version } = await received(request);
		const before = await factsAt(db, editable, version);
		const { facts, errors, assumptions } = readForm(typed, before);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		const differences = differencesBetween(before, facts);
		if (differences.length === 0) return { typed, version, unchanged: true };
		const scope = editable.variantOf ?? editable.commune ?? undefined;
		const shown = await findService(db, params.slug, scope);
		const reading = await readingOf(db, scope ?? baseScope);
		const fiche = shown ? ficheOf({ ...shown, ...(facts as object) }, reading) : null;
		return { typed, version, check: { differences, assumptions, fiche } };
	},
	corriger: async ({ request }) => received(request),
	publier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version } = await received(request);
		const before = await factsAt(db, editable, version);
		const { facts, errors } = readForm(typed, before);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		try {
			await publish(db, { ...editable, version }, facts, signedIn(locals));
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			return conflict(locals, params.slug, url, before, facts);
		}
		const search = communeSearch(url);
		redirect(303, `${url.pathname}${search === '' ? '?' : `${search}&`}publie=oui`);
	}
};

/** Someone published meanwhile: both versions, and a form that holds them together. */
async function conflict(locals: App.Locals, slug: string, url: URL, before: Facts, mine: Facts) {
	const { db } = locals.app;
	const present = await editableOf(locals, slug, url);
	const last = await lastRevision(db, present.id, present.variantOf);
	const { merged, theirs, both } = conflictOf(before, mine, present.facts);
	return fail(409, {
		typed: typedForm(merged),
		version: present.version,
		conflict: { who: last?.who ?? '', theirs, both }
	});
}

async function received(request: Request): Promise<{ typed: Typed; version: number }> {
	const form = await formOf(request);
	const typed = Object.fromEntries(
		fields.map(({ name, kind }) => [name, kind === 'termes' ? listOf(form, name) : textOf(form, name)])
	) as Typed;
	const version = Number(textOf(form, 'version'));
	return { typed, version: Number.isSafeInteger(version) ? version : 0 };
}

/** What the common base says of the fields where the commune says otherwise. */
function commonWords({ base, facts }: Editable): Record<string, string> {
	const differing = differencesBetween(base, facts);
	return Object.fromEntries(differing.map(({ name, avant }) => [name, avant]));
}

function termsOf(vocabulary: Parameters<typeof codesOf>[0]) {
	return codesOf(vocabulary).map((code) => ({ code, label: labelOf(vocabulary, code) }));
}
