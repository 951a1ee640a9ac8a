import { type FrenchText, translationKeys } from '#lib/domain/translation.ts';
import type { Db } from '../database/schema.ts';
import { momentsIn } from '../moments.ts';
import { getTerritory } from '../territory.ts';
import { listSections, listThemes } from '../themes.ts';

/** Texts that are translated together: the home page's, a theme's, a situation's. */
export interface TextGroup {
	/** What names it in an address: `accueil`, `theme-petite-enfance`, `situation-3`. */
	objet: string;
	nom: string;
	textes: FrenchText[];
}

const themeNames = {
	nom: 'Nom',
	question: 'Question, en titre de sa page',
	accroche: 'Quelques mots'
} as const;

/** Every French text of the desk that is told in other languages, as it is today. To be read in French. */
export async function listTextGroups(db: Db): Promise<TextGroup[]> {
	const territory = await getTerritory(db);
	const themes = await listThemes(db);
	const moments = await momentsIn(db);
	return [
		{
			objet: 'accueil',
			nom: 'Page d’accueil',
			textes: [
				text(translationKeys.territory('accroche'), 'Titre', territory.accroche),
				text(translationKeys.territory('introduction'), 'Présentation', territory.introduction, true)
			]
		},
		...(await Promise.all(
			themes.map(async (theme): Promise<TextGroup> => ({
				objet: `theme-${theme.slug}`,
				nom: `Thème : ${theme.nom}`,
				textes: [
					...(['nom', 'question', 'accroche'] as const).map((field) =>
						text(translationKeys.theme(theme.slug, field), themeNames[field], theme[field])
					),
					text(translationKeys.theme(theme.slug, 'introduction'), 'Introduction', theme.introduction, true),
					...(await listSections(db, theme.slug)).map(({ slug, nom }) =>
						text(translationKeys.section(theme.slug, slug), 'Titre d’une partie', nom)
					)
				]
			}))
		)),
		...moments.map(({ id, common }): TextGroup => ({
			objet: `situation-${id}`,
			nom: `Situation : ${common.nom}`,
			textes: [
				text(translationKeys.moment(id, 'nom'), 'Nom', common.nom),
				text(translationKeys.moment(id, 'accroche'), 'Quelques mots', common.accroche),
				text(translationKeys.moment(id, 'introduction'), 'Introduction', common.introduction, true),
				...common.etapes.flatMap(({ cle, titre, texte, a_preparer }, i) => [
					text(translationKeys.step(id, cle, 'titre'), `Étape ${i + 1}, titre`, titre),
					text(translationKeys.step(id, cle, 'texte'), `Étape ${i + 1}, texte`, texte, true),
					...(a_preparer.length > 0
						? [
								text(
									translationKeys.step(id, cle, 'a_preparer'),
									`Étape ${i + 1}, à préparer (une chose par ligne)`,
									a_preparer.join('\n'),
									true
								)
							]
						: [])
				])
			]
		}))
	];
}

function text(cle: string, nom: string, french: string, isLong = false): FrenchText {
	return { cle, nom, french, isLong };
}
