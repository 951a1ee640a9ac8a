import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listOwnAnswers } from '#lib/server/enquiries/published.ts';
import { listThemes } from '#lib/server/themes.ts';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const communes = await listCommunes(db);
	const themes = await listThemes(db);
	return {
		answers: (await listOwnAnswers(db, signedIn(locals))).map((answer) => ({
			id: answer.id,
			question: answer.question,
			isRetired: answer.retired_at !== null,
			detail: [
				themes.find(({ slug }) => slug === answer.theme)?.nom,
				communes.find(({ slug }) => slug === answer.commune)?.nom ?? 'Toutes les communes',
				`${formatDate(dateOf(Date.parse(answer.published_at)), 'annee')}, par ${answer.published_by}`
			].join(' · ')
		})),
		done: url.searchParams.get('fait')
	};
};
