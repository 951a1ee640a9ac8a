import type { Change } from '#lib/domain/census/entry.ts';
import type { Proposal } from '#lib/domain/census/plan.ts';
import type { Refusal } from '#lib/domain/census/rows.ts';
import { isOffered } from '#lib/server/census/apply.ts';

/** A row as the review shows it. */
export interface Line {
	line: number;
	nom: string;
	/** Why it stands there. */
	said: string;
	notes: readonly string[];
	refused: readonly Refusal[];
	changes: readonly Change[];
	/** What may be done with a likely duplicate: the first is what is done. */
	choices: readonly { value: string; label: string; changes: readonly Change[]; isChosen: boolean }[];
}

/** Rows that have the same lot. */
export interface Part {
	name: string;
	titre: string;
	aide: string;
	lines: Line[];
}

/** The rows of a plan by their lot, those that ask for a choice first. */
export function partsOf(proposals: readonly Proposal[], choices: Readonly<Record<string, string>>): Part[] {
	const of = (...kinds: Proposal['kind'][]) =>
		proposals.filter(({ kind }) => kinds.includes(kind)).map((proposal) => lineOf(proposal, choices));
	return [
		{
			name: 'doublon',
			titre: 'Doublons probables',
			aide: 'Ces lignes ressemblent à des fiches qui existent. Tant que vous ne choisissez pas, rien n’en est importé.',
			lines: of('doublon')
		},
		{
			name: 'modification',
			titre: 'Fiches à modifier',
			aide: 'Une case vide ne retire rien. Une fiche en ligne l’est aussitôt avec ses nouveaux mots.',
			lines: of('modification')
		},
		{ name: 'creation', titre: 'Fiches à créer', aide: 'Elles n’existaient pas.', lines: of('creation') },
		{
			name: 'cases',
			titre: 'Lignes aux cases laissées de côté',
			aide: 'Ces lignes sont importées sans ces cases : corrigez le fichier, ou la fiche ensuite.',
			lines: proposals
				.filter(({ refused, kind }) => refused.length > 0 && kind !== 'refus')
				.map((proposal) => lineOf(proposal, choices))
		},
		{ name: 'refus', titre: 'Lignes refusées', aide: 'Rien n’en est importé.', lines: of('refus') },
		{
			name: 'hors',
			titre: 'Lignes hors du territoire',
			aide: 'Elles parlent d’une autre commune : rien n’en est importé.',
			lines: of('hors')
		},
		{ name: 'inchangee', titre: 'Fiches déjà à jour', aide: 'Rien n’y change.', lines: of('inchangee') }
	];
}

function lineOf(proposal: Proposal, choices: Readonly<Record<string, string>>): Line {
	const { line, nom, notes, refused, kind } = proposal;
	const plain = { line, nom, notes, refused, said: '', changes: [], choices: [] };
	if (kind === 'refus') return { ...plain, said: proposal.reason };
	if (kind === 'hors') return { ...plain, said: proposal.place };
	if (kind === 'modification') return { ...plain, changes: proposal.changes };
	if (kind !== 'doublon') return plain;
	const chosen = choices[String(line)] ?? 'passer';
	const offered = proposal.likes.filter(isOffered);
	return {
		...plain,
		said: proposal.likes
			.map(
				(like) =>
					`${like.nom}${like.line === undefined ? '' : `, ligne ${like.line} de ce fichier`} (${like.why})`
			)
			.join(' · '),
		choices: [
			{ value: 'passer', label: 'Laisser cette ligne', changes: [] },
			...offered.map(({ known, nom, changes }) => ({
				value: `completer-${known?.id ?? 0}`,
				label: `C’est la même : compléter « ${nom} »`,
				changes
			})),
			{ value: 'garder', label: 'C’en est une autre : créer une fiche', changes: [] }
		].map((choice) => ({ ...choice, isChosen: choice.value === chosen }))
	};
}
