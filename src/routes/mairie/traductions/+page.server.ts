import { translatedLanguages } from '#lib/domain/language.ts';
import { listProgress } from '#lib/server/translations/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	languages: translatedLanguages.map(({ code, nom, lang, dir }) => ({ code, nom, lang, dir })),
	groups: await listProgress(locals.app.db)
});
