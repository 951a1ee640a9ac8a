import { fail, redirect } from '@sveltejs/kit';
import { eventDifferences, stateNames } from '#lib/domain/agenda/differences.ts';
import type { EventFacts, EventState } from '#lib/domain/agenda/event.ts';
import { nextOccurrences } from '#lib/domain/agenda/occurrences.ts';
import { cancelledWords, whenWords } from '#lib/domain/agenda/phrases.ts';
import {
	checkEvent,
	eventLabels,
	mergeTyped,
	type TypedEvent,
	typedEvent
} from '#lib/domain/agenda/typing.ts';
import { tidyText } from '#lib/domain/forms.ts';
import { tidyFrench } from '#lib/domain/typography.ts';
import type { Action } from '#lib/domain/journal.ts';
import { pathTo } from '#lib/domain/paths.ts';
import { capitalised } from '#lib/domain/typography.ts';
import { lastState, listEventRevisions, mayEdit, saveEvent } from '#lib/server/agenda/editing.ts';
import type { AgendaEvent } from '#lib/server/agenda/events.ts';
import { now } from '#lib/server/clock.ts';
import { eventNames } from '#lib/server/agenda/names.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { today } from '#lib/server/reading.ts';
import { listSchoolHolidays } from '#lib/server/territory.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import {
	alikeWords,
	choicesOf,
	contextOf,
	editableEventOf,
	placeName,
	previewOf,
	receivedEvent,
	scopeOf
} from '../event-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** How many of the next dates are offered to be cancelled one by one. */
const datesOffered = 8;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const event = await editableEventOf(locals, params.evenement);
	const { facts, etat, version, slug } = event;
	const dates = nextOccurrences(facts, await listSchoolHolidays(db), {
		at: now(),
		today: today(),
		limit: datesOffered
	});
	return {
		titre: facts.titre,
		etat,
		state: stateNames[etat],
		version,
		choices: await choicesOf(locals),
		typed: typedEvent(facts, await placeName(db, facts)),
		cancelled: facts.annulation === null ? null : cancelledWords(facts.annulation),
		repeats: facts.rrule !== null || facts.dates.some(({ nature }) => nature === 'ajout'),
		dates: dates.map((date) => ({
			debut: date.debut,
			quand: capitalised(whenWords(date, 'complet')),
			cancelled: date.annulation === null ? null : cancelledWords(date.annulation)
		})),
		page: etat === 'publie' ? pathTo(scopeOf(facts), 'agenda', slug) : null,
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	relire: async ({ locals, params, request }) => {
		const event = await editableEventOf(locals, params.evenement);
		const { typed, version } = receivedEvent(await formOf(request));
		const { output, errors } = checkEvent(typed, await contextOf(locals, event.facts));
		if (errors) return fail(400, { typed, version, errors });
		const preview = await previewOf(locals.app.db, output);
		return { typed, version, preview, alike: await alikeWords(locals, output, event.slug) };
	},
	corriger: async ({ locals, params, request }) => {
		await editableEventOf(locals, params.evenement);
		return receivedEvent(await formOf(request));
	},
	publier: async (event) => write(event, 'publie'),
	garder: async (event) => write(event, 'brouillon'),
	annuler: async (event) => cancel(event, true),
	retablir: async (event) => cancel(event, false),
	ranger: async (event) => put(event, 'archive', 'evenement-range'),
	remettre: async (event) => put(event, 'publie', 'evenement-publie')
};

/** Writes what was typed. Someone who changed it meanwhile is told of, and nothing typed is lost. */
async function write({ locals, params, request }: RequestEvent, etat: EventState) {
	const { db } = locals.app;
	const event = await editableEventOf(locals, params.evenement);
	const { typed, version } = receivedEvent(await formOf(request));
	// What people read doesn't leave the agenda because someone isn't done: it may have been published meanwhile.
	if (etat === 'brouillon' && event.etat === 'publie')
		return fail(400, {
			typed,
			version,
			late: 'Cet évènement est en ligne : publiez vos changements, ou rangez-le.'
		});
	const { output, errors } = checkEvent(typed, await contextOf(locals, event.facts));
	if (errors) return fail(400, { typed, version, errors });
	try {
		const action = etat === 'publie' ? 'evenement-publie' : 'evenement-garde';
		await saveEvent(db, { ...event, version }, output, { etat, by: signedIn(locals), action });
	} catch (problem) {
		if (!(problem instanceof ConflictError)) throw problem;
		return fail(409, await withMeanwhile(locals, event, typed, version));
	}
	// It may have been given to communes that are not all the person's.
	if (!mayEdit(signedIn(locals), output)) redirect(303, '/mairie/agenda');
	done(event.slug, etat === 'publie' ? 'publie' : 'garde');
}

