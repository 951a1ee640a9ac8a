import type { EventCard } from '#lib/domain/agenda/card.ts';
import type { EventFacts } from '#lib/domain/agenda/event.ts';
import { type Occurrence, occurrencesOf, nextOccurrences, overAt } from '#lib/domain/agenda/occurrences.ts';
import { cancellationOf, rhythmOf, whenWords } from '#lib/domain/agenda/phrases.ts';
import { dateOf, dayOf, formatDate, formatList, type PlainDate } from '#lib/domain/dates.ts';
import type { Reading } from '#lib/domain/fiche.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { labelOf } from '#lib/domain/vocabulary.ts';
import { m } from '#lib/paraglide/messages.js';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { readingOf } from '../reading.ts';
import { findServiceById } from '../services.ts';
import { type AgendaEvent, listPublishedEvents } from './events.ts';

/** Events as read in one place at one instant. */
export interface Agenda {
	/** Those to come, each at its next date, the first first. */
	cards: EventCard[];
	/** Those announced without a date. */
	projets: EventCard[];
	/** The instants (epoch milliseconds) at which one of them changes by itself. */
	changes: number[];
}

/** How many dates a list tells after the next one. */
const datesAfter = 2;

/** The events to come in `scope` (a commune, or `territoire`). `theme` keeps those of one theme. */
export async function readAgenda(db: Db, scope: string, theme?: string): Promise<Agenda> {
	const reading = await readingOf(db, scope);
	const { cardOf, events } = await cards(db, reading);
	const coming: { card: EventCard; next: Occurrence }[] = [];
	const projets: EventCard[] = [];
	for (const event of events) {
		if (theme !== undefined && event.facts.theme !== theme) continue;
		if (event.facts.debut === null) {
			projets.push(await cardOf(event, null, []));
			continue;
		}
		const [next, ...after] = nextOccurrences(event.facts, reading.calendar.schoolHolidays, {
			at: reading.at,
			today: dateOf(reading.at),
			limit: 1 + datesAfter
		});
		if (next) coming.push({ next, card: await cardOf(event, next, after) });
	}
	coming.sort((a, b) => (a.next.debut < b.next.debut ? -1 : a.next.debut > b.next.debut ? 1 : 0));
	return {
		cards: coming.map(({ card }) => card),
		projets,
		changes: coming.map(({ next }) => overAt(next))
	};
}

/** How many events a home or a theme leads with. */
export const mostAhead = 3;

/** The first events to come, for a page that is about something else, and when they change by themselves. */
export function eventsAhead({ cards, changes }: Agenda): Pick<Agenda, 'cards' | 'changes'> {
	return { cards: cards.slice(0, mostAhead), changes: changes.slice(0, mostAhead) };
}

/** The dates of a month in `scope`, past ones too, each event at each of its dates. */
export async function readMonthOf(
	db: Db,
	scope: string,
	{ from, to, theme }: { from: PlainDate; to: PlainDate; theme?: string | undefined }
): Promise<(Occurrence & { titre: string; chemin: string })[]> {
	const reading = await readingOf(db, scope);
	const events = await listPublishedEvents(db, scopeOf(scope));
	return events
		.filter(({ facts }) => theme === undefined || facts.theme === theme)
		.flatMap(({ slug, facts }) =>
			occurrencesOf(facts, reading.calendar.schoolHolidays, { from, to }).map((one) => ({
				...one,
				titre: facts.titre,
				chemin: pathTo(scope, 'agenda', slug)
			}))
		)
		.sort((a, b) => (a.debut < b.debut ? -1 : a.debut > b.debut ? 1 : 0));
}

/** The themes that have an event to come, or a project, in `scope`. */
export async function listAgendaThemes(db: Db, scope: string): Promise<string[]> {
	const { cards, projets } = await readAgenda(db, scope);
	return [...new Set([...cards, ...projets].flatMap(({ theme }) => theme ?? []))];
}

function scopeOf(scope: string): string | undefined {
	return scope === baseScope ? undefined : scope;
}

async function cards(db: Db, reading: Reading) {
	const scope = scopeOf(reading.scope);
	const communes = await listCommunes(db);
	const events = await listPublishedEvents(db, scope);
	const cardOf = async (
		event: AgendaEvent,
		next: Occurrence | null,
		after: Occurrence[]
	): Promise<EventCard> => {
		const { facts, slug } = event;
		const place = await placeOf(db, facts, scope);
		// In a commune, one knows where one is; all the communes together are told apart.
		const names =
			scope === undefined
				? communes.filter((one) => facts.communes.includes(one.slug)).map(({ nom }) => nom)
				: [];
		const held = after.filter(({ annulation }) => annulation === null);
		return {
			slug,
			titre: facts.titre,
			chemin: pathTo(reading.scope, 'agenda', slug),
			jour: next && dayOf(next.debut),
			quand: next ? whenWords(next) : m.agenda_projet(),
			rythme: (next && rhythmOf(facts, { hours: false })) ?? null,
			suite:
				held.length === 0
					? null
					: m.agenda_ensuite({
							dates: formatList(held.map(({ debut }) => formatDate(dayOf(debut), 'court')))
						}),
			ou: [place?.nom ?? '', names.length > 3 ? '' : names.join(', ')].filter(Boolean).join(' · '),
			pourQui: facts.pour_qui,
			frais: facts.frais && labelOf('frais', facts.frais),
			annule: cancellationOf(next?.annulation ?? null),
			theme: facts.theme
		};
	};
	return { cardOf, events };
}

/** Where an event is held. */
export interface EventPlace {
	nom: string;
	adresse: string | null;
	/** The slug and commune of the entry that says more of it, where it is read. */
	fiche: { slug: string; commune: string | null } | null;
}

/** Where an event is held, as read in `scope`; undefined when nothing is said of it. */
export async function placeOf(
	db: Db,
	{ service_id, lieu, adresse }: Pick<EventFacts, 'service_id' | 'lieu' | 'adresse'>,
	scope: string | undefined
): Promise<EventPlace | undefined> {
	const service = await findServiceById(db, service_id, scope);
	if (service) {
		const own = [service.adresse, [service.code_postal, service.ville].filter(Boolean).join(' ')]
			.filter(Boolean)
			.join(', ');
		return {
			nom: service.nom,
			adresse: adresse ?? (own === '' ? null : own),
			fiche: { slug: service.slug, commune: service.commune }
		};
	}
	if (lieu === null) return adresse === null ? undefined : { nom: adresse, adresse: null, fiche: null };
	return { nom: lieu, adresse, fiche: null };
}
