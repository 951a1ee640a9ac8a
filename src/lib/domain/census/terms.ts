import { codesOf, labelOf, type VocabularyName } from '../vocabulary.ts';
import { normalHeader } from './header.ts';

/** Words that people and other directories use for a code, beside the code and its label. */
const aliases: Partial<Record<VocabularyName, Readonly<Record<string, string>>>> = {
	publics: {
		'tout public': 'tous-publics',
		'grand public': 'tous-publics',
		'tout le monde': 'tous-publics',
		retraites: 'seniors',
		'familles enfants': 'familles',
		handicap: 'personnes-en-situation-de-handicap',
		pmr: 'personnes-en-situation-de-handicap',
		'enfants adolescents': 'enfants',
		adolescents: 'jeunes',
		ados: 'jeunes',
		'public langues etrangeres': 'personnes-exilees'
	},
	frais: { '0': 'gratuit', 'quotient familial': 'selon-revenus', 'selon les revenus': 'selon-revenus' },
	rendez_vous: {
		oui: 'avec',
		non: 'sans',
		'sur rdv': 'avec',
		'avec rdv': 'avec',
		'uniquement sur rendez vous': 'avec',
		'sans rdv': 'sans',
		'acces libre': 'sans',
		'avec ou sans rdv': 'avec-ou-sans'
	},
	acces_fauteuil: {
		accessible: 'oui',
		acc: 'oui',
		yes: 'oui',
		vrai: 'oui',
		limited: 'partiel',
		partiellement: 'partiel',
		'non accessible': 'non',
		nac: 'non',
		no: 'non',
		faux: 'non'
	},
	modes_mobilisation: {
		telephone: 'telephoner',
		'se presenter': 'se-presenter',
		accueil: 'se-presenter',
		mail: 'envoyer-un-courriel',
		'envoyer un mail': 'envoyer-un-courriel',
		courriel: 'envoyer-un-courriel',
		internet: 'utiliser-lien-mobilisation'
	},
	natures: { 'numero utile': 'numero', 'site web': 'site' }
};

/** The code of a vocabulary that a word means: the code, its label, or what others call it. Undefined for another word. */
export function codeOfTerm(vocabulary: VocabularyName, word: string): string | undefined {
	const known = codesOf(vocabulary);
	const forms = [word, word.replace(/\([^)]*\)/g, ''), word.split(/\s:\s/)[0] ?? word].map(normalHeader);
	return (
		known.find(
			(code) => forms.includes(normalHeader(code)) || forms.includes(normalHeader(labelOf(vocabulary, code)))
		) ?? forms.flatMap((form) => aliases[vocabulary]?.[form] ?? [])[0]
	);
}

/** The codes of the words of a cell, and the words that mean none. */
export function codesOfTerms(
	vocabulary: VocabularyName,
	cell: string
): { codes: string[]; unknown: string[] } {
	const whole = codeOfTerm(vocabulary, cell);
	if (whole !== undefined) return { codes: [whole], unknown: [] };
	const bare = cell.replace(/^\s*[[{](.*)[\]}]\s*$/s, '$1');
	const sign = /[;|\n]/.test(bare) ? /[;|\n]/ : /,/;
	const words = bare
		.split(sign)
		.map((word) => word.replace(/^[\s"']+|[\s"']+$/g, ''))
		.filter(Boolean);
	const found = words.map((word) => codeOfTerm(vocabulary, word));
	return {
		codes: [...new Set(found.filter((code) => code !== undefined))],
		unknown: words.filter((_, i) => found[i] === undefined)
	};
}
