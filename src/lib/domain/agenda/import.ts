import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { addDays, dayOf, type LocalTime, localOf } from '../dates.ts';
import { tidyText } from '../forms.ts';
import { readWebAddress } from '../web-address.ts';
import {
	type EventDate,
	type EventFacts,
	eventSchema,
	type EventTime,
	isTimed,
	longestTitle,
	mostDates
} from './event.ts';
import { readRepetition, writeRepetition } from './repetition.ts';
import { occurrencesOf } from './occurrences.ts';

/** An event as a calendar file tells it. */
export interface ReadEvent {
	uid: string;
	titre: string;
	facts: EventFacts;
	/** What the file says that is not kept, or is kept otherwise: whole sentences. */
	remarques: string[];
}

/** What a calendar file holds: events, and those that the agenda can't hold, with the reason. */
export interface ReadCalendar {
	events: ReadEvent[];
	refused: { titre: string; pourquoi: string }[];
}

/** The largest calendar file, in bytes, and the most events in it: a year of a commune. */
export const largestCalendar = 300_000;
export const mostImported = 200;

/** Why a file can't be read; its message is for people. */
export class CalendarFileError extends Error {}

/**
 * Reads a calendar file (.ics, RFC 5545). Times of other zones become those of Paris; what an event has that the agenda
 * doesn't know is told. Nobody in particular is its audience: whoever imports says for which communes it is.
 * @throws CalendarFileError when it is no calendar, is too large or empty
 */
export function readCalendar(text: string): ReadCalendar {
	const calendars = parse(text);
	const components = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
	if (components.length === 0)
		throw new CalendarFileError(
			'Ce calendrier ne contient aucun évènement. Vérifiez qu’il a été exporté en entier.'
		);
	if (components.length > mostImported)
		throw new CalendarFileError(
			`Ce calendrier contient ${components.length} évènements\u202f: ${mostImported} au plus à la fois. Exportez une période plus courte.`
		);
	const zones = new Map(
		calendars
			.flatMap((calendar) => calendar.getAllSubcomponents('vtimezone'))
			.map((zone) => [textOf(zone, 'tzid'), new ICAL.Timezone(zone)])
	);
	const byUid = Map.groupBy(
		components,
		(component) => textOf(component, 'uid') || `sans-uid-${components.indexOf(component)}`
	);
	const read: ReadCalendar = { events: [], refused: [] };
	for (const [uid, parts] of byUid) {
		const main = parts.find((part) => !part.hasProperty('recurrence-id'));
		const titre = tidyText(textOf(main ?? parts[0] ?? new ICAL.Component('vevent'), 'summary')).replace(
			/\s+/g,
			' '
		);
		try {
			if (!main) throw new UnreadableError('Le fichier n’a qu’une de ses dates, sans l’évènement lui-même.');
			read.events.push(
				eventOf(
					uid,
					titre,
					main,
					parts.filter((part) => part !== main),
					zones
				)
			);
		} catch (problem) {
			const pourquoi =
				problem instanceof UnreadableError ? problem.message : 'Cet évènement est mal écrit dans le fichier.';
			read.refused.push({ titre: titre.slice(0, longestTitle) || 'Sans titre', pourquoi });
		}
	}
	return read;
}

class UnreadableError extends Error {}

type Zones = ReadonlyMap<string, ICAL.Timezone>;

function parse(text: string): ICAL.Component[] {
	if (new TextEncoder().encode(text).length > largestCalendar)
		throw new CalendarFileError(
			'Ce fichier est trop gros\u202f: 300 ko au plus. Exportez une période plus courte.'
		);
	const notCalendar = 'Ce fichier n’est pas un calendrier\u202f: choisissez un fichier .ics.';
	if (!/^\s*BEGIN:VCALENDAR/i.test(text.replace(/^\ufeff/, ''))) throw new CalendarFileError(notCalendar);
	try {
		const parsed: unknown = ICAL.parse(text.replace(/^\ufeff/, '').trimStart());
		const isSeveral = Array.isArray(parsed) && Array.isArray(parsed[0]);
		return (isSeveral ? parsed : [parsed]).map(
			(one) => new ICAL.Component(one as ConstructorParameters<typeof ICAL.Component>[0])
		);
	} catch {
		throw new CalendarFileError('Ce calendrier est abîmé\u202f: exportez-le de nouveau.');
	}
}

