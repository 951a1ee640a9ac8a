import { expect, onTestFinished } from 'vitest';
import { speakAs } from '#lib/domain/language.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { test } from '../../../tests/world.ts';
import { findSharePicture } from './share-picture.ts';

test('the picture of a theme says it, the place and the site', async ({ db }) => {
	expect(await findSharePicture(db, 'haut-valclair', 'petite-enfance')).toEqual({
		template: 'partage',
		as: 'png',
		data: {
			lang: 'fr',
			rtl: false,
			site: 'Valclair',
			theme: 'petite-enfance',
			title: 'Petite enfance',
			place: 'Haut-Valclair'
		}
	});
});

test('that of a home welcomes to the place, which stays on one line', async ({ db }) => {
	const home = await findSharePicture(db, 'bourg-valclair', 'accueil');
	expect(home?.data).toMatchObject({ theme: null, place: null, title: 'Bienvenue à\u00a0Bourg-Valclair' });
	expect((await findSharePicture(db, 'territoire', 'accueil'))?.data.title).toContain('Valclair');
});

test('it speaks the reader’s language', async ({ db }) => {
	onTestFinished(() => speakAs(() => baseLocale));
	speakAs(() => 'ar');
	const picture = await findSharePicture(db, 'haut-valclair', 'accueil');
	expect(picture?.data).toMatchObject({ lang: 'ar', rtl: true });
	expect(picture?.data.title).toMatch(/\p{Script=Arabic}/u);
	expect(picture?.data.title).toContain('Haut-Valclair');
});

test('there is none of a page that doesn’t exist', async ({ db }) => {
	expect(await findSharePicture(db, 'haut-valclair', 'recherche')).toBeUndefined();
	expect(await findSharePicture(db, 'nulle-part', 'accueil')).toBeUndefined();
});
