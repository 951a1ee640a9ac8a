import type { Variant } from '../variants.ts';

/** One thing to do, as it is kept. */
export interface StepState {
	/** What names the step in its situation, whatever its place. */
	cle: string;
	titre: string;
	texte: string;
	/** The number of the entry that settles it. */
	fiche: number | null;
	a_preparer: string[];
	/** Who says so, when it isn't the entry. */
	source: string | null;
	source_lien: string | null;
}

/** All that a situation says, as its history keeps it. */
export interface MomentState {
	/** As people say it. */
	nom: string;
	/** A few words under its name, in lists. */
	accroche: string;
	introduction: string;
	/** The slug of its theme. */
	theme: string;
	/** The number comes before everything, and the page says how to leave it. */
	urgence: boolean;
	/** The number of the entry to call first; null: the commune's mairie. */
	appeler: number | null;
	/** Other words people search it by. */
	mots: string[];
	etapes: StepState[];
}

/** What a commune says in the place of a common text, or after it, and that text when it was written. */
export interface OwnText {
	mode: Variant['mode'];
	texte: string;
	base: string;
}

/** A step that a commune adds, after the common one of this key; first when it is empty. */
export interface OwnStep extends StepState {
	apres: string;
}

/** What a commune says of a situation in its own way; nothing at all where it follows the common text. */
export interface MomentVariant {
	introduction: OwnText | null;
	/** Its words on the common steps, by their key. */
	etapes: Record<string, OwnText>;
	/** The keys of the common steps that it leaves out. */
	cachees: string[];
	/** The steps of its own. */
	ajouts: OwnStep[];
}

/** A step as read in one place. */
export interface ReadStep extends StepState {
	/** Whether the commune added it. */
	isOwn: boolean;
}

/** A situation as read in one place. */
export interface ReadMoment extends Omit<MomentState, 'etapes'> {
	etapes: ReadStep[];
	/** The keys of the common steps that the commune leaves out. */
	cachees: readonly string[];
}

/** The longest texts, in characters, and how many steps there may be. */
export const momentLimits = {
	nom: 60,
	accroche: 45,
	introduction: 300,
	titre: 70,
	texte: 300,
	chose: 80,
	choses: 6,
	source: 300,
	mots: 400,
	leastSteps: 2,
	mostSteps: 7
} as const;

/** Nothing of its own. */
export const noVariant: MomentVariant = { introduction: null, etapes: {}, cachees: [], ajouts: [] };

/** Whether a commune says anything in its own way. */
export function isVaried({ introduction, etapes, cachees, ajouts }: MomentVariant): boolean {
	return introduction !== null || Object.keys(etapes).length + cachees.length + ajouts.length > 0;
}

/** A common text with what a commune says of it. */
export function textRead(common: string, own: OwnText | null | undefined): string {
	if (!own) return common;
	return own.mode === 'replace' ? own.texte : `${common}\n\n${own.texte}`;
}

/** A situation as one commune reads it. The common one is left as it was. */
export function momentRead(
	common: MomentState,
	{ introduction, etapes, cachees, ajouts }: MomentVariant = noVariant
): ReadMoment {
	const keys = new Set(common.etapes.map(({ cle }) => cle));
	const added = (after: string) =>
		ajouts.filter(({ apres }) => apres === after).map(({ apres: _, ...step }) => ({ ...step, isOwn: true }));
	const steps = common.etapes.flatMap((step) => [
		...(cachees.includes(step.cle)
			? []
			: [{ ...step, texte: textRead(step.texte, etapes[step.cle]), isOwn: false }]),
		...added(step.cle)
	]);
	const lost = ajouts.filter(({ apres }) => apres !== '' && !keys.has(apres)).flatMap(({ apres }) => apres);
	return {
		...common,
		introduction: textRead(common.introduction, introduction),
		cachees,
		// What followed a step that is no more comes last.
		etapes: [...added(''), ...steps, ...[...new Set(lost)].flatMap(added)]
	};
}

/** The same words, written over the common text of today. */
export function rebased(variant: MomentVariant, common: MomentState): MomentVariant {
	const now = new Map(common.etapes.map(({ cle, texte }) => [cle, texte]));
	return {
		...variant,
		introduction: variant.introduction && { ...variant.introduction, base: common.introduction },
		etapes: Object.fromEntries(
			Object.entries(variant.etapes).map(([cle, own]) => [cle, { ...own, base: now.get(cle) ?? '' }])
		)
	};
}
