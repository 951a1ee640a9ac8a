import { lastDay, type PlainDate } from '#lib/domain/dates.ts';
import { languages, pathIn } from '#lib/domain/language.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import type { EventCard } from '#lib/domain/agenda/card.ts';
import { translationKeys } from '#lib/domain/translation.ts';
import { listAllEvents } from './agenda/events.ts';
import { type Agenda, mostAhead, readAgenda } from './agenda/reading.ts';
import { type Changes, readChanges } from './changes.ts';
import { type Commune, listCommunes } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { entryChange } from './entry-changes.ts';
import { momentsIn } from './moments.ts';
import {
	listEmergencyNumbers,
	listNumbers,
	listServiceNames,
	listServicesById,
	listThemeServices
} from './services.ts';
import { findAccessibilityAudit, getTerritory } from './territory.ts';
import { listThemes } from './themes.ts';

interface PublicPage {
	path: string;
	/** AAAA-MM-JJ. */
	lastmod?: PlainDate | undefined;
}

interface FrenchPage extends PublicPage {
	/** The translated texts that it shows, by key or together: `theme/SLUG/nom`, `territoire`, `theme/SLUG`, `moment/NUMBER`. */
	texts?: readonly string[];
}

/** Where pages are read: a commune, or the common base. */
interface Place {
	scope: string;
	commune: Commune | null;
	agenda: Agenda;
}

/**
 * The address of every public page in every language, with the day on which what it is about last changed: its entries,
 * its events, its own words, and in another language their translation. Who answers at its foot isn't what a page is
 * about, nor is what the passing of time alone changes. No day is given where none is known: legal notices, the notes on
 * how things work and other texts that come with a version of the product; plans and the search, which say nothing of
 * their own. The accessibility statement has the date that it bears.
 */
export async function listPublicPages(db: Db): Promise<PublicPage[]> {
	const french = await listFrenchPages(db);
	const { translation } = await readChanges(db);
	return languages.flatMap(({ code }) =>
		french.map(({ path, lastmod, texts = [] }) => ({
			path: pathIn(code, path),
			lastmod: lastDay([lastmod, ...texts.map((group) => translation(code, group))])
		}))
	);
}

async function listFrenchPages(db: Db): Promise<FrenchPage[]> {
	const changes = await readChanges(db);
	const { accessibilite_etablie_le } = await getTerritory(db);
	const audit = await findAccessibilityAudit(db);
	const pages: FrenchPage[] = [
		{
			path: pathTo(),
			lastmod: entriesChange(changes, await listEmergencyNumbers(db), baseScope),
			texts: ['territoire']
		},
		{ path: pathTo('accessibilite'), lastmod: lastDay([accessibilite_etablie_le, audit?.audited_on]) },
		...['donnees-personnelles', 'mentions-legales', 'plan-du-site'].map((word) => ({ path: pathTo(word) }))
	];
	for (const commune of [null, ...(await listCommunes(db))]) {
		const scope = commune?.slug ?? baseScope;
		const place = { scope, commune, agenda: await readAgenda(db, scope) };
		pages.push(
			...(await listThemePages(db, changes, place)),
			...(await listMomentPages(db, changes, place)),
			{ path: pathTo(scope, 'comprendre') },
			{ path: pathTo(scope, 'numeros-utiles'), lastmod: await numbersChange(db, changes, place) },
			{ path: pathTo(scope, 'recherche') },
			{ path: pathTo(scope, 'plan-du-site') },
			...(await listEventPages(db, place))
		);
		for (const service of await listServiceNames(db, commune?.slug))
			pages.push({
				path: pathTo(scope, 'services', service.slug),
				lastmod: entryChange(changes.entries, service.id, scope)
			});
	}
	return pages;
}

