import {
	type Change,
	type EntryState,
	type Fact,
	factsOf,
	type Territory
} from '#lib/domain/census/entry.ts';
import type { Likeness, Proposal } from '#lib/domain/census/plan.ts';
import type { Refusal } from '#lib/domain/census/rows.ts';
import { outcomeOf } from '#lib/server/census/apply.ts';

/** A row as the review shows it. */
export interface Line {
	line: number;
	nom: string;
	/** Why it stands there. */
	said: string;
	/** The entry that is there already, where the row is that one. */
	path?: string;
	notes: readonly string[];
	refused: readonly Refusal[];
	changes: readonly Change[];
	/** What was understood of an entry to create. */
	facts: readonly Fact[];
	/** What may be done with a likely duplicate: the first is what is done. */
	choices: readonly LineChoice[];
}

/** One thing that may be done with a likely duplicate, and what comes of it. */
interface LineChoice {
	value: string;
	label: string;
	changes: readonly Change[];
	facts: readonly Fact[];
	isChosen: boolean;
}

/** Rows that have the same lot. */
export interface Part {
	name: string;
	titre: string;
	aide: string;
	proposals: Proposal[];
}

/** The rows of a plan by their lot, those that ask for a choice first. */
export function partsOf(proposals: readonly Proposal[]): Part[] {
	const of = (kind: Proposal['kind']) => proposals.filter((one) => one.kind === kind);
	return [
		{
			name: 'doublon',
			titre: 'Doublons probables',
			aide: 'Ces lignes ressemblent à des fiches qui existent. Tant que vous ne choisissez pas, rien n’en est importé.',
			proposals: of('doublon')
		},
		{
			name: 'modification',
			titre: 'Fiches à modifier',
			aide: 'Une case vide ne retire rien. Une fiche en ligne l’est aussitôt avec ses nouveaux mots.',
			proposals: of('modification')
		},
		{
			name: 'creation',
			titre: 'Fiches à créer',
			aide: 'Elles n’existaient pas. Voici ce que nous avons compris de chaque ligne.',
			proposals: of('creation')
		},
		{
			name: 'cases',
			titre: 'Lignes aux cases laissées de côté',
			aide: 'Ces lignes sont importées sans ces cases : corrigez le fichier, ou la fiche ensuite.',
			proposals: proposals.filter(({ refused, kind }) => refused.length > 0 && kind !== 'refus')
		},
		{ name: 'refus', titre: 'Lignes refusées', aide: 'Rien n’en est importé.', proposals: of('refus') },
		{
			name: 'hors',
			titre: 'Lignes hors du territoire',
			aide: 'Elles parlent d’une autre commune : rien n’en est importé.',
			proposals: of('hors')
		},
		{
			name: 'inchangee',
			titre: 'Fiches déjà à jour',
			aide: 'Rien n’y change.',
			proposals: of('inchangee')
		}
	];
}

/** A row as it is shown, given what was chosen. */
export function lineOf(
	proposal: Proposal,
	choices: Readonly<Record<string, string>>,
	territory: Territory
): Line {
	const { line, nom, notes, refused, kind } = proposal;
	const plain = { line, nom, notes, refused, said: '', changes: [], facts: [], choices: [] };
	if (kind === 'refus') return { ...plain, said: proposal.reason };
	if (kind === 'hors') return { ...plain, said: proposal.place };
	if (kind === 'creation')
		return {
			...plain,
			notes: [...notes, ...proposal.missing],
			facts: factsOf(proposal.created, territory)
		};
	if (kind === 'modification')
		return { ...plain, path: pathOf(proposal.known.state), changes: proposal.changes };
	if (kind === 'inchangee')
		return {
			...plain,
			said: `la fiche « ${String(proposal.known.state.facts.nom)} » le dit déjà`,
			path: pathOf(proposal.known.state)
		};
	return {
		...plain,
		said: proposal.likes.map(saidOf).join(' · '),
		choices: choicesOf(proposal, choices[String(line)] ?? 'passer', territory)
	};
}

function pathOf({ slug }: EntryState): string {
	return `/mairie/fiches/${slug}`;
}

function saidOf({ nom, line, why }: Likeness): string {
	return `ressemble à ${nom}${line === undefined ? '' : `, ligne ${line} de ce fichier`} (${why})`;
}

function choicesOf(
	{ likes, created }: Extract<Proposal, { kind: 'doublon' }>,
	chosen: string,
	territory: Territory
): LineChoice[] {
	const onto = likes.flatMap((like) =>
		(['completer', 'remplacer'] as const).flatMap((kind) => {
			const outcome = outcomeOf(like, kind);
			if (!outcome || !like.known) return [];
			const label =
				kind === 'completer'
					? `C’est la même : compléter « ${like.nom} », seulement ce qui manque`
					: `C’est la même : remplacer ce que dit « ${like.nom} »`;
			return { value: `${kind}-${like.known.id}`, label, changes: outcome.changes, facts: [] };
		})
	);
	return [
		{ value: 'passer', label: 'Laisser cette ligne', changes: [], facts: [] },
		...onto,
		{
			value: 'garder',
			label: 'C’en est une autre : créer une fiche',
			changes: [],
			facts: factsOf(created, territory)
		}
	].map((choice) => ({ ...choice, isChosen: choice.value === chosen }));
}
