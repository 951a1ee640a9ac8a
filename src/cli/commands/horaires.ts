import { problemsSentence, readFrenchHours } from '#lib/domain/hours/french/french.ts';
import { UsageError } from '../run.ts';
import type { Command, Result } from './command.ts';

export const horaires: Command = {
	usage: 'horaires "TEXTE"',
	summary: 'des horaires écrits en français, en langage opening_hours d’OpenStreetMap',
	needs: 'nothing',
	run(args) {
		if (args.length === 0)
			throw new UsageError('Donnez un texte : annuaire horaires "du lundi au vendredi 8h30-12h".');
		return Promise.resolve(read(args.join(' ')));
	}
};

function read(text: string): Result {
	const found = readFrenchHours(text);
	if ('problems' in found) {
		const sentence = problemsSentence(found.problems);
		const non_compris = found.problems.map(({ fragment, sentence: raison }) => ({ texte: fragment, raison }));
		return { lines: [], warnings: [sentence], data: { erreur: sentence, non_compris }, failed: true };
	}
	const { osm, precisions, assumptions } = found;
	return {
		lines: [osm],
		warnings: [
			...precisions.map((one) => `À garder à côté des horaires : ${one}.`),
			...assumptions.map((one) => `À confirmer : ${one}.`)
		],
		data: {
			horaires_accueil: osm,
			...(precisions.length > 0 && { horaires_precisions: precisions.join('\n') }),
			...(assumptions.length > 0 && { a_confirmer: assumptions })
		}
	};
}
