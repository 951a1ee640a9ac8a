import { numbersIn } from '../phone.ts';
import type { MomentState } from './state.ts';

/**
 * What whoever writes a situation should look at again before publishing: a sentence each. `isProven` tells whether the
 * address of a step's source is one that residents may follow.
 */
export function momentWarnings(
	state: Pick<MomentState, 'introduction' | 'etapes'>,
	isProven: (step: MomentState['etapes'][number]) => boolean
): string[] {
	const texts = [
		{ where: 'dans l’introduction', text: state.introduction },
		...state.etapes.map(({ titre, texte, a_preparer }, i) => ({
			where: `à l’étape ${i + 1}`,
			text: [titre, texte, ...a_preparer].join('\n')
		}))
	];
	const numbers = texts.flatMap(({ where, text }) =>
		numbersIn(text).map(
			(number) =>
				`Le numéro « ${number} » est écrit ${where}. Les habitants appellent par le bouton de la fiche, où le numéro est tenu à jour : retirez-le d’ici, et choisissez la fiche.`
		)
	);
	const sources = state.etapes.flatMap((step, i) =>
		step.source_lien === null || isProven(step)
			? []
			: [
					`La source de l’étape ${i + 1} sera nommée sans lien : son adresse n’est ni celle d’un site officiel, ni celle du site de la fiche.`
				]
	);
	return [...numbers, ...sources];
}
