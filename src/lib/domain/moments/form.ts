import type { Checked, FormErrors } from '../forms.ts';
import { tidyText } from '../forms.ts';
import { tooLong, tidyTyped } from '../typography.ts';
import { readWebAddress } from '../web-address.ts';
import {
	momentLimits as limits,
	momentRead,
	type MomentState,
	type MomentVariant,
	type OwnStep,
	type OwnText,
	type StepState
} from './state.ts';

/** A situation's form, or a commune's, as typed: the fields by their names in the page. */
export type TypedMoment = Record<string, string>;

/** A step as typed. */
export interface TypedStep {
	cle: string;
	titre: string;
	texte: string;
	/** The number of the entry that is chosen, or nothing. */
	fiche: string;
	/** What is searched among the entries, not yet chosen. */
	cherche: string;
	a_preparer: string;
	source: string;
	source_lien: string;
	/** After which common step a commune adds it. */
	apres: string;
}

const stepFields = [
	'cle',
	'titre',
	'texte',
	'fiche',
	'cherche',
	'a_preparer',
	'source',
	'source_lien',
	'apres'
] as const;

const emptyStep: TypedStep = {
	cle: '',
	titre: '',
	texte: '',
	fiche: '',
	cherche: '',
	a_preparer: '',
	source: '',
	source_lien: '',
	apres: ''
};

/** More steps than these are never read from a form. */
const mostRead = 12;

const head = [
	'nom',
	'accroche',
	'introduction',
	'introduction-choix',
	'theme',
	'urgence',
	'appeler',
	'appeler-cherche',
	'mots'
];

/** Whether a form of situations has a field of this name. */
export function isMomentField(name: string): boolean {
	return (
		head.includes(name) ||
		/^commune-[a-z0-9-]{1,40}-(choix|texte)$/.test(name) ||
		new RegExp(`^etape-\\d{1,2}-(${stepFields.join('|')})$`).test(name)
	);
}

/** The steps of a form, in order. */
export function stepsTyped(typed: TypedMoment): TypedStep[] {
	const steps: TypedStep[] = [];
	for (let i = 1; i <= mostRead && `etape-${i}-titre` in typed; i++)
		steps.push(
			Object.fromEntries(
				stepFields.map((field) => [field, typed[`etape-${i}-${field}`] ?? ''])
			) as unknown as TypedStep
		);
	return steps;
}

/** The same form with other steps. */
export function withSteps(typed: TypedMoment, steps: readonly TypedStep[]): TypedMoment {
	const others = Object.entries(typed).filter(([name]) => !/^etape-\d/.test(name));
	const fields = steps.flatMap((step, i) =>
		stepFields.map((field): [string, string] => [`etape-${i + 1}-${field}`, step[field]])
	);
	return Object.fromEntries([...others, ...fields]);
}

/** What may be done to the steps of a form before it is sent. `key` names the step that is added. */
export function changeSteps(typed: TypedMoment, change: string, key: string): TypedMoment {
	const steps = stepsTyped(typed);
	const [, what, place] = /^(ajouter|monter|descendre|retirer)(?:-(\d{1,2}))?$/.exec(change) ?? [];
	const at = Number(place ?? 0) - 1;
	const step = steps[at];
	if (what === 'ajouter' && steps.length < limits.mostSteps) steps.push({ ...emptyStep, cle: key });
	if (what === 'retirer' && step) steps.splice(at, 1);
	const to = what === 'monter' ? at - 1 : what === 'descendre' ? at + 1 : -1;
	if (step && to >= 0 && to < steps.length) {
		steps.splice(at, 1);
		steps.splice(to, 0, step);
	}
	return withSteps(typed, steps);
}

function typedStep(step: StepState, apres = ''): TypedStep {
	return {
		cle: step.cle,
		titre: step.titre,
		texte: step.texte,
		fiche: String(step.fiche ?? ''),
		cherche: '',
		a_preparer: step.a_preparer.join('\n'),
		source: step.source ?? '',
		source_lien: step.source_lien ?? '',
		apres
	};
}

/** The form of a situation's common words as it is first shown; a new one has room for `keys.length` steps. */
export function typedMoment(state: MomentState, keys: readonly string[] = []): TypedMoment {
	const blank = keys.map((cle) => ({ ...emptyStep, cle }));
	return withSteps(
		{
			nom: state.nom,
			accroche: state.accroche,
			introduction: state.introduction,
			theme: state.theme,
			urgence: state.urgence ? 'oui' : '',
			appeler: String(state.appeler ?? ''),
			mots: state.mots.join('\n')
		},
		[...state.etapes.map((step) => typedStep(step)), ...blank]
	);
}

/** The form of what a commune says as it is first shown. */
export function typedOwnWords(common: MomentState, own: MomentVariant): TypedMoment {
	const steps = common.etapes.flatMap(({ cle }) => [
		[`commune-${cle}-choix`, own.cachees.includes(cle) ? 'cacher' : (own.etapes[cle]?.mode ?? 'suivre')],
		[`commune-${cle}-texte`, own.etapes[cle]?.texte ?? '']
	]);
	return withSteps(
		{
			'introduction-choix': own.introduction?.mode ?? 'suivre',
			introduction: own.introduction?.texte ?? '',
			...(Object.fromEntries(steps) as TypedMoment)
		},
		own.ajouts.map((step) => typedStep(step, step.apres))
	);
}

