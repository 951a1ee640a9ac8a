import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** Ages already said: choosing a plural is slow, and a list repeats a few ages. */
const said = new Map<string, string | undefined>();

/**
 * For whom, by age, in words: « De 3 mois à 4 ans », « De 3 à 11 ans », « À partir de 16 ans », « Jusqu’à 21 ans ».
 * Ages are whole months, both ends included; undefined when neither is given.
 */
export function agePhrase(min: number | null, max: number | null): string | undefined {
	const key = `${getLocale()} ${min} ${max}`;
	if (!said.has(key)) said.set(key, phraseOf(min, max));
	return said.get(key);
}

function phraseOf(min: number | null, max: number | null): string | undefined {
	if (min !== null && min > 0 && max !== null) {
		const isInYears = min % 12 === 0 && max >= 24;
		return m.age_de_a({ de: isInYears ? String(min / 12) : ageWords(min), a: ageWords(max) });
	}
	if (min !== null && min > 0) return m.age_des({ de: ageWords(min) });
	if (max !== null) return m.age_jusqua({ a: ageWords(max) });
	return undefined;
}

/** Months up to two years unless they make whole years, then years: « 18 mois », « 3 ans ». */
function ageWords(months: number): string {
	if (months < 24 && months % 12 !== 0) return m.age_mois({ n: months });
	return m.age_ans({ n: Math.floor(months / 12) });
}
