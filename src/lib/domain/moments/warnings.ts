import { numbersIn } from '../phone.ts';
import type { MomentState, StepState } from './state.ts';

/**
 * What whoever writes a situation should look at again before publishing: a sentence each. `isProven` tells whether the
 * address of a step's source is one that residents may follow. `isCommune`: a commune writes, which chooses no entry
 * but those of the steps of its own.
 */
export function momentWarnings(
	state: Pick<MomentState, 'introduction'> & { etapes: readonly (StepState & { isOwn?: boolean })[] },
	isProven: (step: StepState) => boolean,
	{ isCommune = false } = {}
): string[] {
	const texts = [
		{ where: 'dans l’introduction', text: state.introduction, isFixed: isCommune },
		...state.etapes.map(({ titre, texte, a_preparer, isOwn = false }, i) => ({
			where: `à l’étape ${i + 1}`,
			text: [titre, texte, ...a_preparer].join('\n'),
			isFixed: isCommune && !isOwn
		}))
	];
	const numbers = texts.flatMap(({ where, text, isFixed }) =>
		numbersIn(text).map(
			(number) =>
				`Le numéro « ${number} » est écrit ${where}. Les habitants appellent par le bouton de la fiche, où le numéro est tenu à jour : ${isFixed ? 'écrivez vos mots ici sans ce numéro. Pour une autre fiche, ajoutez une étape à vous' : 'retirez-le d’ici, et choisissez la fiche'}.`
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