/** What was typed from `version`, brought together with what someone saved since: a form that holds both. */
async function withMeanwhile(locals: App.Locals, event: AgendaEvent, typed: TypedEvent, version: number) {
	const { db } = locals.app;
	const present = await editableEventOf(locals, event.slug);
	const names = await eventNames(db);
	const before =
		(await listEventRevisions(db, event.id)).find(({ id }) => id === version)?.facts ?? present.facts;
	const [then, theirs] = await Promise.all(
		[before, present.facts].map(async (facts) => typedEvent(facts, await placeName(db, facts)))
	);
	const merged = then && theirs ? mergeTyped(then, typed, theirs) : typed;
	const both = (Object.keys(typed) as (keyof TypedEvent)[]).filter(
		(name) =>
			String(typed[name]) !== String(then?.[name]) &&
			String(theirs?.[name]) !== String(then?.[name]) &&
			String(typed[name]) !== String(theirs?.[name])
	);
	return {
		typed: merged,
		version: present.version,
		conflict: {
			who: (await lastState(db, event.id))?.who ?? '',
			theirs: eventDifferences(before, present.facts, names),
			both: both.map((name) => eventLabels[name] ?? name)
		}
	};
}

/** Cancels, or holds again, all of an event or one of its dates. */
async function cancel({ locals, params, request }: RequestEvent, isCancelled: boolean) {
	const event = await editableEventOf(locals, params.evenement);
	const form = await formOf(request);
	const mot = tidyFrench(tidyText(textOf(form, 'mot')).replace(/\s+/g, ' '));
	const debut = textOf(form, 'date');
	if (mot.length > longestWord)
		return fail(400, { mot, late: `Ce mot est trop long\u202f: ${longestWord} caractères au plus.` });
	const isOne = debut !== '';
	if (isOne && !(await isDateOf(locals, event, debut)))
		return fail(400, { mot, late: 'Cette date n’est pas, ou plus, à venir\u202f: regardez la liste.' });
	const others = event.facts.dates.filter((date) => date.nature !== 'annulation' || date.debut !== debut);
	const facts: EventFacts = isOne
		? { ...event.facts, dates: isCancelled ? [...others, { debut, nature: 'annulation', mot }] : others }
		: { ...event.facts, annulation: isCancelled ? mot : null };
	const action = isCancelled ? 'evenement-annule' : 'evenement-retabli';
	return save(locals, event, facts, {
		form,
		etat: event.etat,
		action,
		said: isCancelled ? 'annule' : 'retabli'
	});
}

/** The longest word about a cancellation, in characters. */
const longestWord = 200;

async function isDateOf(locals: App.Locals, { facts }: AgendaEvent, debut: string): Promise<boolean> {
	const holidays = await listSchoolHolidays(locals.app.db);
	const next = nextOccurrences(facts, holidays, { at: now(), today: today(), limit: datesOffered });
	return next.some((date) => date.debut === debut);
}

/** Takes an event off the agenda, or back onto it. */
async function put({ locals, params, request }: RequestEvent, etat: EventState, action: Action) {
	const event = await editableEventOf(locals, params.evenement);
	const form = await formOf(request);
	return save(locals, event, event.facts, {
		form,
		etat,
		action,
		said: etat === 'archive' ? 'range' : 'publie'
	});
}

async function save(
	locals: App.Locals,
	event: AgendaEvent,
	facts: EventFacts,
	{ form, etat, action, said }: { form: FormData; etat: EventState; action: Action; said: string }
) {
	const version = Number(textOf(form, 'version'));
	try {
		await saveEvent(locals.app.db, { ...event, version }, facts, { etat, by: signedIn(locals), action });
	} catch (problem) {
		if (!(problem instanceof ConflictError)) throw problem;
		return fail(409, {
			mot: textOf(form, 'mot'),
			late: 'Quelqu’un vient de changer cet évènement\u202f: rien n’a été fait. Regardez-le, puis recommencez.'
		});
	}
	done(event.slug, said);
}

function done(slug: string, said: string): never {
	redirect(303, `/mairie/agenda/${slug}?fait=${said}`);
}
