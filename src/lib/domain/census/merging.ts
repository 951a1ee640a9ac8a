import { type Column, columns, type Target } from './columns.ts';
import { cellOf, type EntryState, type Placement, type Territory, valueOf } from './entry.ts';
import { areNear, nameKey } from './names.ts';
import { withValues } from './rows.ts';

/** Whose words stay for a field: the entry that stays, or the one that goes. */
export type Side = 'ici' | 'autre';

/** A field that two entries say differently, and whose words stay unless one chooses. */
export interface Choice extends Column {
	ici: string;
	autre: string;
	fuller: Side;
}

/** What is united rather than chosen, or stays that of the entry that stays: a source proves its own words only. */
const united: readonly Target[] = [
	'slug',
	'commune',
	'communes',
	'themes',
	'mots',
	'source',
	'source_lien',
	'releve_le'
];

/** Why `gone` can't be merged into `kept`, in French; undefined when it can. */
export function mergeProblem(kept: EntryState, gone: EntryState): string | undefined {
	if (kept.slug === gone.slug) return 'C’est la même fiche : choisissez-en une autre.';
	if (kept.commune === gone.commune || kept.commune === null) return undefined;
	return gone.commune === null
		? 'L’autre est une fiche commune à plusieurs communes : c’est elle qu’il faut garder.'
		: 'Ces deux fiches sont de deux communes : chacune garde la sienne.';
}

/** The fields that two entries say differently, in the order of an export. */
export function choicesBetween(kept: EntryState, gone: EntryState, territory: Territory): Choice[] {
	return columns
		.filter(({ target }) => !united.includes(target))
		.flatMap((column) => {
			const [ici, autre] = [kept, gone].map((state) => cellOf(column.target, state, territory));
			if (ici === undefined || autre === undefined || ici === autre) return [];
			return { ...column, ici, autre, fuller: autre.length > ici.length ? 'autre' : 'ici' };
		});
}

/** The entry that stays: field by field the words chosen, else the fuller ones; communes, themes and words united. */
export function mergedOf(
	kept: EntryState,
	gone: EntryState,
	sides: Partial<Record<string, Side>>,
	territory: Territory
): EntryState {
	const taken = choicesBetween(kept, gone, territory)
		.filter(({ target, fuller }) => (sides[target] ?? fuller) === 'autre')
		.map(({ target }) => [target, valueOf(target, gone)]);
	const merged = withValues(kept, Object.fromEntries(taken) as Record<string, unknown>);
	const served = new Set([...kept.communes, ...gone.communes]);
	return {
		...merged,
		communes:
			kept.commune === null
				? territory.places.map(({ slug }) => slug).filter((slug) => served.has(slug))
				: kept.communes,
		themes: placed([...kept.themes, ...gone.themes]),
		mots: [...new Set([...kept.mots, ...gone.mots])]
	};
}

/** One place a theme, the first. */
function placed(themes: readonly Placement[]): Placement[] {
	return themes.filter((one, i) => themes.findIndex(({ theme }) => theme === one.theme) === i);
}

/** Two entries that are likely the same, and why, in words. */
export interface Pair<Entry> {
	one: Entry;
	other: Entry;
	why: string;
}

/**
 * The pairs of entries likely the same that can be merged: near names where one commune reads both, or a telephone
 * that these two alone have. The one that can stay comes first.
 */
export function likelyPairs<Entry extends { state: EntryState }>(entries: readonly Entry[]): Pair<Entry>[] {
	const keyed = entries.map((entry) => ({ entry, key: nameKey(String(entry.state.facts.nom)) }));
	const phones = Map.groupBy(keyed, ({ entry }) => entry.state.facts.telephone);
	const pairs: Pair<Entry>[] = [];
	for (const [i, a] of keyed.entries())
		for (const b of keyed.slice(i + 1)) {
			const isNear =
				a.entry.state.communes.some((slug) => b.entry.state.communes.includes(slug)) && areNear(a.key, b.key);
			const phone = a.entry.state.facts.telephone;
			const isAlone =
				phone !== null && phone === b.entry.state.facts.telephone && phones.get(phone)?.length === 2;
			if (!isNear && !isAlone) continue;
			const why = isNear ? (isAlone ? 'nom proche et même téléphone' : 'nom proche') : 'même téléphone';
			const order = mergeProblem(a.entry.state, b.entry.state) === undefined ? [a, b] : [b, a];
			const [one, other] = order.map(({ entry }) => entry);
			if (one && other && mergeProblem(one.state, other.state) === undefined) pairs.push({ one, other, why });
		}
	return pairs;
}
