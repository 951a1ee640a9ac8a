import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { convertIcsCalendar } from 'ts-ics';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import { eventSchema } from './event.ts';
import { type CalendarEvent, calendarOf } from './ics.ts';
import { occurrencesOf } from './occurrences.ts';

/*
 * What we write is read back by another library, ts-ics, that shares nothing with the one that wrote it; its dates are
 * computed by a third, that follows the clock of a zone.
 */
function anEvent(
	facts: Partial<v.InferInput<typeof eventSchema>>,
	own: Partial<CalendarEvent> = {}
): CalendarEvent {
	return {
		uid: 'cafe@valclair',
		facts: v.parse(eventSchema, { titre: 'Café', ...facts }),
		url: 'https://annuaire.example/bourg-valclair/agenda/cafe',
		place: 'Salle des fêtes, 1 rue du Lac',
		changedAt: '2026-11-24T09:15:00.000Z',
		sequence: 2,
		...own
	};
}
const holidays = [
	{ nom: 'Noël', debut: '2026-12-20', fin: '2027-01-03' },
	{ nom: 'Hiver', debut: '2027-02-14', fin: '2027-02-28' }
];

function read(...events: CalendarEvent[]) {
	return convertIcsCalendar(undefined, calendarOf(events, holidays, 'Agenda à Bourg-Valclair'));
}

/** The instants that a third library, rrule-temporal, computes from the lines of the file. */
function instantsIn(file: string): number[] {
	const lines = file
		.replaceAll('\r\n ', '')
		.slice(file.indexOf('BEGIN:VEVENT'))
		.split('\r\n')
		.filter((line) => /^(DTSTART|RRULE|EXDATE|RDATE)/.test(line));
	const rule = new RRuleTemporal({ rruleString: lines.join('\n'), temporal: Temporal });
	return rule.all().map(({ epochMilliseconds }) => epochMilliseconds);
}

test('one event is read back whole', () => {
	const {
		events = [],
		name,
		timezones,
		method
	} = read(
		anEvent({
			titre: 'Café, thé ; et « crêpes »\\n',
			description: 'Une ligne.\nUne autre, avec des accents : été, Œuvre — 🎈 '.padEnd(300, 'long '),
			pour_qui: 'Parents',
			debut: '2026-12-08T09:30',
			fin: '2026-12-08T11:30'
		})
	);
	expect([name, method, timezones?.[0]?.id]).toEqual(['Agenda à Bourg-Valclair', 'PUBLISH', 'Europe/Paris']);
	expect(events).toHaveLength(1);
	const [event] = events;
	expect(event).toMatchObject({
		uid: 'cafe@valclair',
		summary: 'Café, thé ; et « crêpes »\\n',
		status: 'CONFIRMED',
		location: 'Salle des fêtes, 1 rue du Lac',
		url: 'https://annuaire.example/bourg-valclair/agenda/cafe',
		sequence: 2
	});
	expect(event?.description).toContain(
		'Parents\n\nUne ligne.\nUne autre, avec des accents : été, Œuvre — 🎈'
	);
	expect(event?.start.date.toISOString()).toBe('2026-12-08T08:30:00.000Z');
	expect(event?.end?.date.toISOString()).toBe('2026-12-08T10:30:00.000Z');
	expect(event?.stamp.date.toISOString()).toBe('2026-11-24T09:15:00.000Z');
});

test.each([
	['2026-10-24T20:00', '2026-10-25T04:00', '2026-10-24T18:00:00.000Z', '2026-10-25T03:00:00.000Z'],
	['2027-03-27T20:00', '2027-03-28T04:00', '2027-03-27T19:00:00.000Z', '2027-03-28T02:00:00.000Z'],
	['2026-12-31T20:00', '2027-01-01T00:00', '2026-12-31T19:00:00.000Z', '2026-12-31T23:00:00.000Z']
])('from %s to %s is read at its instants, the clock changing or not', (debut, fin, start, end) => {
	const [event] = read(anEvent({ debut, fin })).events ?? [];
	expect([event?.start.date.toISOString(), event?.end?.date.toISOString()]).toEqual([start, end]);
});

