import type { CodeTarget } from '#lib/domain/codes.ts';
import { translatedLanguages } from '#lib/domain/language.ts';
import { pageLanguage } from '#lib/domain/page-language.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { capitalised } from '#lib/domain/typography.ts';
import { isFollowed } from '#lib/server/codes/supports.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { listThemes } from '#lib/server/themes.ts';
import { signedIn } from '../signed-in.ts';

/** Where whoever asks may send a code. */
export async function targetChoices(locals: App.Locals) {
	const { db } = locals.app;
	const account = signedIn(locals);
	const { nom_court } = await getTerritory(db);
	const places = [...(await listCommunes(db)), { slug: baseScope, nom: `${nom_court}, toutes les communes` }];
	return {
		communes: places
			.filter(({ slug }) => isFollowed(account, slug))
			.map(({ slug, nom }) => ({ value: slug, nom })),
		objets: [
			{ value: '', nom: 'La page d’accueil' },
			...(await listThemes(db)).map(({ slug, nom }) => ({ value: slug, nom }))
		],
		langues: [
			{ value: '', nom: 'En français' },
			...translatedLanguages.map(({ code }) => ({
				value: code,
				nom: capitalised(pageLanguage(code) ?? code)
			}))
		]
	};
}

export type TargetChoices = Awaited<ReturnType<typeof targetChoices>>;

/** The target chosen among these; what is wrong with it, by field, when it is none of them. */
export function chosenTarget(
	choices: TargetChoices,
	typed: { commune: string; objet: string; langue: string }
): { target?: CodeTarget; errors: Record<string, string> } {
	const errors: Record<string, string> = {};
	const isOne = (list: readonly { value: string }[], value: string) =>
		list.some((one) => one.value === value);
	if (!isOne(choices.communes, typed.commune)) errors.commune = 'Choisissez une commune de la liste.';
	if (!isOne(choices.objets, typed.objet)) errors.objet = 'Choisissez une page de la liste.';
	if (!isOne(choices.langues, typed.langue)) errors.langue = 'Choisissez une langue de la liste.';
	if (Object.keys(errors).length > 0) return { errors };
	const kind = typed.objet === '' ? 'accueil' : 'theme';
	return {
		target: {
			kind: typed.langue === '' ? kind : `${kind}-${typed.langue}`,
			commune: typed.commune,
			object: typed.objet
		},
		errors
	};
}