function eventOf(
	uid: string,
	titre: string,
	main: ICAL.Component,
	others: ICAL.Component[],
	zones: Zones
): ReadEvent {
	const remarques: string[] = [];
	if (titre === '') throw new UnreadableError('Il n’a pas de titre.');
	const cut = (words: string, max: number, what: string) => {
		const text = tidyText(words);
		if (text.length <= max) return text;
		remarques.push(`${what}\u202f: trop long, coupé à ${max} caractères.`);
		return `${text.slice(0, max - 1)}…`;
	};
	const debut = timeOf(main.getFirstProperty('dtstart'), zones);
	if (debut === undefined) throw new UnreadableError('Sa date n’est pas lisible.');
	const fin = endOf(main, debut, zones);
	const repetition = repetitionOf(main, debut);
	const dates = new Map<string, EventDate>();
	const add = (time: EventTime | undefined, nature: EventDate['nature'], mot = '') => {
		if (time === undefined || time.length !== debut.length) return;
		dates.set(`${time} ${nature}`, { debut: time, nature, mot });
	};
	for (const time of timesOf(main, 'rdate', zones)) if (time !== debut) add(time, 'ajout');
	for (const time of timesOf(main, 'exdate', zones)) add(time, 'retrait');
	for (const other of others) {
		const at = timeOf(other.getFirstProperty('recurrence-id'), zones);
		const moved = timeOf(other.getFirstProperty('dtstart'), zones);
		if (textOf(other, 'status').toUpperCase() === 'CANCELLED') add(at, 'annulation');
		else if (at !== undefined && moved !== undefined && moved !== at) {
			add(at, 'retrait');
			add(moved, 'ajout');
		} else remarques.push('Une de ses dates a des détails à elle\u202f: ils ne sont pas repris.');
	}
	const [lieu, ...rest] = textOf(main, 'location').split(/\s*[,\n]\s*/);
	const lien = readWebAddress(textOf(main, 'url'));
	const facts: EventFacts = {
		...v.parse(eventSchema, { titre: 'x' }),
		titre: cut(titre, longestTitle, 'Titre'),
		description: cut(withoutTags(textOf(main, 'description')), 2000, 'Description'),
		lieu: lieu ? cut(lieu, 120, 'Lieu') : null,
		adresse: rest.length > 0 ? cut(rest.join(', '), 200, 'Adresse') : null,
		lien: lien ?? null,
		debut,
		fin,
		rrule: repetition,
		dates: [...dates.values()],
		annulation: textOf(main, 'status').toUpperCase() === 'CANCELLED' ? '' : null
	};
	if (facts.dates.length > mostDates) throw new UnreadableError(`Il a plus de ${mostDates} dates à part.`);
	// A first date that its own repetition doesn't give is a date all the same.
	const isGiven =
		facts.rrule === null ||
		occurrencesOf({ ...facts, dates: [] }, [], {
			from: dayOf(debut),
			to: addDays(dayOf(debut), 1),
			limit: 1
		}).some((one) => one.debut === debut);
	if (!isGiven && !dates.has(`${debut} retrait`)) facts.dates.push({ debut, nature: 'ajout', mot: '' });
	const { success, output } = v.safeParse(eventSchema, facts);
	if (!success) throw new UnreadableError('Il dit des choses que l’agenda ne peut pas garder.');
	return { uid: uid.slice(0, 250), titre: output.titre, facts: output, remarques: [...new Set(remarques)] };
}

