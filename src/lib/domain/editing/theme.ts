import * as v from 'valibot';
import { type Checked, checkForm, tidyText } from '../forms.ts';
import { tidyTyped, tooLong } from '../typography.ts';
import type { Variant } from '../variants.ts';

/** The common words of a theme, that administration writes. */
export interface ThemeWords {
	/** Its name, in lists and menus. */
	nom: string;
	/** The title of its page. */
	question: string;
	/** A few words for the tiles of a commune's home. */
	accroche: string;
	/** One or two sentences under the title. */
	introduction: string;
}

/** What one commune says in the place of the common introduction, or after it. */
export interface OwnIntroduction {
	mode: Variant['mode'];
	introduction: string;
}

/** A field of a theme's form. */
export interface ThemeField {
	name: keyof ThemeWords;
	label: string;
	aide: string;
	isLong?: true;
}

/** The longest introduction, in characters: it stands on the first screen. */
const longestIntroduction = 300;

/** The common words of a theme, in the order of its form. */
export const themeFields: readonly ThemeField[] = [
	{ name: 'nom', label: 'Nom', aide: 'Dans les listes. 40 caractères au plus.' },
	{ name: 'question', label: 'Question', aide: 'C’est le titre de la page. 80 caractères au plus.' },
	{
		name: 'accroche',
		label: 'Accroche',
		aide: 'Quelques mots sur l’accueil de chaque commune. 40 caractères au plus.'
	},
	{
		name: 'introduction',
		label: 'Introduction',
		aide: `Une ou deux phrases sous le titre. ${longestIntroduction} caractères au plus.`,
		isLong: true
	}
];

const phrase = (max: number, stored?: string) =>
	v.pipe(
		v.string(),
		v.transform(tidyText),
		v.nonEmpty('Ce texte ne peut pas être vide.'),
		v.maxLength(max, ({ input }) => tooLong(input.length, max)),
		v.transform((text) => tidyTyped(text, stored, max))
	);

/**
 * The common words of a theme, checked, with the typography of French where they aren't those of `present`; French
 * sentences by field for what must be corrected.
 */
export function checkThemeWords(
	typed: Record<keyof ThemeWords, string>,
	present?: ThemeWords
): Checked<ThemeWords> {
	const schema = v.object({
		nom: phrase(40, present?.nom),
		question: phrase(80, present?.question),
		accroche: phrase(40, present?.accroche),
		introduction: phrase(longestIntroduction, present?.introduction)
	});
	return checkForm(schema, typed);
}

/** What a mairie chose for a theme's introduction: to follow the common one, to add to it, to say something else. */
export type IntroductionChoice = 'suivre' | Variant['mode'];

/** A commune's introduction, checked: null where it follows the common one. `present` is the one it has now. */
export function checkIntroduction(
	choice: string,
	typed: string,
	present: OwnIntroduction | null = null
): Checked<OwnIntroduction | null> {
	if (choice === 'suivre') {
		const words = tidyText(typed);
		// Following the common text would lose what was just typed.
		if (words === '' || words === present?.introduction) return { output: null };
		return {
			errors: {
				choix:
					'Vous avez écrit un texte : cochez « Ajouter les miens à la suite » ou « Mettre les miens à la place », ou videz la case.'
			}
		};
	}
	if (choice !== 'add' && choice !== 'replace')
		return { errors: { choix: 'Choisissez : suivre le texte commun, l’allonger ou le remplacer.' } };
	const { output, errors } = checkForm(
		v.object({ introduction: phrase(longestIntroduction, present?.introduction) }),
		{
			introduction: typed
		}
	);
	return output ? { output: { mode: choice, introduction: output.introduction } } : { errors };
}

/** What people read: the common introduction, with what the commune says of its own. */
export function introductionRead(common: string, own: OwnIntroduction | null): string {
	if (own === null) return common;
	return own.mode === 'replace' ? own.introduction : `${common}\n\n${own.introduction}`;
}

/** A commune's introduction as the history keeps it; null where it followed the common one. */
export function ownIntroductionOf(state: Record<string, unknown>): OwnIntroduction | null {
	const { mode, introduction } = state;
	if (typeof introduction !== 'string' || (mode !== 'add' && mode !== 'replace')) return null;
	return { mode, introduction };
}

/** The common words as the history keeps them; those it doesn't have are as they are now. */
export function themeWordsOf(state: Record<string, unknown>, now: ThemeWords): ThemeWords {
	const words = { ...now };
	for (const { name } of themeFields) {
		const kept = state[name];
		if (typeof kept === 'string') words[name] = kept;
	}
	return words;
}
