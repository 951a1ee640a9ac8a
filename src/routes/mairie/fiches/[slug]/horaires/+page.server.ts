import { fail, redirect } from '@sveltejs/kit';
import {
	type Facts,
	differencesBetween,
	readForm,
	typedForm,
	typedHours
} from '#lib/domain/editing/typing.ts';
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
import { type Draft, findDraft, keepDraft } from '#lib/server/editing/drafts.ts';
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
	const { hours, unread, draft } = await begunFrom(locals, editable);
	const grid = hours === null ? emptyGrid : gridOf(hours);
	return {
		nom: String(editable.facts.nom),
		commune: commune?.nom ?? null,
		lieu: commune?.lieu ?? null,
		search: communeSearch(url),
		/** Whether the hours go to the person's draft rather than to residents: nobody has published the entry yet, or it was begun. */
		isDraft: !editable.isPublished || draft !== undefined,
		/** Where the entry's form is, with the draft in it. */
		back: formPath(params.slug, url, draft && 'brouillon=reprendre'),
		version: editable.version,
		typed: grid ?? emptyGrid,
		/** The hours as they are, when the grid can't hold them: it would replace them. */
		tooRich: unread ?? (grid ? null : sentenceOf(hours))
	};
};

const notOnline = { 'jour-1': 'Cette fiche n’est pas en ligne : publiez-la d’abord.' };

export const actions: Actions = {
	relire: async ({ locals, params, url, request }) => {
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version, isDraft } = await received(request);
		const { output, errors } = readGrid(typed);
		if (errors) return fail(400, { typed, version, isDraft, errors });
		const present = { hours: hoursOf(editable.facts), unread: null };
		const { hours, unread } = isDraft ? await begunFrom(locals, editable) : present;
		const facts = { ...editable.facts, horaires_accueil: hours };
		const differences = differencesWith(facts, output);
		if (unread === null && (differences.length === 0 || isAlready(facts, output)))
			return { typed, version, isDraft, unchanged: true };
		return { typed, version, isDraft, differences };
	},
	reporter: async ({ request }) => {
		const { typed, version, isDraft } = await received(request);
		return { typed: mondayUntilFriday(typed), version, isDraft };
	},
	corriger: async ({ request }) => received(request),
	garder: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version, isDraft } = await received(request);
		const { output, errors } = readGrid(typed);
		if (errors) return fail(400, { typed, version, isDraft, errors });
		const { id } = signedIn(locals);
		const draft = (await findDraft(db, editable, id)) ?? {
			typed: typedForm(editable.facts, editable.form.fields),
			version: editable.version
		};
		await keepDraft(db, editable, id, {
			typed: { ...draft.typed, horaires_accueil: typedHours(output) },
			version: draft.version
		});
		redirect(303, formPath(params.slug, url, 'brouillon=reprendre&horaires=gardes'));
	},
	publier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const { typed, version, isDraft } = await received(request);
		const { output, errors } = readGrid(typed);
		if (errors) return fail(400, { typed, version, isDraft, errors });
		if (!editable.isPublished) return fail(409, { typed, version, isDraft, errors: notOnline });
		const before = await factsAt(db, editable, version);
		try {
			// What someone else changed meanwhile stays, as long as it isn't the hours.
			if (hoursOf(before) !== hoursOf(editable.facts)) throw new ConflictError('The hours were changed.');
			const facts = { ...editable.facts, horaires_accueil: output };
			await publish(db, editable, facts, signedIn(locals), { keepsDraft: true });
		} catch (problem) {
			if (problem instanceof ArchivedError) return fail(409, { typed, version, isDraft, errors: notOnline });
			if (!(problem instanceof ConflictError)) throw problem;
			return conflict(locals, params.slug, url, typed);
		}
		redirect(303, formPath(params.slug, url, 'publie=oui'));
	}
};

/** The entry's form, for the same commune; what `said` says of it after that. */
function formPath(slug: string, url: URL, said?: string): string {
	const search = communeSearch(url);
	const more = said === undefined ? '' : `${search === '' ? '?' : '&'}${said}`;
	return `/mairie/fiches/${slug}${search}${more}`;
}

/** The hours that the person goes on from, those of the draft first; or its sentence, when the grid can't say all of it. */
async function begunFrom(
	locals: App.Locals,
	editable: Editable
): Promise<{ hours: string | null; unread: string | null; draft: Draft | undefined }> {
	const { db } = locals.app;
	const draft = await findDraft(db, editable, signedIn(locals).id);
	const sentence = draft?.typed.horaires_accueil;
	if (typeof sentence !== 'string') return { hours: hoursOf(editable.facts), unread: null, draft };
	const before = await factsAt(db, editable, draft?.version ?? editable.version);
	const { facts, errors } = readForm({ horaires_accueil: sentence }, before, editable.form);
	const isWhole = !('horaires_accueil' in errors) && facts.horaires_precisions === before.horaires_precisions;
	return { hours: hoursOf(facts), unread: isWhole ? null : sentence, draft };
}

/** Someone published other hours meanwhile: theirs, beside the grid as it was typed. */
async function conflict(locals: App.Locals, slug: string, url: URL, typed: TypedGrid) {
	const present = await editableOf(locals, slug, url);
	const last = await lastRevision(locals.app.db, present.id, present.variantOf);
	return fail(409, {
		typed,
		version: present.version,
		isDraft: false,
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

/** What a grid holds, and where it said that its hours go. */
async function received(request: Request): Promise<{ typed: TypedGrid; version: number; isDraft: boolean }> {
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
		version: Number.isSafeInteger(version) ? version : 0,
		isDraft: textOf(form, 'brouillon') === 'oui'
	};
}
