/*
 * The text of OSM opening_hours (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification) taken apart
 * into rules, without reading them further.
 */

/** What stands between a rule and the one before it: replace that day's hours, add to them, or fill what is left. */
export type Separator = ';' | ',' | '||';

/** One rule of an opening_hours text. */
export interface RuleText {
	separator: Separator;
	text: string;
}

const QUOTED = /"[^"]*"/g;
// A comma starts a new rule only after hours, a state or a comment, and before a day, a month, a week or a year.
const SEPARATORS =
	/\s*(;|\|\|)\s*|(?<=\d\d:\d\d\+?|\boff|\bclosed|\bopen|\bunknown|¤)\s*(,)\s+(?=[A-Z¤]|week|\d{4}\b)/;

/** The rules of `hours` in order; comments are kept, an empty rule is not. */
export function splitRules(hours: string): RuleText[] {
	const comments = hours.match(QUOTED) ?? [];
	const parts = hours.replace(QUOTED, '¤').split(SEPARATORS);
	let next = 0;
	const rules: RuleText[] = [];
	// split() leaves text, then its two captured separators (one of them undefined), then text…
	for (let index = 0; index < parts.length; index += 3) {
		const text = (parts[index] ?? '').replace(/¤/g, () => comments[next++] ?? '').trim();
		const separator = (parts[index - 2] ?? parts[index - 1] ?? ';') as Separator;
		if (text !== '') rules.push({ separator, text });
	}
	return rules;
}

/** The text of rules put together again. */
function joinRules(rules: readonly RuleText[]): string {
	return rules.reduce(
		(text, rule) => (text === '' ? rule.text : `${text}${rule.separator} ${rule.text}`),
		''
	);
}

/** `hours` without its comments. */
export function withoutComments(hours: string): string {
	return hours.replace(QUOTED, '');
}

/** Whether `hours` depend on public holidays. */
export function mentionsPublicHolidays(hours: string): boolean {
	return /\bPH\b/i.test(withoutComments(hours));
}

/** Whether `hours` depend on school holidays. */
export function mentionsSchoolHolidays(hours: string): boolean {
	return /\bSH\b/i.test(withoutComments(hours));
}

/** Whether `hours` begin by saying day and night, whatever the day; exceptions may follow. */
export function isRoundTheClock(hours: string): boolean {
	return /^\s*(24\/7|(Mo-Su\s+)?00:00-24:00|"[^"]*")(?=\s|;|,|"|$)/i.test(hours);
}

/** Whether `hours` say day and night, every day, without any exception. */
export function isAlways(hours: string): boolean {
	return isRoundTheClock(hours) && splitRules(hours).length === 1;
}

/**
 * `hours` as they stand on a day of the school holidays, or on a day of term: the same rules without « SH ».
 * Undefined when « SH » is used in a way not read here (« SH +1 day »), or nothing is left.
 */
export function withSchoolHolidays(hours: string, holiday: boolean): string | undefined {
	const rules: RuleText[] = [];
	for (const rule of splitRules(hours)) {
		const text = mentionsSchoolHolidays(rule.text) ? resolveSchoolHolidays(rule.text, holiday) : rule.text;
		if (text === undefined) return undefined;
		if (text !== '') rules.push({ separator: rule.separator, text });
	}
	return joinRules(rules);
}

const DAY = 'Mo|Tu|We|Th|Fr|Sa|Su';
const DAY_ITEM = `\\b(?:${DAY}|PH|SH)\\b(?:-(?:${DAY})\\b)?(?:\\[[-\\d,]+\\])?`;
const DAY_LISTS = new RegExp(`${DAY_ITEM}(?:\\s*,\\s*${DAY_ITEM})*:?`, 'gi');

/** One rule with its « SH » decided: '' when it says nothing of such a day, undefined when it can't be read. */
function resolveSchoolHolidays(text: string, holiday: boolean): string | undefined {
	if (/\bSH\s*[-+]/i.test(withoutComments(text))) return undefined;
	const lists = withoutComments(text).match(DAY_LISTS) ?? [];
	const list = lists.find((words) => /\bSH\b/i.test(words));
	if (list === undefined) return undefined;
	const others = list
		.replace(':', '')
		.split(/,(?![^[]*\])/)
		.map((word) => word.trim())
		.filter((word) => !/^SH$/i.test(word));
	if (holiday) return text.replace(list, lists.length > 1 ? '' : 'Mo-Su').trim();
	return others.length === 0 ? '' : text.replace(list, others.join(','));
}

/** Whether a comment of the hours says that one must have an appointment. */
export function isByAppointment(comment: string): boolean {
	return /rendez[- ]?vous|\brdv\b|appointment/i.test(comment);
}