test('whole days end the day after the last one, as calendars count', () => {
	const text = calendarOf([anEvent({ debut: '2026-12-12', fin: '2026-12-13' })], []);
	expect(text).toContain('DTSTART;VALUE=DATE:20261212\r\nDTEND;VALUE=DATE:20261214\r\n');
});

test.each([
	[
		'every 2nd Tuesday over both changes of the clock',
		{ debut: '2026-10-13T09:30', rrule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270413' }
	],
	['two days a week', { debut: '2026-10-20T18:00', rrule: 'FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20261110' }],
	[
		'one week in two, save a date',
		{
			debut: '2026-10-20T18:00',
			rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270105',
			dates: [{ debut: '2026-11-03T18:00', nature: 'retrait' as const }]
		}
	],
	[
		'outside the school holidays, as far as they are known',
		{ debut: '2026-12-16T16:30', rrule: 'FREQ=WEEKLY;BYDAY=WE', hors_vacances: true }
	],
	[
		'the last Friday of the month',
		{ debut: '2026-12-25T20:00', rrule: 'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270430' }
	]
])('%s: the other library computes the same instants as our pages', (_, facts) => {
	const event = anEvent(facts);
	const ours = occurrencesOf(event.facts, holidays, { from: '2026-01-01', to: '2027-12-31' });
	expect(ours.length).toBeGreaterThan(3);
	expect(instantsIn(calendarOf([event], holidays))).toEqual(ours.map(({ debut }) => instantOf(debut)));
});

test('a cancelled date stays, at its own place, and says why; the others are as they were', () => {
	const event = anEvent({
		debut: '2026-12-01T09:00',
		fin: '2026-12-01T10:00',
		rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222',
		dates: [{ debut: '2026-12-15T09:00', nature: 'annulation', mot: 'salle en travaux' }]
	});
	const { events = [] } = read(event);
	expect(events).toHaveLength(2);
	const cancelled = events.find(({ recurrenceId }) => recurrenceId !== undefined);
	expect(cancelled).toMatchObject({
		uid: 'cafe@valclair',
		status: 'CANCELLED',
		summary: 'Annulé\u202f: Café'
	});
	expect(cancelled?.recurrenceId?.value.date.toISOString()).toBe('2026-12-15T08:00:00.000Z');
	expect(cancelled?.start.date.toISOString()).toBe('2026-12-15T08:00:00.000Z');
	expect(cancelled?.description).toContain('salle en travaux');
	expect(events.find(({ recurrenceId }) => recurrenceId === undefined)?.status).toBe('CONFIRMED');
});

test('one that is cancelled whole says so once', () => {
	const { events = [] } = read(anEvent({ debut: '2026-12-01T09:00', annulation: '' }));
	expect(events.map(({ status }) => status)).toEqual(['CANCELLED']);
});

test('dates that follow no rule are all in the file', () => {
	const text = calendarOf(
		[
			anEvent({
				debut: '2026-12-10T18:00',
				dates: [
					{ debut: '2027-03-04T18:00', nature: 'ajout' },
					{ debut: '2027-06-03T18:00', nature: 'ajout' }
				]
			})
		],
		[]
	);
	expect(text).toContain('RDATE;TZID=Europe/Paris:20270304T180000\r\n');
	expect(text).toContain('RDATE;TZID=Europe/Paris:20270603T180000\r\n');
});

test('what has no date yet is in no calendar, and nothing typed can add a line to the file', () => {
	expect(read(anEvent({ debut: null })).events ?? []).toEqual([]);
	const text = calendarOf(
		[
			anEvent(
				{
					titre: 'Fête\r\nEND:VEVENT\r\nBEGIN:VALARM',
					debut: '2026-12-01',
					description: 'a\r\nATTACH:http://x'
				},
				{ place: 'x\nURL:y' }
			)
		],
		[]
	);
	expect(text.split('\r\n').filter((line) => /^(BEGIN:VALARM|ATTACH|URL:y)/.test(line))).toEqual([]);
	for (const line of text.split('\r\n'))
		expect(new TextEncoder().encode(line).length, line).toBeLessThanOrEqual(75);
});
