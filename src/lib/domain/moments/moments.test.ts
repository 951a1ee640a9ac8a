import { expect, test } from 'vitest';
import { mergeMoments, mergeOwnWords } from './conflict.ts';
import { momentDifferences } from './differences.ts';
import { changeSteps, checkMoment, checkOwnWords, stepsTyped, typedMoment, typedOwnWords } from './form.ts';
import { momentRead, type MomentState, noVariant, rebased, type StepState } from './state.ts';
import { momentWarnings } from './warnings.ts';

const step = (cle: string, more: Partial<StepState> = {}): StepState => ({
	cle,
	titre: `Titre ${cle}`,
	texte: `Texte ${cle}`,
	fiche: null,
	a_preparer: [],
	source: null,
	source_lien: null,
	...more
});
const common: MomentState = {
	nom: 'J’attends un enfant',
	accroche: 'Grossesse',
	introduction: 'Commencez par un rendez-vous.',
	theme: 'petite-enfance',
	urgence: false,
	appeler: 3,
	mots: ['enceinte'],
	etapes: [step('a', { fiche: 4, a_preparer: ['Carte Vitale'] }), step('b'), step('c')]
};
const everything = {
	hasTheme: (slug: string) => slug === 'petite-enfance',
	hasEntry: (id: number) => id > 0 && id < 10
};
const names = { entry: (id: number) => `Fiche n° ${id}`, theme: (slug: string) => slug };
const replace = (texte: string, base: string) => ({ mode: 'replace' as const, texte, base });

test('a form says what it was filled with', () => {
	expect(checkMoment(typedMoment(common), everything)).toEqual({ output: common });
	const own = {
		introduction: replace('Chez nous, appelez Léa.', common.introduction),
		etapes: { b: { mode: 'add' as const, texte: 'Le mardi.', base: 'Texte b' } },
		cachees: ['c'],
		ajouts: [{ ...step('z', { fiche: 5 }), apres: 'a' }]
	};
	expect(checkOwnWords(typedOwnWords(common, own), common, own, everything)).toEqual({ output: own });
});

test('a step moves, comes and goes in a form that isn’t sent yet', () => {
	const order = (change: string) =>
		stepsTyped(changeSteps(typedMoment(common), change, 'nouvelle')).map(({ cle }) => cle);
	expect(order('monter-2')).toEqual(['b', 'a', 'c']);
	expect(order('descendre-2')).toEqual(['a', 'c', 'b']);
	expect(order('monter-1')).toEqual(['a', 'b', 'c']);
	expect(order('retirer-1')).toEqual(['b', 'c']);
	expect(order('ajouter')).toEqual(['a', 'b', 'c', 'nouvelle']);
	expect(order('autre-chose')).toEqual(['a', 'b', 'c']);
});

test('what is missing or too long is said beside its field, and a step left blank is no step', () => {
	const typed = {
		...changeSteps(typedMoment(common), 'ajouter', 'blanche'),
		nom: '',
		theme: 'inconnu',
		appeler: '99',
		'etape-1-titre': 'x'.repeat(71),
		'etape-2-source_lien': 'www.service-public.gouv.fr/page',
		'etape-3-fiche': 'creche'
	};
	const { errors } = checkMoment(typed, everything);
	expect(Object.keys(errors ?? {}).sort()).toEqual([
		'appeler',
		'etape-1-titre',
		'etape-2-source',
		'etape-3-fiche',
		'nom',
		'theme'
	]);
	expect(errors?.['etape-1-titre']).toContain('le vôtre en a 71');
	const alone = changeSteps(changeSteps(typedMoment(common), 'retirer-1', ''), 'retirer-1', '');
	expect(checkMoment(alone, everything).errors?.etapes).toContain('au moins 2 étapes');
});

test('a commune that follows the common text doesn’t lose what it has just written', () => {
	const typed = { ...typedOwnWords(common, noVariant), 'commune-b-texte': 'Chez nous, le mardi.' };
	expect(checkOwnWords(typed, common, noVariant, everything).errors).toHaveProperty(['commune-b-choix']);
	const hiding = { ...typed, 'commune-b-choix': 'cacher' };
	expect(checkOwnWords(hiding, common, noVariant, everything).errors).toHaveProperty(['commune-b-choix']);
	const all = { 'commune-a-choix': 'cacher', 'commune-b-choix': 'cacher', 'commune-b-texte': '' };
	expect(checkOwnWords({ ...typed, ...all }, common, noVariant, everything).errors?.etapes).toContain(
		'au moins 2 étapes'
	);
});

test('words that stay as they were keep the common text that they knew', () => {
	const own = { ...noVariant, introduction: replace('Chez nous.', 'Ancien texte.') };
	const { output } = checkOwnWords(typedOwnWords(common, own), common, own, everything);
	expect(output?.introduction?.base).toBe('Ancien texte.');
	const typed = { ...typedOwnWords(common, own), introduction: 'Chez nous, ici.' };
	expect(checkOwnWords(typed, common, own, everything).output?.introduction?.base).toBe(common.introduction);
	expect(rebased(own, common).introduction?.base).toBe(common.introduction);
});