/** A place's home, and the page of each theme there. */
async function listThemePages(db: Db, changes: Changes, place: Place): Promise<FrenchPage[]> {
	const { scope, commune, agenda } = place;
	const themes = await listThemes(db, commune?.slug);
	const events = (await listAllEvents(db)).filter(
		({ facts: { communes } }) => !commune || communes.length === 0 || communes.includes(commune.slug)
	);
	const moments = (await momentsIn(db, commune?.slug)).filter(({ isHidden }) => !isHidden);
	/** The events that a page leads with, and those of its kind that were put away: it may have led with them. */
	const eventsChange = (isOfPage: (theme: string | null) => boolean, cards: readonly EventCard[]) =>
		lastDay(
			events
				.filter(({ slug, etat, facts }) =>
					etat === 'archive' ? isOfPage(facts.theme) : cards.some((card) => card.slug === slug)
				)
				.map(({ changedAt }) => changedAt)
		);
	const home: FrenchPage = {
		path: pathTo(scope),
		lastmod: lastDay([
			...themes.map(({ slug }) => changes.themeWords(slug)),
			changes.moments(scope),
			entriesChange(changes, await listEmergencyNumbers(db, commune?.slug), scope),
			eventsChange(() => true, agenda.cards.slice(0, mostAhead))
		]),
		texts: [
			...themes.flatMap(({ slug }) => ['nom', 'accroche'].map((field) => translationKeys.theme(slug, field))),
			...moments.flatMap(namesOf)
		]
	};
	const pages = themes.map(async ({ slug }): Promise<FrenchPage> => {
		const placed = await listThemeServices(db, slug, commune?.slug);
		const isAgenda = slug === 'agenda';
		const cards = isAgenda
			? [...agenda.cards, ...agenda.projets]
			: agenda.cards.filter(({ theme }) => theme === slug).slice(0, mostAhead);
		return {
			path: pathTo(scope, slug),
			lastmod: lastDay([
				changes.themeWords(slug),
				changes.theme(slug, scope),
				entriesChange(
					changes,
					placed.map(({ service }) => service),
					scope
				),
				eventsChange((theme) => isAgenda || theme === slug, cards)
			]),
			texts: [`theme/${slug}`]
		};
	});
	return [home, ...(await Promise.all(pages))];
}

/** The list of situations in a place, and the page of each. */
async function listMomentPages(db: Db, changes: Changes, place: Place): Promise<FrenchPage[]> {
	const { scope, commune } = place;
	const moments = (await momentsIn(db, commune?.slug)).filter(({ isHidden }) => !isHidden);
	const pages = moments.map(async ({ id, slug, told }): Promise<FrenchPage> => {
		const fiches = [told.appeler, ...told.etapes.map(({ fiche }) => fiche)].filter((fiche) => fiche !== null);
		const read = await listServicesById(db, fiches, commune?.slug);
		return {
			path: pathTo(scope, 'moments', slug),
			lastmod: lastDay([changes.moment(id, scope), entriesChange(changes, read, scope)]),
			texts: [`moment/${id}`]
		};
	});
	return [
		{ path: pathTo(scope, 'moments'), lastmod: changes.moments(scope), texts: moments.flatMap(namesOf) },
		...(await Promise.all(pages))
	];
}

async function listEventPages(db: Db, { agenda: { cards, projets } }: Place): Promise<FrenchPage[]> {
	const days = new Map((await listAllEvents(db)).map(({ slug, changedAt }) => [slug, changedAt]));
	return [...cards, ...projets].map(({ slug, chemin }) => ({
		path: chemin,
		lastmod: lastDay([days.get(slug)])
	}));
}

/** The useful numbers of a place: those of the themes, and the national ones. */
async function numbersChange(db: Db, changes: Changes, { scope, commune }: Place) {
	const numbers = await listNumbers(db, commune?.slug);
	const ids = (await listThemes(db)).map(({ contact_id }) => contact_id).filter((id) => id !== null);
	const near = await Promise.all([null, ...ids].map((id) => findContact(db, id, commune)));
	return entriesChange(changes, [...numbers, ...near.filter((one) => one !== null)], scope);
}

function entriesChange(changes: Changes, entries: readonly { id: number }[], scope: string) {
	return lastDay(entries.map(({ id }) => entryChange(changes.entries, id, scope)));
}

/** The texts by which lists name a situation. */
function namesOf({ id }: { id: number }): string[] {
	return ['nom', 'accroche'].map((field) => translationKeys.moment(id, field));
}
