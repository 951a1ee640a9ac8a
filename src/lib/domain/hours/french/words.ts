import type { Month, Weekday } from '../../dates.ts';

/*
 * The words in which opening hours are written in French, after `fold`: no accent, lower case. Each entry reads one
 * token; the first that matches wins, so what is longer or more exact comes first.
 */

export type Half = 'matin' | 'apres-midi' | 'soir';

/** What a word says, by itself. */
export type Meaning =
	| { kind: 'days'; days: Weekday[]; assumes?: string }
	| { kind: 'day'; day: Weekday; assumes?: string }
	| { kind: 'rank'; rank: number }
	| { kind: 'of-month' }
	| { kind: 'month'; month: Month }
	| { kind: 'summer' }
	| { kind: 'date'; month: Month; day: number; year?: string; ends?: true }
	| { kind: 'time'; hour: number; minute: number }
	| { kind: 'number'; value: number }
	| { kind: 'always' }
	| { kind: 'week'; parite: 'paires' | 'impaires' }
	| { kind: 'holidays'; term: boolean }
	| { kind: 'public-holidays'; falling?: true }
	| { kind: 'with-public-holidays' }
	| { kind: 'half'; half: Half; every?: true }
	| { kind: 'closed' }
	| { kind: 'appointment' }
	| { kind: 'otherwise-appointment' }
	| { kind: 'walk-in' }
	| { kind: 'sometimes'; day?: Weekday }
	| { kind: 'except' }
	| { kind: 'also' }
	| { kind: 'until' }
	| { kind: 'from' }
	| { kind: 'between' }
	| { kind: 'to' }
	| { kind: 'and' }
	| { kind: 'telephone' }
	| { kind: 'nothing' }
	| { kind: 'dash' | 'comma' | 'slash' | 'double-slash' | 'stop' | 'colon' };

interface Word {
	pattern: RegExp;
	means(found: RegExpExecArray): Meaning;
}

const DAY_NAMES = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const MONTH_STARTS = ['jan', 'fev', 'mar', 'avr', 'mai', 'juin', 'juil', 'aou', 'sep', 'oct', 'nov', 'dec'];

/** Days in full, as they are said in what is kept beside the hours. */
export const dayName = (day: Weekday): string => DAY_NAMES[day - 1] ?? '';

export function dayOf(word: string): Weekday {
	return (DAY_NAMES.findIndex((name) => name.startsWith(word.slice(0, 2))) + 1) as Weekday;
}

function monthOf(word: string): Month {
	return (MONTH_STARTS.findIndex((start) => word.startsWith(start)) + 1) as Month;
}

// A full stop after a whole word ends a sentence; after the others it belongs to them.
const DAY =
	'(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\\b|(?:lun|mar|mercr|merc|mer|jeu|vend|ven|sam|dim|lu|ma|me|je|ve|sa|di)\\b\\.?)';
const MONTH =
	'(?:(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\\b|(?:janv|jan|fevr|fev|avr|juil|sept|sep|oct|nov|dec)\\b\\.?)';
const APPOINTMENT = '(?:rendez[- ]?vous|r\\.?d\\.?v\\b\\.?|r\\.v\\.)';
const ONLY = '(?:uniquement|seulement|exclusivement)';
const HOLIDAYS = '(?:les |des )?vacances(?: scolaires?)?\\b(?! d)';
const H24 = '24 ?h?(?:eures?)?';

const RANKS: [RegExp, number][] = [
	[/^(?:1|prem)/, 1],
	[/^(?:2|sec|deux)/, 2],
	[/^(?:3|trois)/, 3],
	[/^(?:4|quat)/, 4],
	[/^(?:5|cinq)/, 5],
	[/^der/, -1]
];

