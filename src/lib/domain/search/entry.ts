import { communeToken, marked, marks, phoneDigits } from './query.ts';
import { contentWords, stem, wordsOf } from './words.ts';
import type { ServiceFacts } from '../service.ts';
import { labelOf } from '../vocabulary.ts';

/** The facts of an entry that can be searched. What is for professionals only is not among them. */
export type SearchedFacts = Pick<
	ServiceFacts,
	| 'nom'
	| 'nom_court'
	| 'resume'
	| 'description'
	| 'publics'
	| 'publics_precisions'
	| 'mode_garde'
	| 'frais_precisions'
	| 'mobilisation_precisions'
	| 'demarches'
	| 'a_apporter_precisions'
	| 'horaires_precisions'
	| 'telephone'
	| 'sms'
	| 'ville'
	| 'mots'
>;

/** The four columns of the index. */
export interface SearchText {
	/** The name, as written. */
	nom: string;
	/**
	 * The stems of the name, then of what it is known by, then the whole words of the name, behind their marks: what
	 * ranks an entry. A space at both ends.
	 */
	mots: string;
	/** Everything else it says and is known by, as written. */
	texte: string;
	/** The stems of all this behind their mark, and the communes where it is read: what finds an entry. */
	racines: string;
}

/**
 * An entry as it is indexed. `themes` are the names of its themes and sections, `others` texts said elsewhere of it
 * (who runs it), `communes` the slugs of those where this text is read.
 */
export function searchTextOf(
	facts: SearchedFacts,
	around: { themes: string[]; others: string[]; communes: string[] }
): SearchText {
	const nom = plain([facts.nom]);
	const mots = plain([
		...facts.mots,
		facts.nom_court,
		facts.mode_garde && labelOf('modes_garde', facts.mode_garde),
		...facts.publics.map((code) => labelOf('publics', code)),
		...[facts.telephone, facts.sms].map((phone) => phone && phoneDigits(phone))
	]);
	const texte = plain([
		facts.resume,
		facts.description,
		facts.publics_precisions,
		facts.frais_precisions,
		facts.mobilisation_precisions,
		facts.a_apporter_precisions,
		facts.horaires_precisions,
		...facts.demarches,
		facts.ville,
		...around.themes,
		...around.others
	]);
	const words = (text: string, mark: string) => marked(contentWords(wordsOf(text)).join(' '), mark);
	const stems = (text: string, mark: string) => marked(contentWords(wordsOf(text)).map(stem).join(' '), mark);
	return {
		nom,
		mots: ` ${joined([stems(nom, marks.name), stems(mots, marks.keywords), words(nom, marks.whole)])} `,
		texte: `${mots}\n${texte}`,
		racines: joined([
			...around.communes.map(communeToken),
			...[nom, mots, texte].map((text) => stems(text, marks.anywhere))
		])
	};
}

function joined(parts: string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}

/** SQLite knows « oe » and not « œ ». */
function plain(texts: (string | null | undefined)[]): string {
	return texts.filter(Boolean).join('\n').replaceAll('œ', 'oe').replaceAll('Œ', 'Oe');
}