function endOf(main: ICAL.Component, debut: EventTime, zones: Zones): EventTime | null {
	const said = timeOf(main.getFirstProperty('dtend'), zones);
	const duration = main.getFirstPropertyValue('duration');
	let fin: EventTime | null = said ?? null;
	if (said === undefined && duration instanceof ICAL.Duration) {
		const seconds = duration.toSeconds();
		fin = isTimed(debut)
			? Temporal.PlainDateTime.from(debut).add({ seconds }).toString().slice(0, 16)
			: addDays(dayOf(debut), Math.round(seconds / 86_400));
	}
	if (fin === null || fin.length !== debut.length || fin <= debut) return null;
	if (isTimed(debut)) return fin;
	// A calendar counts until the day after the last one.
	const last = addDays(fin, -1);
	return last > debut ? last : null;
}

/** The repetition as the agenda keeps it; one that ends after so many times ends on the day of the last. */
function repetitionOf(main: ICAL.Component, debut: EventTime): string | null {
	const rules = main.getAllProperties('rrule');
	const [only, ...others] = rules;
	if (only === undefined) return null;
	const rule = only.getFirstValue();
	const strange = 'Il se répète d’une façon que l’agenda ne connaît pas\u202f: ajoutez-le à la main.';
	if (others.length > 0 || !(rule instanceof ICAL.Recur)) throw new UnreadableError(strange);
	const { count } = rule;
	const until = rule.until;
	const plain = rule.clone();
	plain.count = null;
	plain.until = null;
	const repetition = readRepetition(plain.toString(), dayOf(debut));
	if (!repetition) throw new UnreadableError(strange);
	if (until !== null) {
		const last = isUtc(until) ? dayOf(localOf(until.toUnixTime() * 1000)) : until.toString().slice(0, 10);
		return writeRepetition({ ...repetition, jusquAu: last });
	}
	if (count === null) return writeRepetition(repetition);
	if (!Number.isInteger(count) || count < 1 || count > 1000) throw new UnreadableError(strange);
	const counted = {
		debut,
		fin: null,
		rrule: writeRepetition(repetition),
		hors_vacances: false,
		dates: [],
		annulation: null
	};
	const dates = occurrencesOf(counted, [], { from: dayOf(debut), to: '9999-12-31', limit: count });
	return writeRepetition({ ...repetition, jusquAu: dayOf(dates.at(-1)?.debut ?? debut) });
}

function timesOf(component: ICAL.Component, name: string, zones: Zones): (EventTime | undefined)[] {
	return component
		.getAllProperties(name)
		.flatMap((property) =>
			property.getValues().map((value) => timeIn(value, property.getFirstParameter('tzid'), zones))
		);
}

function timeOf(property: ICAL.Property | null, zones: Zones): EventTime | undefined {
	return property === null
		? undefined
		: timeIn(property.getFirstValue(), property.getFirstParameter('tzid'), zones);
}

/** A time of a file as a clock in Paris shows it: one of another zone is moved, one of no zone is of Paris. */
function timeIn(value: unknown, tzid: string | undefined, zones: Zones): EventTime | undefined {
	if (!(value instanceof ICAL.Time)) return undefined;
	const text = value.toString();
	if (value.isDate) return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
	const local: LocalTime = text.slice(0, 16);
	if (isUtc(value)) return localOf(value.toUnixTime() * 1000);
	if (!tzid || tzid === 'Europe/Paris') return local;
	try {
		return localOf(Temporal.PlainDateTime.from(local).toZonedDateTime(tzid).epochMilliseconds);
	} catch {
		const zone = zones.get(tzid);
		if (!zone) return local;
		const moved = value.clone();
		moved.zone = zone;
		return localOf(moved.toUnixTime() * 1000);
	}
}

function isUtc(time: ICAL.Time): boolean {
	return time.zone === ICAL.Timezone.utcTimezone || time.toString().endsWith('Z');
}

function textOf(component: ICAL.Component, name: string): string {
	const value = component.getFirstPropertyValue(name);
	return typeof value === 'string' ? value : '';
}

/** A text that some calendars write as a page of HTML. */
function withoutTags(text: string): string {
	if (!/<\/?(p|br|b|i|a|div|span|ul|li|html)\b[^>]*>/i.test(text)) return text;
	return text
		.replace(/<(br|\/p|\/div|\/li)\s*\/?>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
