import { searchTextOf } from '#lib/domain/search/entry.ts';
import {
	type Group,
	hasGroup,
	type Lexicon,
	marks,
	inText,
	placeOf,
	readQuery
} from '#lib/domain/search/query.ts';
import { keptUntilEdit } from '../database/kept.ts';
import type { Db } from '../database/schema.ts';
import type { MomentLink } from '#lib/domain/moments/page.ts';
import { type KnownMoment, listMoments, momentsIn } from '../moments.ts';
import { lexiconOf } from './lexicon.ts';

/** A situation as it is searched. */
interface Indexed {
	slug: string;
	/** As `searchTextOf` writes them. */
	mots: string;
	racines: string;
}

/** Most situations given for a search. */
const most = 2;

/**
 * The situations that answer a search, in `commune` or in the common base, the best first, two at most: all the words are
 * among theirs, and one at least in the name, the few words under it or those it is searched by. Anything may be typed.
 */
export async function searchMoments(db: Db, q: string, commune?: string): Promise<MomentLink[]> {
	const index = await keptUntilEdit(db, `moments searched ${commune ?? ''}`, async () =>
		(await momentsIn(db, commune)).filter(({ isHidden }) => !isHidden).map(indexed)
	);
	const lexicon = withMoments(await lexiconOf(db), index);
	const { groups, elsewhere } = readQuery(q, lexicon, commune);
	if (groups.length === 0 || elsewhere.length > 0) return [];
	const best = index
		.filter(({ racines }) => groups.every((group) => hasGroup(racines, group)))
		.map(({ slug, mots }) => ({ slug, score: scoreOf(mots, groups) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, most);
	const links = new Map((await listMoments(db, commune)).map((link) => [link.slug, link]));
	return best.flatMap(({ slug }) => links.get(slug) ?? []);
}

/** What tells most of a situation is its name; what its steps say only confirms. */
function scoreOf(mots: string, groups: readonly Group[]): number {
	return groups.reduce((sum, group) => {
		const place = placeOf(mots, group);
		return sum + (place > inText ? place * group.weight : 0);
	}, 0);
}

function indexed({ slug, state }: KnownMoment): Indexed {
	const { mots, racines } = searchTextOf(
		{
			nom: state.nom,
			nom_court: null,
			resume: null,
			description: [
				state.introduction,
				...state.etapes.flatMap(({ titre, texte, a_preparer }) => [titre, texte, ...a_preparer])
			].join('\n'),
			publics: [],
			publics_precisions: null,
			mode_garde: null,
			frais_precisions: null,
			mobilisation_precisions: null,
			demarches: [],
			a_apporter_precisions: null,
			horaires_precisions: null,
			telephone: null,
			sms: null,
			ville: null,
			mots: [state.accroche, ...state.mots]
		},
		{ themes: [], others: [], communes: [] }
	);
	return { slug, mots, racines: ` ${racines} ` };
}

/** What is known of words, by the entries and by the situations. */
function withMoments(lexicon: Lexicon, index: readonly Indexed[]): Lexicon {
	const stems = new Map(lexicon.stems);
	for (const { racines } of index)
		for (const word of new Set(racines.trim().split(' ')))
			if (word.startsWith(marks.anywhere)) {
				const stem = word.slice(marks.anywhere.length);
				stems.set(stem, (stems.get(stem) ?? 0) + 1);
			}
	return { ...lexicon, texts: lexicon.texts + index.length, stems };
}
