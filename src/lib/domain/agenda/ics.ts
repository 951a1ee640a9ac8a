import ICAL from 'ical.js';
import { addDays, dayOf, type PlainDate, startOfDay } from '../dates.ts';
import type { SchoolHoliday } from '../hours/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { type EventFacts, type EventTime, isTimed } from './event.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';
import { cancelledWords } from './phrases.ts';

/** An event for calendars, and what they know it by. */
export interface CalendarEvent {
	uid: string;
	facts: EventFacts;
	/** Where its page is, in full. */
	url: string;
	/** Where it is held, in words; may be empty. */
	place: string;
	/** When it was last changed, ISO 8601, and how many times before. */
	changedAt: string;
	sequence: number;
}

/** The type of such a file. */
export const calendarType = 'text/calendar; charset=utf-8';

/** The clock of Paris since 1996, as calendars read it (Directive 2000/84/CE). */
const paris = `BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`.replaceAll('\n', '\r\n');

/** How far after its first date the dates of an event are looked for, in days. */
const farthest = 366 * 10;

/**
 * A calendar file (RFC 5545) of these events; those that have no date yet are left out. Cancelled dates stay in it, and
 * say so. Times are those of Paris, with its clock's rules.
 */
export function calendarOf(
	events: readonly CalendarEvent[],
	holidays: readonly SchoolHoliday[],
	name?: string
): string {
	const calendar = new ICAL.Component('vcalendar');
	calendar.addPropertyWithValue('version', '2.0');
	calendar.addPropertyWithValue('prodid', '-//annuaire//agenda//FR');
	calendar.addPropertyWithValue('calscale', 'GREGORIAN');
	calendar.addPropertyWithValue('method', 'PUBLISH');
	if (name !== undefined) {
		calendar.addPropertyWithValue('name', name);
		calendar.addPropertyWithValue('x-wr-calname', name);
		calendar
			.addPropertyWithValue('refresh-interval', ICAL.Duration.fromString('PT6H'))
			.setParameter('value', 'DURATION');
		calendar.addPropertyWithValue('x-published-ttl', 'PT6H');
	}
	calendar.addSubcomponent(ICAL.Component.fromString(paris));
	for (const event of events) {
		const { debut } = event.facts;
		if (debut === null) continue;
		for (const component of componentsOf(event, debut, holidays)) calendar.addSubcomponent(component);
	}
	return `${calendar.toString()}\r\n`;
}

function componentsOf(
	event: CalendarEvent,
	debut: EventTime,
	holidays: readonly SchoolHoliday[]
): ICAL.Component[] {
	const { facts } = event;
	const component = componentOf(event, { debut, fin: facts.fin, annulation: facts.annulation });
	const end = repeat(component, facts, debut, holidays);
	// One whose only date is cancelled is cancelled whole: calendars know nothing of a date of it.
	const window = { from: dayOf(debut), to: end };
	const cancelled =
		facts.annulation === null
			? occurrencesOf(facts, holidays, window).filter(({ annulation }) => annulation !== null)
			: [];
	return [
		component,
		...cancelled.map((occurrence) => {
			const exception = componentOf(event, occurrence);
			addTime(exception, 'recurrence-id', occurrence.debut);
			return exception;
		})
	];
}

function componentOf({ uid, facts, url, place, changedAt, sequence }: CalendarEvent, occurrence: Occurrence) {
	const { debut, fin, annulation } = occurrence;
	const component = new ICAL.Component('vevent');
	const add = (name: string, value: string) => {
		if (value !== '') component.addPropertyWithValue(name, value);
	};
	add('uid', uid);
	const stamp = ICAL.Time.fromJSDate(new Date(changedAt), true);
	component.addPropertyWithValue('dtstamp', stamp);
	component.addPropertyWithValue('last-modified', stamp.clone());
	component.addPropertyWithValue('sequence', sequence);
	addTime(component, 'dtstart', debut);
	// A calendar counts until the day after the last one.
	if (fin !== null) addTime(component, 'dtend', isTimed(fin) ? fin : addDays(fin, 1));
	add('summary', annulation === null ? facts.titre : m.agenda_annule_mot({ mot: facts.titre }));
	add('status', annulation === null ? 'CONFIRMED' : 'CANCELLED');
	add('location', place);
	const lines = [
		annulation === null ? '' : cancelledWords(annulation),
		facts.pour_qui ?? '',
		facts.description,
		facts.inscription ?? ''
	];
	add('description', [...lines.filter((line) => line !== ''), url].join('\n\n'));
	add('url', url);
	return component;
}

/** Says how an event comes back; gives the last day that is looked at. */
function repeat(
	component: ICAL.Component,
	facts: EventFacts,
	debut: EventTime,
	holidays: readonly SchoolHoliday[]
): PlainDate {
	const far = addDays(dayOf(debut), farthest);
	const known = holidays.reduce((last, { fin }) => (fin > last ? fin : last), dayOf(debut));
	if (facts.rrule !== null) {
		const recur = ICAL.Recur.fromString(facts.rrule);
		const until = recur.until === null ? null : recur.until.toString().slice(0, 10);
		const last = facts.hors_vacances && (until === null || known < until) ? known : until;
		if (last !== null)
			recur.until = isTimed(debut)
				? ICAL.Time.fromJSDate(new Date(startOfDay(addDays(last, 1)) - 1000), true)
				: ICAL.Time.fromDateString(last);
		component.addPropertyWithValue('rrule', recur);
	}
	const gone = new Set(facts.dates.filter(({ nature }) => nature === 'retrait').map((date) => date.debut));
	if (facts.hors_vacances) {
		const window = { from: dayOf(debut), to: known };
		const held = new Set(occurrencesOf(facts, holidays, window).map((one) => one.debut));
		for (const one of occurrencesOf({ ...facts, hors_vacances: false }, holidays, window))
			if (!held.has(one.debut)) gone.add(one.debut);
	}
	for (const start of [...gone].sort()) addTime(component, 'exdate', start);
	for (const { debut: start, nature } of facts.dates)
		if (nature === 'ajout') addTime(component, 'rdate', start);
	return facts.hors_vacances ? known : far;
}

function addTime(component: ICAL.Component, name: string, time: EventTime): void {
	const value = isTimed(time) ? ICAL.Time.fromDateTimeString(`${time}:00`) : ICAL.Time.fromDateString(time);
	const property = new ICAL.Property(name);
	property.setValue(value);
	if (isTimed(time)) property.setParameter('tzid', 'Europe/Paris');
	component.addProperty(property);
}
