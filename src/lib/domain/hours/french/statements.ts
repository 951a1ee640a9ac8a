import type { Days, TimeSpan, When } from './atoms.ts';
import type { Half } from './words.ts';

/** Hours that a text gives to some days. */
export interface Hours {
	days: Days[];
	span: TimeSpan;
	when: When[];
	appointment: boolean;
	/** For what or for whom: the door is open all the same. */
	comment?: string;
	/** « 1 samedi sur 2 »: nobody can tell which. */
	sometimes?: string;
	/** « aussi », « en plus » */
	adds: boolean;
	/** « sauf le vendredi 9h-11h »: in place of what was said. */
	replaces: boolean;
	/** These words of the text. */
	words: string;
}

/** Days, a half of them or a moment of them on which it is closed; without `days`, all. */
export interface Closing {
	days?: Days[];
	when: When[];
	half?: Half;
	span?: TimeSpan;
	/** « sauf »: it says nothing by itself. */
	isException?: true;
	words: string;
}

/** « jusqu’à 18h le jeudi »: a day that ends at another time. */
export interface Until {
	days: Days[];
	time: string;
	words: string;
}

/** A piece of the text that can't be read, as it was written, and what to do about it. */
export interface Problem {
	/** The piece; '' for the whole. */
	fragment: string;
	/** In French, without a capital nor a full stop. */
	sentence: string;
}

/** All that a text says of hours. */
export interface Statements {
	hours: Hours[];
	closings: Closing[];
	untils: Until[];
	/** « y compris les jours fériés » */
	withPublicHolidays: boolean;
	/** « en dehors de ces horaires, sur rendez-vous » */
	otherwiseByAppointment: boolean;
	/** What no opening hours can hold, to be kept beside them. */
	precisions: string[];
	assumptions: string[];
	problems: Problem[];
}

export function noStatements(): Statements {
	return {
		hours: [],
		closings: [],
		untils: [],
		withPublicHolidays: false,
		otherwiseByAppointment: false,
		precisions: [],
		assumptions: [],
		problems: []
	};
}

/** Said of days without hours, and of hours without days. */
export const WHICH_HOURS = 'à quelles heures ?';
export const WHICH_DAYS = 'quels jours ?';
export const FOR_WHICH = 'dites pour quelles heures : « lundi 9h-12h sur rendez-vous »';
