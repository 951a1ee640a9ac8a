import { error, fail, redirect } from '@sveltejs/kit';
import { lastOccurrence, nextOccurrences, type Occurrence } from '#lib/domain/agenda/occurrences.ts';
import { cancelledWords, rhythmOf, whenWords } from '#lib/domain/agenda/phrases.ts';
import { formatList } from '#lib/domain/dates.ts';
import { capitalised } from '#lib/domain/typography.ts';
import { m } from '#lib/paraglide/messages.js';
import { keepAttendance, listPastDates } from '#lib/server/agenda/attendance.ts';
import { listEditableEvents } from '#lib/server/agenda/editing.ts';
import type { AgendaEvent } from '#lib/server/agenda/events.ts';
import { eventNames } from '#lib/server/agenda/names.ts';
import { now } from '#lib/server/clock.ts';
import { today } from '#lib/server/reading.ts';
import { listSchoolHolidays } from '#lib/server/territory.ts';
import { formOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** How many past dates are shown at once. */
const pastShown = 12;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const holidays = await listSchoolHolidays(db);
	const names = await eventNames(db);
	const line = (event: AgendaEvent, date: Occurrence | undefined) => {
		const { facts, slug } = event;
		const communes = facts.communes.map((one) => names.communes.get(one) ?? one);
		return {
			path: `/mairie/agenda/${slug}`,
			copy: `/mairie/agenda/nouveau?copie=${slug}`,
			titre: facts.titre,
			debut: date?.debut ?? '9999',
			quand: date
				? capitalised(whenWords(date, 'complet'))
				: facts.debut === null
					? m.agenda_projet()
					: 'Passé',
			rythme: rhythmOf(facts) ?? null,
			annule: date === undefined || date.annulation === null ? null : cancelledWords(date.annulation),
			ou: communes.length === 0 ? m.agenda_partout() : formatList(communes)
		};
	};
	const events = (await listEditableEvents(db, account)).map((event) => {
		const present = { at: now(), today: today() };
		const [next] = nextOccurrences(event.facts, holidays, { ...present, limit: 1 });
		return {
			etat: event.etat,
			isToCome: next !== undefined || event.facts.debut === null,
			...line(event, next ?? lastOccurrence(event.facts, holidays, present))
		};
	});
	const past = await listPastDates(db, account);
	return {
		coming: events
			.filter(({ etat, isToCome }) => etat === 'publie' && isToCome)
			.sort((a, b) => (a.debut < b.debut ? -1 : 1)),
		drafts: events.filter(({ etat }) => etat === 'brouillon'),
		over: events
			.filter(({ etat, isToCome }) => etat === 'publie' && !isToCome)
			.sort((a, b) => (a.debut > b.debut ? -1 : 1))
			.slice(0, pastShown),
		archived: events.filter(({ etat }) => etat === 'archive').slice(0, pastShown),
		// Those that nobody has answered come first.
		past: past
			.toSorted((a, b) => Number(a.participants !== null) - Number(b.participants !== null))
			.slice(0, pastShown)
			.map(({ event, debut, fin, participants, who }) => ({
				key: `${event.slug} ${debut}`,
				slug: event.slug,
				debut,
				titre: event.facts.titre,
				quand: whenWords({ debut, fin }, 'complet'),
				participants,
				who
			})),
		done: url.searchParams.get('fait'),
		imported: Number(url.searchParams.get('nombre') ?? 0) || 0
	};
};

export const actions: Actions = {
	participants: async ({ locals, request }) => {
		const form = await formOf(request);
		const slug = textOf(form, 'evenement');
		const debut = textOf(form, 'date');
		const typed = textOf(form, 'participants').trim();
		if (!/^\d{1,5}$/.test(typed))
			return fail(400, {
				key: `${slug} ${debut}`,
				typed,
				errors: { participants: 'Écrivez un nombre, 0 si personne n’est venu.' }
			});
		const kept = await keepAttendance(locals.app.db, signedIn(locals), {
			slug,
			debut,
			participants: Number(typed)
		});
		if (!kept) error(404, 'Cette date n’existe pas, n’est pas encore passée, ou n’est pas la vôtre.');
		redirect(303, '/mairie/agenda?fait=note#passees');
	}
};
