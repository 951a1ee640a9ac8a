import type { PlainDate } from '../dates.ts';
import type { Call } from '../phone.ts';

/** That a date is cancelled: in the reader's language, quoting the words of who cancelled it, which are French. */
export interface Cancellation {
	texte: string;
	/** '' when nothing was said of it. */
	mot: string;
}

/** An event in a list, at one of its dates. */
export interface EventCard {
	slug: string;
	titre: string;
	chemin: string;
	/** The day it begins, 'AAAA-MM-JJ'; null for a project. */
	jour: PlainDate | null;
	quand: string;
	/** How it comes back; null for one date. */
	rythme: string | null;
	/** The dates after this one, in words; null when none is known. */
	suite: string | null;
	/** Where, and in which communes; may be empty. */
	ou: string;
	pourQui: string | null;
	frais: string | null;
	/** That it is cancelled, and why; null when it isn't. */
	annule: Cancellation | null;
	theme: string | null;
}

/** All that the page of an event shows, in words. */
export interface EventPage {
	titre: string;
	/** When the date that is told begins; null for a project. */
	debut: string | null;
	/** When it ends, of the same kind; null when nothing is said of it. */
	fin: string | null;
	quand: string;
	rythme: string | null;
	annule: Cancellation | null;
	passe: boolean;
	dates: readonly { debut: string; quand: string; annule: Cancellation | null }[];
	attendCalendrier: boolean;
	lieu: { nom: string; adresse: string | null; chemin: string | null; carte: string | null } | null;
	communes: string;
	pourQui: string | null;
	prix: string | null;
	description: readonly string[];
	inscription: string | null;
	appel: Call | null;
	courriel: string | null;
	lien: string | null;
	organisateur: string | null;
	source: string | null;
}
