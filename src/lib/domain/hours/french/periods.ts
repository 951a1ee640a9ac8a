import type { Month } from '../../dates.ts';
import type { Span } from '../weekly-rule.ts';
import type { Read } from './atoms.ts';
import type { Labelled } from './labels.ts';

/** A month, or one of its days. */
interface Point {
	month: Month;
	day?: number;
	year?: string;
	next: number;
}

const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const JOINS = ['and', 'comma', 'slash'];
const RANGES = ['dash', 'to', 'until'];

/** Months and days of the year that begin at `at`: « de septembre à juin », « du 1er au 15 août », « 14 juillet ». */
export function readPeriods(parts: readonly Labelled[], at: number): Read | undefined {
	const spans: Span[] = [];
	let next = at;
	for (;;) {
		const read = readPeriod(parts, next);
		if (!read) break;
		if (read.span === undefined)
			return {
				atom: { kind: 'problem', sentence: 'cette date n’existe pas, ou n’est pas comprise' },
				next: read.next
			};
		spans.push(...read.span);
		next = read.next;
		if (!JOINS.includes(parts[next]?.kind ?? '') || !readPeriod(parts, next + 1)) break;
		next += 1;
	}
	if (spans.length === 0) return undefined;
	return { atom: { kind: 'when', when: { kind: 'periodes', spans: joined(spans) } }, next };
}

/** One period; without `span` when it names a day that doesn't exist. */
function readPeriod(
	parts: readonly Labelled[],
	at: number
): { span: Span[] | undefined; next: number } | undefined {
	const days = daysOfOneMonth(parts, at);
	if (days) return days;
	const from = pointAt(parts, at);
	if (!from) return undefined;
	const join = parts[from.next];
	const end = parts[from.next];
	const isRange = join !== undefined && RANGES.includes(join.kind);
	const isNumericRange = end?.kind === 'date' && end.ends === true;
	const to = isNumericRange ? pointAt(parts, from.next) : isRange ? pointAt(parts, from.next + 1) : undefined;
	return { span: spanOf(from, to ?? from), next: (to ?? from).next };
}

/** « du 1er au 15 août », « les 24 et 31 décembre » */
function daysOfOneMonth(
	parts: readonly Labelled[],
	at: number
): { span: Span[] | undefined; next: number } | undefined {
	const first = dayAt(parts, at);
	const join = parts[at + 1]?.kind ?? '';
	const isRange = RANGES.includes(join);
	if (first === undefined || (!isRange && !JOINS.includes(join))) return undefined;
	const to = pointAt(parts, at + 2);
	if (to?.day === undefined || parts[at + 2]?.kind === 'date') return undefined;
	const { next, ...point } = to;
	const from = { ...point, day: first, next };
	if (isRange) return { span: first < to.day ? spanOf(from, to) : undefined, next };
	const [one, other] = [spanOf(from, from), spanOf(to, to)];
	return { span: one && other ? [...one, ...other] : undefined, next };
}

function dayAt(parts: readonly Labelled[], at: number): number | undefined {
	const part = parts[at];
	if (part?.kind === 'rank') return part.rank === 1 ? 1 : undefined;
	return part?.kind === 'number' && part.value >= 1 && part.value <= 99 ? part.value : undefined;
}

function pointAt(parts: readonly Labelled[], at: number): Point | undefined {
	const part = parts[at];
	if (part?.kind === 'date') return { ...part, next: at + 1 };
	const day = dayAt(parts, at);
	const place = day === undefined ? at : at + 1;
	const month = parts[place];
	if (month?.kind !== 'month') return undefined;
	const year = parts[place + 1];
	const hasYear = year?.kind === 'number' && year.value >= 2000 && year.value < 2100;
	return {
		month: month.month,
		...(day !== undefined && { day }),
		...(hasYear && { year: String(year.value) }),
		next: place + (hasYear ? 2 : 1)
	};
}

function spanOf(from: Point, to: Point): Span[] | undefined {
	if (from.day === undefined && to.day === undefined)
		return from.year === undefined && to.year === undefined
			? [{ kind: 'mois', de: from.month, a: to.month }]
			: undefined;
	if (from.day === undefined || to.day === undefined) return undefined;
	if (![from, to].every(exists)) return undefined;
	const debut = monthDay(from.month, from.day);
	const fin = monthDay(to.month, to.day);
	const lastYear = to.year ?? from.year;
	if (lastYear === undefined) return [{ kind: 'jours', debut, fin }];
	const firstYear = from.year ?? (debut <= fin ? lastYear : String(Number(lastYear) - 1));
	const dates = { debut: `${firstYear}-${debut}`, fin: `${lastYear}-${fin}` };
	return dates.debut <= dates.fin ? [{ kind: 'dates', ...dates }] : undefined;
}

function exists({ month, day = 1 }: Point): boolean {
	return month >= 1 && month <= 12 && day >= 1 && day <= (LAST_DAYS[month - 1] ?? 0);
}

function monthDay(month: Month, day: number): string {
	return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Months that follow each other as one span: « juillet et août ». */
function joined(spans: readonly Span[]): Span[] {
	return spans.reduce<Span[]>((before, span) => {
		const last = before.at(-1);
		if (last?.kind === 'mois' && span.kind === 'mois' && (last.a % 12) + 1 === span.de)
			return [...before.slice(0, -1), { kind: 'mois', de: last.de, a: span.a }];
		return [...before, span];
	}, []);
}