/** What may be chosen in a form. */
export interface MomentChoices {
	hasTheme(slug: string): boolean;
	hasEntry(id: number): boolean;
}

/** Fields of a form that hold no words. */
const wordless = /^(?:theme|urgence|appeler|.*-(?:choix|cle|apres|fiche|source_lien))$/;

/** What was typed with the typography of French; lines that were there stay to the letter. */
function tidied(typed: TypedMoment, ...stored: TypedMoment[]): TypedMoment {
	const lines = stored.flatMap((form) => Object.values(form)).join('\n');
	return Object.fromEntries(
		Object.entries(typed).map(([name, text]) => [
			name,
			wordless.test(name) ? text : tidyTyped(tidyText(text), lines)
		])
	);
}

/**
 * The common words of a situation, checked; French sentences by field for what must be corrected. `before` is what it
 * said until then.
 */
export function checkMoment(
	sent: TypedMoment,
	choices: MomentChoices,
	before?: MomentState
): Checked<MomentState> {
	const typed = tidied(sent, ...(before ? [typedMoment(before)] : []));
	const errors: FormErrors = {};
	const phrase = reader(typed, errors);
	const state = {
		nom: phrase('nom', limits.nom),
		accroche: phrase('accroche', limits.accroche),
		introduction: phrase('introduction', limits.introduction),
		theme: typed.theme ?? '',
		urgence: typed.urgence === 'oui',
		appeler: readEntry(typed.appeler ?? ''),
		mots: linesIn(typed.mots ?? ''),
		etapes: readSteps(typed, choices, errors).map(({ apres: _, ...step }) => step)
	};
	if (!choices.hasTheme(state.theme)) errors.theme = 'Choisissez un thème.';
	if (state.appeler !== null && !choices.hasEntry(state.appeler)) errors.appeler = notOffered;
	checkLength('mots', state.mots.join('\n'), limits.mots, errors);
	const count = state.etapes.length;
	if (count < limits.leastSteps)
		errors.etapes = `Il faut au moins ${limits.leastSteps} étapes : ajoutez ce que la personne fait ensuite.`;
	if (count > limits.mostSteps) errors.etapes = tooManySteps;
	return Object.keys(errors).length > 0 ? { errors } : { output: state };
}

const notOffered = 'Cette fiche n’est pas proposée ici : cherchez-en une autre.';
const tooManySteps = `${limits.mostSteps} étapes au plus : une page plus longue ne se lit plus.`;

/** What a commune says of a situation, checked. `before` is what it said until then. */
export function checkOwnWords(
	sent: TypedMoment,
	common: MomentState,
	before: MomentVariant,
	choices: MomentChoices
): Checked<MomentVariant> {
	const typed = tidied(sent, typedOwnWords(common, before), typedMoment(common));
	const errors: FormErrors = {};
	const introduction = readOwn(
		typed,
		{ choice: 'introduction-choix', text: 'introduction', max: limits.introduction },
		common.introduction,
		before.introduction,
		errors
	);
	const keys = new Set(common.etapes.map(({ cle }) => cle));
	// Words on a step that is no more wait until the commune decides.
	const etapes = Object.fromEntries(Object.entries(before.etapes).filter(([cle]) => !keys.has(cle)));
	const cachees: string[] = [];
	for (const { cle, texte } of common.etapes) {
		const names = { choice: `commune-${cle}-choix`, text: `commune-${cle}-texte`, max: limits.texte };
		if (typed[names.choice] === 'cacher') {
			cachees.push(cle);
			if (![undefined, '', before.etapes[cle]?.texte].includes(typed[names.text]))
				errors[names.choice] =
					'Vous avez écrit un texte pour une étape que vous cachez : videz la case, ou cochez autre chose.';
			continue;
		}
		const own = readOwn(typed, names, texte, before.etapes[cle], errors);
		if (own) etapes[cle] = own;
	}
	const ajouts = readSteps(typed, choices, errors, keys);
	const output = { introduction, etapes, cachees, ajouts };
	const count = momentRead(common, output).etapes.length;
	if (count < limits.leastSteps)
		errors.etapes = `Il faut laisser au moins ${limits.leastSteps} étapes. Pour ne rien montrer de cette situation, cachez-la.`;
	if (count > limits.mostSteps && ajouts.length > 0)
		errors.etapes = `${tooManySteps} Cachez une étape commune, ou retirez l’une des vôtres.`;
	return Object.keys(errors).length > 0 ? { errors } : { output };
}

