import { expect, test } from 'vitest';
import type { EventPage } from '../agenda/card.ts';
import { eventData } from './event.ts';

const page: EventPage = {
	titre: 'Loto',
	debut: '2026-12-05T14:00',
	fin: '2026-12-05T18:00',
	quand: 'samedi 5 décembre 2026, de 14 h à 18 h',
	rythme: null,
	annule: null,
	passe: false,
	dates: [],
	attendCalendrier: false,
	lieu: { nom: 'Salle des fêtes', adresse: '1 rue du Pré, 00100 Haut-Valclair', chemin: null, carte: null },
	communes: 'Haut-Valclair',
	pourQui: 'Tout le monde',
	prix: null,
	description: ['Des lots.', 'Une buvette.'],
	inscription: null,
	appel: null,
	courriel: null,
	lien: null,
	organisateur: 'Les amis du loto',
	source: null
};
const url = 'https://valclair.example/haut-valclair/agenda/loto';
const told = (own: Partial<EventPage> = {}, prix: Partial<Parameters<typeof eventData>[0]> = {}) =>
	eventData(
		{ frais: null, frais_precisions: null, ...prix },
		{ ...page, ...own },
		{ url, modified: '2026-11-24' }
	);

test('an event is told with all that its page shows', () => {
	expect(told()).toEqual({
		'@context': 'https://schema.org',
		'@type': 'Event',
		name: 'Loto',
		description: 'Des lots.\n\nUne buvette.',
		url,
		mainEntityOfPage: { '@type': 'WebPage', '@id': url, inLanguage: 'fr', dateModified: '2026-11-24' },
		startDate: '2026-12-05T14:00:00+01:00',
		endDate: '2026-12-05T18:00:00+01:00',
		eventStatus: 'https://schema.org/EventScheduled',
		eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
		location: { '@type': 'Place', name: 'Salle des fêtes', address: '1 rue du Pré, 00100 Haut-Valclair' },
		organizer: { '@type': 'Organization', name: 'Les amis du loto' },
		audience: { '@type': 'Audience', audienceType: 'Tout le monde' }
	});
});

test.each([
	['2026-07-14T18:00', '2026-07-15T00:30', '2026-07-14T18:00:00+02:00', '2026-07-15T00:30:00+02:00'],
	['2026-12-12', '2026-12-13', '2026-12-12', '2026-12-13'],
	['2026-12-12', null, '2026-12-12', undefined],
	// The night when clocks go back.
	['2026-10-24T22:00', '2026-10-25T04:00', '2026-10-24T22:00:00+02:00', '2026-10-25T04:00:00+01:00']
])('from %s to %s, on the clock of Paris', (debut, fin, startDate, endDate) => {
	const data = told({ debut, fin });
	expect([data?.startDate, data?.endDate]).toEqual([startDate, endDate]);
});

test('a project that has no date yet isn’t told', () => {
	expect(told({ debut: null, fin: null })).toBeUndefined();
});

test('an event that comes back is told at the date its page leads with', () => {
	const dates = ['2026-12-05T14:00', '2026-12-12T14:00'].map((debut) => ({ debut, quand: '', annule: null }));
	const data = told({ rythme: 'chaque samedi', dates });
	expect(data?.startDate).toBe('2026-12-05T14:00:00+01:00');
	expect(data).not.toHaveProperty('eventSchedule');
});

test('a cancelled date is told cancelled', () => {
	expect(told({ annule: { texte: 'Annulé', mot: '' } })?.eventStatus).toBe(
		'https://schema.org/EventCancelled'
	);
});

test('without a place, no place is made up; without an address, nobody knows whether one goes there', () => {
	expect(told({ lieu: null })).not.toHaveProperty('location');
	const named = told({ lieu: { nom: 'En visio', adresse: null, chemin: null, carte: null } });
	expect(named?.location).toEqual({ '@type': 'Place', name: 'En visio' });
	expect(named).not.toHaveProperty('eventAttendanceMode');
});

test.each([
	['gratuit', null, true],
	['gratuit', 'Buvette payante.', undefined],
	['payant', '2 € par famille', false],
	[null, 'Prix libre.', undefined]
] as const)('%s, « %s »', (frais, frais_precisions, isFree) => {
	expect(told({}, { frais, frais_precisions })?.isAccessibleForFree).toBe(isFree);
});
