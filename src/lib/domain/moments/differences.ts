import type { MomentState, ReadMoment, StepState } from './state.ts';

/** How what is kept by its code is named: entries by their number, themes by their slug. */
export interface Names {
	entry(id: number): string;
	theme(slug: string): string;
}

/** A part of a situation that differs, in words; empty where there is nothing. */
export interface Difference {
	name: string;
	label: string;
	avant: string;
	apres: string;
}

interface Said {
	name: string;
	label: string;
	text: string;
}

/**
 * What differs from one state of a situation to another, field by field, in words: steps that stay, line by line. A step
 * that a commune leaves out of `after` is hidden there, not taken away.
 */
export function momentDifferences(
	before: MomentState,
	after: MomentState | ReadMoment,
	names: Names
): Difference[] {
	const hidden = 'cachees' in after ? after.cachees : [];
	const heads = headOf(before, names).map((one, i) => ({ ...one, now: headOf(after, names)[i]?.text ?? '' }));
	const changed = heads
		.filter(({ text, now }) => text !== now)
		.map(({ name, label, text, now }) => ({ name, label, avant: text, apres: now }));
	const kept = after.etapes.flatMap((step, i) => {
		const former = before.etapes.find(({ cle }) => cle === step.cle);
		const label = `Étape ${i + 1}`;
		if (!former) return [{ name: `etape-${step.cle}`, label, avant: '', apres: stepText(step, names) }];
		const lines = stepLines(step, names);
		return stepLines(former, names).flatMap(({ name, label: what, text }, j) => {
			const now = lines[j]?.text ?? '';
			return text === now
				? []
				: [{ name: `etape-${step.cle}-${name}`, label: `${label}, ${what}`, avant: text, apres: now }];
		});
	});
	const gone = before.etapes.flatMap((step, i) =>
		after.etapes.some(({ cle }) => cle === step.cle)
			? []
			: [
					{
						name: `etape-${step.cle}`,
						label: `Étape ${i + 1}, ${hidden.includes(step.cle) ? 'cachée ici' : 'retirée'}`,
						avant: stepText(step, names),
						apres: ''
					}
				]
	);
	return [...changed, ...kept, ...gone, ...orderChange(before, after)];
}

/** The steps that both have, when they come in another order. */
function orderChange(before: MomentState, after: MomentState): Difference[] {
	const common = (from: MomentState, to: MomentState) =>
		from.etapes.filter(({ cle }) => to.etapes.some((one) => one.cle === cle));
	const [was, is] = [common(before, after), common(after, before)];
	if (was.every(({ cle }, i) => is[i]?.cle === cle)) return [];
	const titles = (steps: StepState[]) => steps.map(({ titre }, i) => `${i + 1}. ${titre}`).join('\n');
	return [{ name: 'ordre', label: 'Ordre des étapes', avant: titles(was), apres: titles(is) }];
}

function headOf(state: MomentState, names: Names): Said[] {
	return [
		{ name: 'nom', label: 'Nom', text: state.nom },
		{ name: 'accroche', label: 'Accroche', text: state.accroche },
		{ name: 'introduction', label: 'Introduction', text: state.introduction },
		{ name: 'theme', label: 'Thème', text: names.theme(state.theme) },
		{ name: 'urgence', label: 'Urgente', text: state.urgence ? 'Oui' : 'Non' },
		{
			name: 'appeler',
			label: 'À appeler en premier',
			text: state.appeler === null ? 'La mairie de la commune' : names.entry(state.appeler)
		},
		{ name: 'mots', label: 'Mots pour la trouver', text: state.mots.join(', ') }
	];
}

function stepLines(step: StepState, names: Names): Said[] {
	const source = [step.source, step.source_lien].filter((part) => part !== null).join(', ');
	return [
		{ name: 'titre', label: 'titre', text: step.titre },
		{ name: 'texte', label: 'texte', text: step.texte },
		{ name: 'fiche', label: 'fiche', text: step.fiche === null ? '' : names.entry(step.fiche) },
		{ name: 'a_preparer', label: 'à préparer', text: step.a_preparer.join('\n') },
		{ name: 'source', label: 'source', text: source }
	];
}

function stepText(step: StepState, names: Names): string {
	const [titre, texte, fiche, things, source] = stepLines(step, names).map(({ text }) => text);
	return [
		titre,
		texte,
		fiche && `Fiche\u202f: ${fiche}`,
		things && `À préparer\u202f: ${things.replaceAll('\n', ', ')}`,
		source && `Source\u202f: ${source}`
	]
		.filter(Boolean)
		.join('\n');
}