function readOwn(
	typed: TypedMoment,
	names: { choice: string; text: string; max: number },
	base: string,
	before: OwnText | null | undefined,
	errors: FormErrors
): OwnText | null {
	const choice = typed[names.choice] ?? '';
	const texte = tidyText(typed[names.text] ?? '');
	if (choice === 'suivre') {
		// Following the common text would lose what was just typed.
		if (texte !== '' && texte !== before?.texte)
			errors[names.choice] =
				'Vous avez écrit un texte : cochez « Ajouter le mien à la suite » ou « Mettre le mien à la place », ou videz la case.';
		return null;
	}
	if (choice !== 'add' && choice !== 'replace') {
		errors[names.choice] = 'Choisissez dans la liste.';
		return null;
	}
	reader(typed, errors)(names.text, names.max);
	if (before?.mode === choice && before.texte === texte) return before;
	return { mode: choice, texte, base };
}

const garbled = 'Ce formulaire est arrivé abîmé : rechargez la page et recommencez.';

/**
 * The steps that something was typed in; what is wrong in each goes to `errors`, by the name of its field. `common` are the
 * keys of the common steps, among which a commune's own are placed.
 */
function readSteps(
	typed: TypedMoment,
	choices: MomentChoices,
	errors: FormErrors,
	common: ReadonlySet<string> = new Set()
): OwnStep[] {
	const seen = new Set(common);
	const phrase = reader(typed, errors);
	return stepsTyped(typed).flatMap((step, i): OwnStep[] => {
		const { cle, apres, cherche, ...said } = step;
		if (Object.values({ ...said, cherche }).every((text) => tidyText(text) === '')) return [];
		if (!/^[a-z0-9-]{1,40}$/.test(cle) || seen.has(cle)) errors.etapes = garbled;
		seen.add(cle);
		const name = (field: keyof TypedStep) => `etape-${i + 1}-${field}`;
		if (apres !== '' && !common.has(apres)) errors[name('apres')] = 'Choisissez dans la liste.';
		const fiche = readEntry(step.fiche);
		if (fiche !== null && !choices.hasEntry(fiche)) errors[name('fiche')] = notOffered;
		const things = linesIn(step.a_preparer);
		const tooWide = things.find((thing) => thing.length > limits.chose);
		if (things.length > limits.choses)
			errors[name('a_preparer')] = `${limits.choses} choses au plus : gardez ce qui manque le plus souvent.`;
		else if (tooWide !== undefined) errors[name('a_preparer')] = tooLong(tooWide.length, limits.chose);
		const source = tidyText(step.source);
		checkLength(name('source'), source, limits.source, errors);
		const address = tidyText(step.source_lien);
		const link = address === '' ? null : readWebAddress(address);
		if (link === undefined)
			errors[name('source_lien')] =
				'Cette adresse ne se lit pas. Copiez-la depuis le site : elle commence par https://';
		else if (link !== null && source === '')
			errors[name('source')] = 'Dites de qui est cette adresse : le nom du site suffit.';
		return [
			{
				cle,
				titre: phrase(name('titre'), limits.titre),
				texte: phrase(name('texte'), limits.texte),
				fiche,
				a_preparer: things,
				source: source === '' ? null : source,
				source_lien: link ?? null,
				apres
			}
		];
	});
}

function reader(typed: TypedMoment, errors: FormErrors): (name: string, max: number) => string {
	return (name, max) => {
		const text = tidyText(typed[name] ?? '');
		if (text === '') errors[name] = 'Ce texte ne peut pas être vide.';
		checkLength(name, text, max, errors);
		return text;
	};
}

function checkLength(name: string, text: string, max: number, errors: FormErrors): void {
	if (text.length > max) errors[name] = tooLong(text.length, max);
}

/** The number of an entry; null when none is chosen, and one that nothing bears when it isn't a number. */
function readEntry(text: string): number | null {
	if (text === '') return null;
	return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function linesIn(text: string): string[] {
	return tidyText(text)
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** How a form names its fields, for the summary of what must be corrected. */
export function momentLabels(typed: TypedMoment, common?: MomentState): Record<string, string> {
	const names: Record<keyof TypedStep, string> = {
		cle: 'étape',
		titre: 'titre',
		texte: 'texte',
		fiche: 'fiche',
		cherche: 'fiche',
		a_preparer: 'à préparer',
		source: 'source',
		source_lien: 'adresse de la source',
		apres: 'place'
	};
	const label = common ? 'Votre étape' : 'Étape';
	return Object.fromEntries([
		['nom', 'Nom'],
		['accroche', 'Accroche'],
		['introduction', 'Introduction'],
		['introduction-choix', 'Introduction'],
		['theme', 'Thème'],
		['appeler', 'À appeler en premier'],
		['mots', 'Mots pour la trouver'],
		['etapes', 'Étapes'],
		...(common?.etapes ?? []).flatMap(({ cle }, i) => [
			[`commune-${cle}-choix`, `Étape ${i + 1}`],
			[`commune-${cle}-texte`, `Étape ${i + 1}`]
		]),
		...stepsTyped(typed).flatMap((_, i) =>
			stepFields.map((field) => [`etape-${i + 1}-${field}`, `${label} ${i + 1}, ${names[field]}`])
		)
	]) as Record<string, string>;
}
