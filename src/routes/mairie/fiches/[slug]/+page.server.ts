import { fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { shownGroups } from '#lib/domain/editing/choices.ts';
import { canBeAddedTo, choiceAfter } from '#lib/domain/editing/own-state.ts';
import {
	type Difference,
	differencesBetween,
	type Facts,
	readForm,
	type Typed,
	typedForm,
	wordsOfValue
} from '#lib/domain/editing/typing.ts';
import { pathToService } from '#lib/domain/paths.ts';
import { slugOf } from '#lib/domain/reserved.ts';
import { findMergeOf } from '#lib/server/census/merge.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { inTransaction } from '#lib/server/database/open.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { dropDraft, findDraft, keepDraft, listOthersDrafts } from '#lib/server/editing/drafts.ts';
import { type Editable, factsAt } from '#lib/server/editing/editable.ts';
import { scopeRead } from '#lib/server/editing/preview.ts';
import { ArchivedError, ConflictError, publish } from '#lib/server/editing/publish.ts';
import { listReportsOn, pathToEnquiry } from '#lib/server/enquiries/enquiries.ts';
import { verifyEntry } from '#lib/server/freshness/verify.ts';
import { receivedEntry } from '../../../entry-form.ts';
import { formOf, textOf } from '../../../form.ts';
import { withMeanwhile } from '../../../meanwhile.ts';
import { signedIn } from '../../signed-in.ts';
import { communeSearch, editableOf, withSearch } from '../editable-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const { id } = account;
	const editable = await editableOf(locals, params.slug, url);
	const commune = (await listCommunes(db)).find(({ slug }) => slug === editable.variantOf);
	const draft = await findDraft(db, editable, id);
	const isResumed = url.searchParams.get('brouillon') === 'reprendre';
	const start = draft && isResumed ? await resumed(locals, editable, draft) : startOf(editable);
	const nom = String(editable.facts.nom);
	return {
		nom,
		/** The commune whose words these are; null when the whole entry is one's own. */
		commune: commune?.nom ?? null,
		search: communeSearch(url),
		...start,
		common: commonWords(editable),
		added: addedWords(editable),
		/** Whether communes may say it in their own way. */
		isShared: editable.commune === null,
		groups: shownGroups(editable.form, start.typed),
		page: editable.isPublished ? pathToService(editable, scopeRead(editable)) : null,
		archive: editable.archive && { who: editable.archive.who, when: formatMoment(editable.archive.at) },
		merged: editable.archive && (await mergeToldOf(db, editable.id)),
		/** Whether the name was just changed, and the address could say it better. */
		isMisnamed:
			url.searchParams.get('publie') === 'nom' &&
			editable.variantOf === null &&
			editable.isPublished &&
			slugOf(nom) !== editable.slug,
		draft: draft && { when: formatMoment(draft.savedAt), isResumed, isAbandoned: says(url, 'abandonner') },
		others: (await listOthersDrafts(db, editable, id)).map(({ who, savedAt }) => ({
			who,
			when: formatMoment(savedAt)
		})),
		/** The errors that residents report here, and that wait. */
		reports: (await listReportsOn(db, account, editable.id)).map((report) => ({
			path: pathToEnquiry(report.id),
			when: formatMoment(report.at)
		})),
		done: url.searchParams.has('publie'),
		created: url.searchParams.has('cree'),
		kept: says(url, 'garde'),
		/** Whether hours just came from the week's grid. */
		hoursKept: url.searchParams.get('horaires') === 'gardes'
	};
};

/** The entry that this one was made into, if it was. */
async function mergeToldOf(db: Db, id: number) {
	const merge = await findMergeOf(db, id);
	return (
		merge && {
			nom: merge.kept.nom,
			path: `/mairie/fiches/${merge.kept.slug}`,
			separate: `/mairie/doublons?separer=${merge.id}#reunies`,
			who: merge.mergedBy,
			when: formatMoment(merge.mergedAt)
		}
	);
}

