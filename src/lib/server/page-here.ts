import { pathTo, pathToService } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { findPublishedEvent } from './agenda/events.ts';
import type { Db } from './database/schema.ts';
import { momentsIn } from './moments.ts';
import type { FoundPlace } from './places.ts';
import { findService } from './services.ts';
import { findTheme } from './themes.ts';

/** A page of a place, named by what comes after the place in its address. */
export interface PageHere {
	path: string;
	nom: string;
	/** What a question written from it is about: the query of the page to write. */
	ask: string;
}

/** The page of a place at these words (`petite-enfance`, `services/caf`, `moments/je-me-separe`, '' for its home), or undefined. */
export async function findPageHere(
	db: Db,
	{ place, commune }: FoundPlace,
	words: string
): Promise<PageHere | undefined> {
	const [first = '', slug] = words.split('/');
	if (slug === undefined) {
		if (first === '') return { path: pathTo(place.slug), nom: place.nom, ask: '' };
		if (first === 'numeros-utiles')
			return { path: pathTo(place.slug, first), nom: m.numeros_utiles(), ask: '' };
		if (first === 'comprendre') return { path: pathTo(place.slug, first), nom: m.comprendre(), ask: '' };
		const theme = await findTheme(db, first, commune?.slug);
		return theme && { path: pathTo(place.slug, theme.slug), nom: theme.nom, ask: `?theme=${theme.slug}` };
	}
	if (first === 'services') {
		const service = await findService(db, slug, commune?.slug);
		return (
			service && {
				path: pathToService(service, place.slug),
				nom: service.nom,
				ask: `?fiche=${service.slug}`
			}
		);
	}
	if (first === 'moments') {
		const moment = (await momentsIn(db, commune?.slug)).find((one) => one.slug === slug);
		return moment && { path: pathTo(place.slug, first, slug), nom: moment.told.nom.texte, ask: '' };
	}
	if (first === 'agenda') {
		const event = await findPublishedEvent(db, slug, commune?.slug);
		return event && { path: pathTo(place.slug, first, slug), nom: event.facts.titre, ask: '' };
	}
	return undefined;
}
