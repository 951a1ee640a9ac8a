import { fold } from './text.ts';
import type { Place, Token } from './tokens.ts';

/**
 * Words that say for what, or for whom, rather than when: « accueil téléphonique », « Certains services : ».
 * `colon`: it announces what follows. `known`: it begins as such things do. `aboutTime`: it says when, in a way not read.
 */
export type Label = Place & {
	kind: 'label';
	phone: boolean;
	colon: boolean;
	known: boolean;
	aboutTime: boolean;
};

/** A token, or words put together as a label. */
export type Labelled = Token | Label;

const PURPOSE =
	/^(?:(?:uniquement|seulement|exclusivement|accueil|ouvert(?:e|ure)?|permanences?|mairie|secretariat|le|la|les|l'|au|aux) ?)*(?:pour|reserve|service|etat civil|public|telephon|standard|par telephone|urbanisme|avec)/;

// A word about time that isn't understood can't be kept as if it changed nothing.
const ABOUT_TIME =
	/\b(?:hiver|printemps|automne|saison|vacances|veilles?|fetes?|noel|paques|toussaint|semaines?|quinzaine|jours?|mois|annee|parfois|souvent|possible|exception\w*|dates?|idem|meme|pas|ni|ou|fin|debut|variables?|autres?|heures?|environ|vers|apres|avant|demain|impairs?|pairs?|provisoire\w*|temporaire\w*|suspendue?s?|annulee?s?)\b/;

/** `tokens` with their unknown words put together; a telephone counts as one. */
export function labelsOf(tokens: readonly Token[], text: string): Labelled[] {
	const parts: Labelled[] = [];
	let at = 0;
	while (at < tokens.length) {
		const end = runEnd(tokens, at);
		const run = tokens.slice(at, end);
		const colon = tokens[end]?.kind === 'colon';
		const first = run[0];
		const last = run.at(-1);
		if (!first || !last) {
			const token = tokens[at];
			if (token) parts.push(token);
			at += 1;
			continue;
		}
		const words = fold(text.slice(first.from, last.to));
		parts.push({
			kind: 'label',
			from: first.from,
			to: last.to,
			phone: run.some(({ kind }) => kind === 'telephone'),
			colon: colon && !ABOUT_TIME.test(words),
			known: PURPOSE.test(words) && !ABOUT_TIME.test(words),
			aboutTime: ABOUT_TIME.test(words)
		});
		at = end;
	}
	return parts;
}

const WITHIN: readonly Token['kind'][] = ['word', 'nothing', 'telephone', 'and', 'appointment', 'to'];

/** The end of the run of words that begins at `at` and holds an unknown one; `at` when there is none. */
function runEnd(tokens: readonly Token[], at: number): number {
	const start = tokens[at]?.kind;
	if (start !== 'word' && start !== 'telephone' && start !== 'nothing') return at;
	let end = at;
	let last = at;
	for (let token = tokens[end]; token && WITHIN.includes(token.kind); token = tokens[end]) {
		end += 1;
		if (token.kind === 'word' || token.kind === 'telephone') last = end;
		// « Ateliers libres et RDV », « pour l'état civil uniquement »
		else if (last > at && (token.kind === 'appointment' || token.kind === 'nothing'))
			last = trimmed(tokens, at, end, last);
	}
	return last;
}

function trimmed(tokens: readonly Token[], at: number, end: number, last: number): number {
	const follows = tokens[end]?.kind;
	const isClosing = follows === undefined || follows === 'colon' || follows === 'stop' || follows === 'comma';
	return isClosing && last > at ? end : last;
}
