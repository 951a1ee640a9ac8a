import { type OwnWords, ownWordsOf } from '#lib/domain/editing/beneath.ts';
import { type MomentState, type MomentVariant, textRead } from '#lib/domain/moments/state.ts';
import { momentsIn, lastStates } from '../../moments.ts';
import type { Db } from '../../database/schema.ts';
import type { ChangedBeneath } from '../beneath.ts';

/** The commune's own texts of a situation beside the common ones, then and now. A step that is no more says nothing now. */
export function ownMomentWords(common: MomentState, own: MomentVariant): OwnWords[] {
	const wordsOf = (name: string, label: string, text: MomentVariant['introduction'], now: string) =>
		text === null
			? []
			: [
					ownWordsOf(
						{
							name,
							label,
							mode: text.mode,
							value: text.texte,
							then: text.base,
							now,
							read: textRead(now, text)
						},
						String
					)
				];
	const steps = Object.entries(own.etapes).flatMap(([cle, text]) => {
		const rank = common.etapes.findIndex((step) => step.cle === cle);
		const step = common.etapes[rank];
		const label = step
			? `Étape ${rank + 1} : ${step.titre}`
			: 'Une étape qui n’est plus dans le texte commun';
		return wordsOf(`commune-${cle}`, label, text, step?.texte ?? '');
	});
	return [
		...wordsOf('commune-introduction', 'Introduction', own.introduction, common.introduction),
		...steps
	];
}

/** Where the common text of a situation changed beneath the words of these communes. */
export async function changedMoments(db: Db, communes: readonly string[]): Promise<ChangedBeneath[]> {
	const changed: ChangedBeneath[] = [];
	for (const commune of communes) {
		const states = await lastStates(db, commune);
		for (const { id, slug } of await momentsIn(db, commune)) {
			const { common, own } = states.get(id) ?? {};
			if (!common || !own) continue;
			const fields = ownMomentWords(common, own)
				.filter(({ hasChanged }) => hasChanged)
				.map(({ label }) => label);
			if (fields.length > 0)
				changed.push({
					nom: common.nom,
					commune,
					fields,
					path: `/mairie/situations/${slug}?commune=${commune}`
				});
		}
	}
	return changed;
}
