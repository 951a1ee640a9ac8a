import { splitRules, isByAppointment } from '../rules.ts';
import { readWeeklyRule } from '../weekly-rule.ts';
import { atomsOf } from './atoms.ts';
import { daysWords } from './days.ts';
import { writeOsm } from './osm.ts';
import { readStatements } from './reader.ts';
import { WHICH_DAYS, WHICH_HOURS, type Problem, type Statements } from './statements.ts';
import { tidy, typeset } from './text.ts';
import { tokensOf } from './tokens.ts';
import { scheduleOf } from './week.ts';

export type { Problem } from './statements.ts';

/** What a text of opening hours says, or what in it can't be read. */
export type FrenchHours =
	| {
			/** OSM opening_hours. */
			osm: string;
			/** What opening hours can't hold, in the writer's words, to be shown beside them. */
			precisions: string[];
			/** What the reading took for granted, in French, to be confirmed. */
			assumptions: string[];
	  }
	| { problems: Problem[] };

const LONGEST = 2000;
const LONGEST_OSM = 500;

/**
 * Opening hours as people write them in French, « du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi
 * après-midi », or already as OSM opening_hours. Nothing of the text is passed over: each word is understood, or kept
 * in `precisions`, or named in `problems`.
 */
export function readFrenchHours(written: string): FrenchHours {
	const text = written.normalize('NFC').trim();
	if (text === '') return refused('', 'écrivez des jours et des heures : « du lundi au vendredi 8h30-12h »');
	if (text.length > LONGEST) return refused('', `le texte est trop long : ${LONGEST} signes au plus`);
	if (isOsm(text)) return { osm: text, precisions: [], assumptions: [] };
	const assumptions: string[] = [];
	const atoms = atomsOf(tokensOf(text), text, (sentence) => assumptions.push(sentence));
	const said = readStatements(atoms, text);
	keepAside(said);
	const schedule = scheduleOf(said);
	const osm = writeOsm(schedule);
	if (said.problems.length === 0 && osm === '')
		said.problems.push({ fragment: tidy(text), sentence: 'aucune heure n’a été trouvée' });
	if (said.problems.length === 0 && (osm.length > LONGEST_OSM || !isOsm(osm)))
		said.problems.push({ fragment: '', sentence: 'ces horaires sont trop compliqués : simplifiez-les' });
	if (said.problems.length > 0) return { problems: distinct(said.problems) };
	return {
		osm,
		precisions: [...new Set(said.precisions)].map(typeset),
		assumptions: [...new Set([...assumptions, ...said.assumptions])].map(typeset)
	};
}

const MOST_TOLD = 4;

/** What wasn't understood, in one line: the first few pieces. */
export function problemsSentence(problems: readonly Problem[]): string {
	const told = problems.slice(0, MOST_TOLD).map(({ fragment, sentence }) => {
		const words = fragment === '' ? sentence : `« ${fragment} » : ${sentence}`;
		return `${words.charAt(0).toLocaleUpperCase('fr')}${words.slice(1)}`;
	});
	return typeset(`Horaires non compris. ${told.join(' ; ')}.`.replace('?.', '?'));
}

function refused(fragment: string, sentence: string): FrenchHours {
	return { problems: [{ fragment, sentence }] };
}

/** Each problem once; what is only missing because something else wasn't understood goes without saying. */
function distinct(problems: readonly Problem[]): Problem[] {
	const causes = problems.filter(({ sentence }) => sentence !== WHICH_HOURS && sentence !== WHICH_DAYS);
	const told = causes.length > 0 ? causes : problems;
	return [...new Map(told.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** Whether a text is opening_hours that the week is read from. */
function isOsm(text: string): boolean {
	const rules = splitRules(text);
	return rules.every(({ text: rule, separator }) =>
		separator === '||' ? /^"[^"]*"$/.test(rule) : readWeeklyRule(rule) !== undefined
	);
}

/** Comments that would be taken for « by appointment » are told beside the hours. */
function keepAside(said: Statements): void {
	for (const hours of said.hours) {
		if (hours.comment === undefined || (!isByAppointment(hours.comment) && !hours.appointment)) continue;
		const days = daysWords(hours.days);
		said.precisions.push(days === '' ? hours.comment : `${days} : ${hours.comment}`);
		delete hours.comment;
	}
}