export const actions: Actions = {
	relire: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const { id } = signedIn(locals);
		const editable = await editableOf(locals, params.slug, url);
		let { typed, version } = receivedEntry(await formOf(request), editable.form.fields);
		if (version !== editable.version) {
			// Said before anything is read over: publishing would be refused.
			const { conflict, ...start } = await withMeanwhile(db, editable, typed, version, id);
			if (conflict.theirs.length > 0) return fail(409, { ...start, conflict });
			({ typed, version } = start);
		}
		const before = await factsAt(db, editable, version);
		const { facts, errors, assumptions } = readForm(typed, before, editable.form);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		const differences = differencesBetween(before, facts, editable.form);
		if (differences.length === 0 && editable.isPublished) return { typed, version, unchanged: true };
		// What is read over is found again, whatever happens; the preview shows it.
		await keepDraft(db, editable, id, { typed, version });
		if (editable.archive) return fail(409, { typed, version, archived: true });
		return {
			typed,
			version,
			check: { differences, assumptions, ways: waysAfter(editable, facts, differences) }
		};
	},
	corriger: async ({ locals, params, url, request }) => {
		const editable = await editableOf(locals, params.slug, url);
		return receivedEntry(await formOf(request), editable.form.fields);
	},
	brouillon: async (event) => {
		await keep(event);
		redirect(303, withSearch(event.url, 'brouillon=garde'));
	},
	/** The week's grid goes on from what was typed: the draft keeps it. */
	grille: async (event) => {
		await keep(event);
		redirect(303, `${event.url.pathname}/horaires${communeSearch(event.url)}`);
	},
	abandonner: async ({ locals, params, url }) => {
		const { db } = locals.app;
		const { id } = signedIn(locals);
		const editable = await editableOf(locals, params.slug, url);
		const draft = await findDraft(db, editable, id);
		await dropDraft(db, editable, id);
		return draft ? { abandoned: { typed: draft.typed, version: draft.version } } : {};
	},
	publier: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const editable = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const { typed, version } = receivedEntry(form, editable.form.fields);
		const before = await factsAt(db, editable, version);
		const { facts, errors } = readForm(typed, before, editable.form);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		// Editing isn't verifying, unless the person says so; a commune's words have no date of their own.
		const isExact = editable.variantOf === null && textOf(form, 'exact') === 'oui';
		try {
			await inTransaction(db, async (db) => {
				await publish(db, { ...editable, version }, facts, account);
				if (isExact) await verifyEntry(db, editable, account);
			});
		} catch (problem) {
			if (problem instanceof ArchivedError) {
				await keepDraft(db, editable, account.id, { typed, version });
				return fail(409, { typed, version, archived: true });
			}
			if (!(problem instanceof ConflictError)) throw problem;
			const present = await editableOf(locals, params.slug, url);
			const meanwhile = await withMeanwhile(db, present, typed, version, account.id);
			// The form holds it all, and nobody else is waited for: the person didn't ask for a draft.
			if (meanwhile.conflict.isMine) await dropDraft(db, editable, account.id);
			return fail(409, meanwhile);
		}
		redirect(303, withSearch(url, facts.nom === before.nom ? 'publie=oui' : 'publie=nom'));
	}
};

/** Keeps the form as it was typed, as the person's draft. */
async function keep({ locals, params, url, request }: RequestEvent): Promise<void> {
	const editable = await editableOf(locals, params.slug, url);
	const kept = receivedEntry(await formOf(request), editable.form.fields);
	await keepDraft(locals.app.db, editable, signedIn(locals).id, kept);
}

interface Start {
	typed: Typed;
	version: number;
	/** What someone published since the draft was begun. */
	meanwhile?: Awaited<ReturnType<typeof withMeanwhile>>['conflict'];
}

function startOf({ facts, form, version }: Editable): Start {
	return { typed: typedForm(facts, form.fields), version };
}

/** The form as it was kept; with what was published since, when something was. */
async function resumed(locals: App.Locals, editable: Editable, draft: Start): Promise<Start> {
	if (draft.version !== editable.version) {
		const { conflict, ...start } = await withMeanwhile(
			locals.app.db,
			editable,
			draft.typed,
			draft.version,
			signedIn(locals).id
		);
		return conflict.theirs.length > 0 ? { ...start, meanwhile: conflict } : start;
	}
	return { typed: { ...startOf(editable).typed, ...draft.typed }, version: draft.version };
}

/** How the commune comes to say each field that it changes on a shared entry; nothing when the entry is its own. */
function waysAfter(
	editable: Editable,
	facts: Facts,
	differences: readonly Difference[]
): Partial<Record<string, { mode: 'suivre' | 'add' | 'replace'; canAdd: boolean }>> {
	if (editable.variantOf === null) return {};
	return Object.fromEntries(
		differences.map(({ name }) => {
			const mode = choiceAfter(editable, name, facts[name])?.mode ?? 'suivre';
			const field = editable.form.fields.find((one) => one.name === name);
			return [name, { mode, canAdd: field !== undefined && canBeAddedTo(field) }];
		})
	);
}

/** What the common base says of the fields where the commune says otherwise. */
function commonWords({ base, facts, form }: Editable): Record<string, string> {
	const differing = differencesBetween(base, facts, form);
	return Object.fromEntries(differing.map(({ name, avant }) => [name, avant]));
}

/** What the commune adds after the common text, by field, in words. */
function addedWords({ own, form }: Editable): Record<string, string> {
	const added = own.filter(({ mode }) => mode === 'add');
	return Object.fromEntries(
		form.fields.flatMap((field) =>
			added
				.filter((one) => one.field === field.name)
				.map(({ value }) => [field.name, wordsOfValue(field, value, form.choices)])
		)
	);
}

function says(url: URL, word: string): boolean {
	return url.searchParams.get('brouillon') === word;
}
