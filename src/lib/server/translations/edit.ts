import type { Account } from '#lib/domain/accounts.ts';
import { tidyText } from '#lib/domain/forms.ts';
import { tooLong } from '#lib/domain/typography.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { findGroup } from './progress.ts';

/** The signs of a name and of a text, at most. */
export const longestTranslation = { name: 120, text: 1000 } as const;

/** A translation as its form sends it. */
export interface TypedTranslation {
	cle: string;
	texte: string;
	/** The French that stood beside it. */
	source: string;
	/** The number of the translation that the form showed. */
	version: number;
	/** Whether it was said to be true of the French of today. */
	isTrue: boolean;
}

/** What came of a form: how many were kept, or what is wrong, by key, with what is read now where someone else wrote. */
export type Saved =
	| { saved: number; errors?: undefined }
	| { saved?: undefined; errors: Record<string, string>; versions: Record<string, number> };

/**
 * Keeps the translations of a group that were changed, or said to be true of the French of today; all or nothing. What
 * someone else wrote in the meantime is told beside what was typed, and nothing is replaced. Undefined when there is no such
 * group.
 */
export async function saveTranslations(
	db: Db,
	place: { langue: string; objet: string },
	typed: readonly TypedTranslation[],
	who: Pick<Account, 'id' | 'nom'>
): Promise<Saved | undefined> {
	return inTransaction(db, async (db): Promise<Saved | undefined> => {
		const group = await findGroup(db, place.langue, place.objet);
		if (!group) return undefined;
		const present = new Map(group.textes.map((text) => [text.cle, text]));
		const errors: Record<string, string> = {};
		const versions: Record<string, number> = {};
		const changed: { cle: string; source: string; texte: string }[] = [];
		for (const { cle, texte: raw, source, version, isTrue } of typed) {
			const text = present.get(cle);
			if (!text) continue;
			const texte = tidyText(raw.toWellFormed());
			const longest = text.isLong ? longestTranslation.text : longestTranslation.name;
			const isChanged = texte !== text.texte;
			if (texte.length > longest) errors[cle] = tooLong(texte.length, longest);
			else if (isChanged && version !== text.version) {
				errors[cle] =
					text.texte === ''
						? 'Quelqu’un a retiré cette traduction pendant que vous écriviez. Enregistrez de nouveau pour remettre la vôtre.'
						: `Pendant que vous écriviez, quelqu’un a mis : « ${text.texte} ». Reprenez ses mots, ou enregistrez de nouveau pour garder les vôtres.`;
				versions[cle] = text.version;
			} else if (isChanged || (isTrue && text.standing === 'ancienne' && texte !== ''))
				changed.push({ cle, source: tidyText(source.toWellFormed()), texte });
		}
		if (Object.keys(errors).length > 0) return { errors, versions };
		const at = new Date(now()).toISOString();
		for (const one of changed)
			await db
				.insertInto('translation')
				.values({ ...one, langue: place.langue, at, account_id: who.id, who: who.nom })
				.execute();
		if (changed.length > 0)
			await record(db, who, 'traduction-enregistree', `${group.nom}, en ${group.langue.nom}`);
		return { saved: changed.length };
	});
}
