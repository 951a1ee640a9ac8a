import { fail, redirect } from '@sveltejs/kit';
import { type Facts, differencesBetween } from '#lib/domain/editing/typing.ts';
import {
	emptyGrid,
	gridOf,
	mondayUntilFriday,
	readGrid,
	type TypedGrid
} from '#lib/domain/editing/week-grid.ts';
import { hoursSentence } from '#lib/domain/fiche.ts';
import { WEEK } from '#lib/domain/hours/french/schedule.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { type Editable, factsAt } from '#lib/server/editing/editable.ts';
import { ArchivedError, ConflictError, publish } from '#lib/server/editing/publish.ts';
import { lastRevision } from '#lib/server/editing/revisions.ts';
import { formOf, listOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const editable = await editableOf(locals, params.slug, url);
	const commune = (await listCommunes(locals.app.db)).find(({ slug }) => slug === editable.variantOf);
	const hours = hoursOf(editable.facts);
	const grid = hours === null ? emptyGrid : gridOf(hours);
	return {
		nom: String(editable.facts.nom),
		commune: commune?.nom ?? null,
		lieu: commune?.lieu ?? null,
		search: communeSearch(url),
		/** What isn't published yet is written in its form: its draft keeps it. */
		isPublished: editable.isPublished,
		version: editable.version,
		typed: grid ?? emptyGrid,
		/** The hours as they are, when the grid can't hold them: it would replace them. */
		tooRich: grid ? null : sentenceOf(hours)
	};
};

const notOnline = { 'jour-1': 'Cette fiche n’est pas en ligne : publiez-la d’abord.' };

export const actions: Actions = {
	relire: async ({ locals, params, url, request }) => {
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version } = await received(request);
		const { output, errors } = readGrid(typed);
		if (errors) return fail(400, { typed, version, errors });
		const differences = differencesWith(editable.facts, output);
		if (differences.length === 0 || isAlready(editable.facts, output))
			return { typed, version, unchanged: true };
		return { typed, version, differences };
	},
	reporter: async ({ request }) => {
		const { typed, version } = await received(request);
		return { typed: mondayUntilFriday(typed), version };
	},
	corriger: async ({ request }) => received(request),
	publier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version } = await received(request);
		const { output, errors } = readGrid(typed);
		if (errors) return fail(400, { typed, version, errors });
		if (!editable.isPublished) return fail(409, { typed, version, errors: notOnline });
		const before = await factsAt(db, editable, version);
		try {
			// What someone else changed meanwhile stays, as long as it isn't the hours.
			if (hoursOf(before) !== hoursOf(editable.facts)) throw new ConflictError('The hours were changed.');
			const facts = { ...editable.facts, horaires_accueil: output };
			await publish(db, editable, facts, signedIn(locals), { keepsDraft: true });
		} catch (problem) {
			if (problem instanceof ArchivedError) return fail(409, { typed, version, errors: notOnline });
			if (!(problem instanceof ConflictError)) throw problem;
			return conflict(locals, params.slug, url, typed);
		}
		const search = communeSearch(url);
		redirect(303, `/mairie/fiches/${params.slug}${search === '' ? '?' : `${search}&`}publie=oui`);
	}
};

/** Someone published other hours meanwhile: theirs, beside the grid as it was typed. */
async function conflict(locals: App.Locals, slug: string, url: URL, typed: TypedGrid) {
	const present = await editableOf(locals, slug, url);
	const last = await lastRevision(locals.app.db, present.id, present.variantOf);
	return fail(409, {
		typed,
		version: present.version,
		conflict: { who: last?.who ?? '', now: sentenceOf(hoursOf(present.facts)) ?? 'aucun horaire' }
	});
}

function hoursOf({ horaires_accueil }: Editable['facts']): string | null {
	return typeof horaires_accueil === 'string' ? horaires_accueil : null;
}

/** Hours in French; as they are kept where they can't be said. */
function sentenceOf(hours: string | null): string | null {
	return hoursSentence({ horaires_accueil: hours }) ?? hours;
}

function differencesWith(facts: Facts, hours: string) {
	return differencesBetween(facts, { ...facts, horaires_accueil: hours });
}

/** Whether the hours say the same already, in other signs. */
function isAlready(facts: Facts, hours: string): boolean {
	const present = hoursOf(facts);
	return present !== null && JSON.stringify(gridOf(present)) === JSON.stringify(gridOf(hours));
}

async function received(request: Request): Promise<{ typed: TypedGrid; version: number }> {
	const form = await formOf(request);
	const fermes = listOf(form, 'fermes');
	const [debut, fin] = [listOf(form, 'debut'), listOf(form, 'fin')];
	const version = Number(textOf(form, 'version'));
	return {
		typed: {
			debut: emptyGrid.debut.map((_, i) => debut[i] ?? ''),
			fin: emptyGrid.fin.map((_, i) => fin[i] ?? ''),
			fermes: WEEK.filter((weekday) => fermes.includes(String(weekday))),
			feriesFerme: textOf(form, 'feries') !== 'ouvert',
			vacancesFerme: textOf(form, 'vacances') === 'ferme'
		},
		version: Number.isSafeInteger(version) ? version : 0
	};
}
