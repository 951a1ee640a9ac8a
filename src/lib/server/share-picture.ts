import { homeImage } from '#lib/domain/paths.ts';
import { readerLanguage } from '#lib/domain/language.ts';
import { placeWords } from '#lib/domain/place.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Db } from './database/schema.ts';
import { findPlace } from './places.ts';
import { getTerritory } from './territory.ts';
import { findTheme } from './themes.ts';
import type { Job } from './typst/typst.ts';

/**
 * What the picture of a theme in a place, or of the place's home (`image` is `accueil`), says to whoever is sent its
 * address, in the reader's language. Undefined when there is no such page.
 */
export async function findSharePicture(db: Db, scope: string, image: string): Promise<Job | undefined> {
	const found = await findPlace(db, scope);
	if (!found) return undefined;
	const { place, commune } = found;
	const { lang, dir } = readerLanguage();
	const said = { lang, rtl: dir === 'rtl', site: (await getTerritory(db)).nom_court };
	if (image === homeImage) {
		// A place is read on one line.
		const whole = { nom: unbroken(place.nom), lieu: unbroken(place.lieu) };
		const title = commune ? m.bienvenue(placeWords(whole)) : m.bienvenue_territoire({ nom: whole.nom });
		return { template: 'partage', as: 'png', data: { ...said, theme: null, title, place: null } };
	}
	const theme = await findTheme(db, image, commune?.slug);
	return (
		theme && {
			template: 'partage',
			as: 'png',
			data: { ...said, theme: theme.slug, title: theme.nom, place: place.nom }
		}
	);
}

function unbroken(words: string): string {
	return words.replaceAll(' ', '\u00a0');
}