test('a commune reads the common steps with its own words, without those it hides, with its own in their place', () => {
	const read = momentRead(common, {
		introduction: null,
		etapes: { b: { mode: 'add', texte: 'Le mardi.', base: 'Texte b' } },
		cachees: ['a'],
		ajouts: [
			{ ...step('premiere'), apres: '' },
			{ ...step('suite'), apres: 'b' },
			{ ...step('perdue'), apres: 'partie' }
		]
	});
	expect(read.etapes.map(({ cle, isOwn }) => [cle, isOwn])).toEqual([
		['premiere', true],
		['b', false],
		['suite', true],
		['c', false],
		['perdue', true]
	]);
	expect(read.etapes[1]?.texte).toBe('Texte b\n\nLe mardi.');
});

test('differences are told field by field, and steps that moved as an order', () => {
	const after = {
		...common,
		urgence: true,
		etapes: [step('c'), step('a', { fiche: 5, a_preparer: [] }), step('d', { titre: 'Nouvelle' })]
	};
	expect(
		momentDifferences(common, after, names).map(({ label, avant, apres }) => [label, avant, apres])
	).toEqual([
		['Urgente', 'Non', 'Oui'],
		['Étape 2, fiche', 'Fiche n° 4', 'Fiche n° 5'],
		['Étape 2, à préparer', 'Carte Vitale', ''],
		['Étape 3', '', 'Nouvelle\nTexte d'],
		['Étape 2, retirée', 'Titre b\nTexte b', ''],
		['Ordre des étapes', '1. Titre a\n2. Titre c', '1. Titre c\n2. Titre a']
	]);
	expect(momentDifferences(common, common, names)).toEqual([]);
});

test('a common step that a commune leaves out is hidden there; one of its own that goes is taken away', () => {
	const before = momentRead(common, { ...noVariant, ajouts: [{ ...step('m'), apres: '' }] });
	const after = momentRead(common, { ...noVariant, cachees: ['b'] });
	expect(momentDifferences(before, after, names).map(({ label }) => label)).toEqual([
		'Étape 1, retirée',
		'Étape 3, cachée ici'
	]);
	expect(momentDifferences(after, before, names).map(({ label }) => label)).toEqual(['Étape 1', 'Étape 3']);
});

test('two edits at once: each keeps what it alone changed, and the last words are mine where both did', () => {
	const mine = {
		...common,
		accroche: 'La mienne',
		nom: 'Mon nom',
		etapes: [step('a', { titre: 'Mon titre', fiche: 4, a_preparer: ['Carte Vitale'] }), step('c'), step('m')]
	};
	const theirs = {
		...common,
		nom: 'Leur nom',
		theme: 'sante',
		etapes: [
			step('a', { texte: 'Leur texte', fiche: 4, a_preparer: ['Carte Vitale'] }),
			step('b', { texte: 'Réécrite' }),
			step('c'),
			step('t')
		]
	};
	const merged = mergeMoments(common, mine, theirs);
	expect(merged).toMatchObject({ nom: 'Mon nom', accroche: 'La mienne', theme: 'sante' });
	expect(merged.etapes.map(({ cle, titre, texte }) => [cle, titre, texte])).toEqual([
		['a', 'Mon titre', 'Leur texte'],
		// I took it away, they rewrote it: it stays.
		['b', 'Titre b', 'Réécrite'],
		['c', 'Titre c', 'Texte c'],
		['t', 'Titre t', 'Texte t'],
		['m', 'Titre m', 'Texte m']
	]);
});

test('two edits of a commune’s words at once keep both', () => {
	const before = { ...noVariant, cachees: ['a'] };
	const mine = { ...before, introduction: replace('Moi', 'x'), cachees: ['a', 'b'] };
	const theirs = { ...before, etapes: { c: replace('Eux', 'Texte c') }, cachees: [] };
	expect(mergeOwnWords(before, mine, theirs)).toEqual({
		introduction: replace('Moi', 'x'),
		etapes: { c: replace('Eux', 'Texte c') },
		cachees: ['b'],
		ajouts: []
	});
});

test('a number typed in a text, and a source nobody can follow, are told before publishing', () => {
	const state = {
		introduction: 'Appelez le 04 65 71 00 20.',
		etapes: [
			step('a'),
			step('b', { texte: 'Faites le 3919.', source: 'Un blog', source_lien: 'https://blog.example' })
		]
	};
	const warnings = momentWarnings(state, () => false);
	expect(warnings).toHaveLength(3);
	expect(warnings[0]).toMatch(/04 65 71 00 20.*dans l’introduction.*bouton de la fiche/);
	expect(warnings[1]).toMatch(/3919.*à l’étape 2/);
	expect(warnings[2]).toMatch(/étape 2.*sans lien/);
	expect(warnings[1]).toMatch(/choisissez la fiche/);
	expect(momentWarnings({ introduction: '', etapes: [step('a')] }, () => true)).toEqual([]);
	const own = { ...step('m', { texte: 'Faites le 3919.' }), isOwn: true };
	const ofCommune = momentWarnings({ ...state, etapes: [...state.etapes, own] }, () => true, {
		isCommune: true
	});
	expect(ofCommune).toHaveLength(3);
	for (const warning of ofCommune.slice(0, 2)) {
		expect(warning).toMatch(/sans ce numéro\. Pour une autre fiche, ajoutez une étape à vous\.$/);
		expect(warning).not.toMatch(/choisissez/);
	}
	expect(ofCommune[2]).toMatch(/choisissez la fiche/);
});