function word(source: string, means: Meaning | ((found: RegExpExecArray) => Meaning)): Word {
	// Two words may stand apart by more than one space.
	const pattern = source.replace(/(?<!\[-) (\?)?/g, (_, optional?: string) => (optional ? ' *' : ' +'));
	return {
		pattern: new RegExp(pattern, 'y'),
		means: typeof means === 'function' ? means : () => means
	};
}

function timeOf(found: RegExpExecArray): Meaning {
	return { kind: 'time', hour: Number(found[1]), minute: Number(found[2] ?? 0) };
}

function datedOf(found: RegExpExecArray): Meaning {
	const [words, day, month, year] = found;
	return {
		kind: 'date',
		day: Number(day),
		month: Number(month) as Month,
		...(year !== undefined && { year: year.length === 2 ? `20${year}` : year }),
		...(/^(?:au|jusqu)/.test(words) && { ends: true })
	};
}

/** Every word read here. */
export const WORDS: readonly Word[] = [
	word(`(?:${H24} ?(?:/|sur) ?${H24}|h24|jour et nuit)(?![\\w:])`, { kind: 'always' }),
	word(
		'(?:7 ?j?(?:ours?)? ?(?:/|sur) ?7(?: ?j(?:ours?)?)?|tous les jours|chaque jour|tlj)\\b(?! ouvr| feri| de (?:la )?sem| impair| pair)',
		{ kind: 'days', days: [1, 2, 3, 4, 5, 6, 7] }
	),
	word('(?:tous )?(?:les )?jours ouvres?\\b', {
		kind: 'days',
		days: [1, 2, 3, 4, 5],
		assumes: 'les jours ouvrés sont lus du lundi au vendredi'
	}),
	word('(?:tous )?(?:les )?jours ouvrables?\\b', {
		kind: 'days',
		days: [1, 2, 3, 4, 5, 6],
		assumes: 'les jours ouvrables sont lus du lundi au samedi'
	}),
	word(
		`(?:en |les |des |aux? |pendant les |la )?(?:sem(?:aine)?s?\\.?) (im)?paires?\\b(?: ${ONLY})?`,
		(found) => ({ kind: 'week', parite: found[1] ? 'impaires' : 'paires' })
	),
	word(
		`(?:1|une?) (${DAY}|semaine|jour|fois|mois) (?:sur (?:2|deux|3|trois|4|quatre)|par (?:mois|semaine|trimestre|an))\\b`,
		sometimes
	),
	word(`(?:certaines?|quelques) (${DAY}|semaines|jours|mois|matins|apres-midis?)\\b`, sometimes),
	word('tous les (?:15|quinze) jours\\b', { kind: 'sometimes' }),
	word('(?:selon|sous reserve|en fonction|si) [^,;:()\\n.]+', { kind: 'sometimes' }),
	word('(?:en semaine|la semaine|(?:les )?jours de (?:la )?semaine)\\b(?! [abp12]\\b)', {
		kind: 'days',
		days: [1, 2, 3, 4, 5],
		assumes: '« en semaine » est lu du lundi au vendredi'
	}),
	word('(?:le |les |en )?week[- ]?ends?\\b', { kind: 'days', days: [6, 7] }),
	word(
		`(?:en dehors de (?:ces|ses) (?:horaires|heures|creneaux)|hors (?:de )?ces (?:horaires|heures)|en dehors|sinon|le reste du temps|autrement|ou(?: bien)?),? ?:? ?(?:uniquement )?(?:sur |avec |par )?${APPOINTMENT}`,
		{ kind: 'otherwise-appointment' }
	),
	word(`sans ${APPOINTMENT}`, { kind: 'walk-in' }),
	word(`(?:${ONLY} )?(?:(?:sur|avec|par) (?:prise de )?)?${APPOINTMENT}(?: ${ONLY}| obligatoire(?:ment)?)?`, {
		kind: 'appointment'
	}),
	word('(?:y compris|meme|et aussi|ouvert)(?: pendant)? (?:les )?(?:jours? )?feries?\\b', {
		kind: 'with-public-holidays'
	}),
	word('(?:les )?(?:jours? )?feries? (?:inclus|compris)\\b', { kind: 'with-public-holidays' }),
	word(`(?:y compris|meme)(?: pendant| durant)? ${HOLIDAYS}`, { kind: 'nothing' }),
	word('(?:les )?jours? feries? tombant\\b', { kind: 'public-holidays', falling: true }),
	word('(?:les )?(?:jours? )?feries?\\b', { kind: 'public-holidays' }),
	word(`hors(?: pendant)? ${HOLIDAYS}`, { kind: 'holidays', term: true }),
	word('(?:en |pendant (?:la |les )?|durant (?:la |les )?)?(?:periodes?|temps|annee) scolaires?\\b', {
		kind: 'holidays',
		term: true
	}),
	word(`(?:pendant |durant |en periode de |lors )?${HOLIDAYS}`, { kind: 'holidays', term: false }),
	word("(?:l'|en |pendant l'|periode d'|horaires? d')?(?:ete|periode estivale|saison estivale)\\b", {
		kind: 'summer'
	}),
	word(
		'ferme(?:e|s|es|ture)?s?(?: au public)?(?: (?:les )?autres jours| le reste (?:du temps|de la semaine))\\b',
		{ kind: 'nothing' }
	),
	word(
		'(?:jours? de )?ferme(?:e|s|es|nt|ture|tures)?(?: (?:annuelle|hebdomadaire|exceptionnelle|exceptionnellement|estivale|au public))?\\b',
		{ kind: 'closed' }
	),
	word('(?:tous les|chaque) matins?\\b', { kind: 'half', half: 'matin', every: true }),
	word('(?:tous les|chaque) apres[- ]midis?\\b', { kind: 'half', half: 'apres-midi', every: true }),
	word("(?:le |les |l'|en )?(?:matin(?:s|ee|ees)?)\\b", { kind: 'half', half: 'matin' }),
	word("(?:le |les |l'|en )?(?:apres[- ]midis?|aprem)\\b", { kind: 'half', half: 'apres-midi' }),
	word('(?:le |les |en )?soir(?:s|ee|ees)?\\b', { kind: 'half', half: 'soir' }),
	word(
		"(?:sauf|excepte(?:e|s|es)?|hors|hormis|a l'exception|en dehors)(?: (?:de|des|du|le|les|pendant|durant|en))?\\b",
		{
			kind: 'except'
		}
	),
	word('(?:aussi|egalement|en plus)\\b', { kind: 'also' }),
	word("jusqu ?' ?(?:a|au)\\b", { kind: 'until' }),
	word('(?:a partir de|a compter de|des|depuis|apres|avant)(?= (?:\\d|midi|minuit))', { kind: 'from' }),
	word("(?:du|au|le|les|des|jusqu'au) (\\d{1,2})/(\\d{1,2})(?:/(\\d{4}|\\d\\d))?(?![\\d/h:])", datedOf),
	word(
		'(\\d{1,2}) ?(?:heures?|hrs?|h)(?: ?(\\d\\d)(?! ?[h:]|\\d))?(?: ?(?:minutes?|min|mn))?(?![a-z\\d])',
		timeOf
	),
	word('(\\d{1,2})[:.](\\d\\d)(?::00)?(?: ?h)?(?![\\w:]|\\.\\d)', timeOf),
	word('midi et demie?\\b', { kind: 'time', hour: 12, minute: 30 }),
	word('midi\\b', { kind: 'time', hour: 12, minute: 0 }),
	word('minuit\\b', { kind: 'time', hour: 24, minute: 0 }),
	word(
		'(?:1ers?|1eres?|premiers?|premieres?|2(?:nde?|nds|emes?|es?)|seconde?s?|deuxiemes?|3(?:emes?|es?)|troisiemes?|4(?:emes?|es?)|quatriemes?|5(?:emes?|es?)|cinquiemes?|derniers?|dernieres?)\\b',
		(found) => ({ kind: 'rank', rank: RANKS.find(([start]) => start.test(found[0]))?.[1] ?? 0 })
	),
	word('(?:du|de chaque|de tous les|par|dans le) mois\\b', { kind: 'of-month' }),
	word(`(?:au mois d[e'] ?|mois d[e'] ?)?(${MONTH})`, (found) => ({
		kind: 'month',
		month: monthOf(found[1] ?? '')
	})),
	word(`(?:tous les |toutes les |chaque )?(${DAY})`, (found) => ({
		kind: 'day',
		day: dayOf(found[1] ?? '')
	})),
	word('\\d{1,2}(?=/\\d{1,2} ?h)', (found) => ({ kind: 'number', value: Number(found[0]) })),
	word('\\d{1,4}(?!\\d|[:/.]\\d|[a-z])', (found) => ({ kind: 'number', value: Number(found[0]) })),
	word(
		'(?:accueil |permanence |standard |ligne )?(?:telephoni(?:que|quement)|(?:par |au )telephone|telephone)\\b',
		{ kind: 'telephone' }
	),
	word('entre\\b', { kind: 'between' }),
	word('(?:et|puis|ainsi que)\\b|[&+]', { kind: 'and' }),
	word("(?:au public|a la mairie|a l'accueil|au secretariat|au bureau)\\b", { kind: 'nothing' }),
	word('(?:au|a)\\b', { kind: 'to' }),
	word(
		"(?:le|la|les|l'|de|du|des|d'|aux?|en|est|sont|sera|ouvert(?:e|s|es|ure|ures)?|nous sommes|on est|vous accueillent?|horaires?|heures?|accueil|public|mairie|secretariat|bureaux?|espace|ce jour|permanences?|pendant|durant|sans interruption|sans pause|sans coupure|(?:en |horaires? |journee )?continu(?:e|s)?|non[- ]stop|uniquement|seulement|exclusivement)(?![\\w])",
		{ kind: 'nothing' }
	),
	word("l'|d'", { kind: 'nothing' }),
	word('//', { kind: 'double-slash' }),
	word('/', { kind: 'slash' }),
	word('-', { kind: 'dash' }),
	word(',', { kind: 'comma' }),
	word(':', { kind: 'colon' }),
	word('[;\\n•|!]|\\.+(?!\\d)', { kind: 'stop' })
];

function sometimes(found: RegExpExecArray): Meaning {
	const day = new RegExp(`^${DAY}`).test(found[1] ?? '') ? dayOf(found[1] ?? '') : undefined;
	return { kind: 'sometimes', ...(day !== undefined && { day }) };
}
