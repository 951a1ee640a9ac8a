import { m } from '#lib/paraglide/messages.js';
import { dayOf, formatDate, formatList } from '../dates.ts';
import { formatPhone } from '../phone.ts';
import { capitalised } from '../typography.ts';
import { labelOf } from '../vocabulary.ts';
import type { EventDate, EventFacts, EventState } from './event.ts';
import { cancelledWords, rhythmOf, whenWords } from './phrases.ts';

/** The names of what an event speaks of by a code. */
export interface EventNames {
	themes: ReadonlyMap<string, string>;
	communes: ReadonlyMap<string, string>;
	places: ReadonlyMap<number, string>;
}

/** What is said of an event, in words, line by line; lines where nothing is said are empty. */
export function eventLines(
	facts: EventFacts,
	names: EventNames
): { name: string; label: string; text: string }[] {
	const { debut, fin } = facts;
	const listed = (nature: EventDate['nature']) =>
		facts.dates
			.filter((date) => date.nature === nature)
			.map((date) => [formatDate(dayOf(date.debut), 'annee'), date.mot].filter(Boolean).join(', '))
			.join('\n');
	const when = debut === null ? m.agenda_projet() : capitalised(whenWords({ debut, fin }, 'complet'));
	return [
		{ name: 'titre', label: 'Titre', text: facts.titre },
		{ name: 'quand', label: 'Quand', text: [when, rhythmOf(facts) ?? ''].filter(Boolean).join('\n') },
		{ name: 'dates_plus', label: 'Dates en plus', text: listed('ajout') },
		{ name: 'dates_moins', label: 'Sauf ces dates', text: listed('retrait') },
		{ name: 'annulees', label: 'Dates annulées', text: listed('annulation') },
		{
			name: 'annulation',
			label: 'Annulation',
			text: facts.annulation === null ? '' : cancelledWords(facts.annulation)
		},
		{
			name: 'lieu',
			label: 'Lieu',
			text: (facts.service_id === null ? undefined : names.places.get(facts.service_id)) ?? facts.lieu ?? ''
		},
		{ name: 'adresse', label: 'Adresse', text: facts.adresse ?? '' },
		{ name: 'pour_qui', label: 'Pour qui', text: facts.pour_qui ?? '' },
		{
			name: 'communes',
			label: 'Communes',
			text:
				facts.communes.length === 0
					? m.agenda_partout()
					: formatList(facts.communes.map((slug) => names.communes.get(slug) ?? slug))
		},
		{
			name: 'theme',
			label: 'Thème',
			text: facts.theme === null ? '' : (names.themes.get(facts.theme) ?? facts.theme)
		},
		{ name: 'description', label: 'Description', text: facts.description },
		{ name: 'organisateur', label: 'Organisé par', text: facts.organisateur ?? '' },
		{
			name: 'frais',
			label: 'Prix',
			text: [facts.frais === null ? '' : labelOf('frais', facts.frais), facts.frais_precisions ?? '']
				.filter(Boolean)
				.join(', ')
		},
		{ name: 'inscription', label: 'Comment s’inscrire', text: facts.inscription ?? '' },
		{
			name: 'telephone',
			label: 'Téléphone',
			text: facts.telephone === null ? '' : formatPhone(facts.telephone)
		},
		{ name: 'courriel', label: 'Courriel', text: facts.courriel ?? '' },
		{ name: 'lien', label: 'Page internet', text: facts.lien ?? '' }
	];
}

/** What differs between two states of an event, in words. */
export function eventDifferences(before: EventFacts, after: EventFacts, names: EventNames) {
	const then = eventLines(before, names);
	return eventLines(after, names).flatMap(({ name, label, text }, i) => {
		const avant = then[i]?.text ?? '';
		return avant === text ? [] : [{ name, label, avant, apres: text }];
	});
}

/** Whether people read an event, in words. */
export const stateNames: Readonly<Record<EventState, string>> = {
	brouillon: 'Brouillon',
	publie: 'En ligne',
	archive: 'Rangé'
};
