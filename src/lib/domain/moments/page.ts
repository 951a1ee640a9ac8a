import type { Fiche } from '../fiche.ts';
import type { Paragraph } from '../translation.ts';
import type { ToldStep } from './told.ts';

/** A situation as lists name it, in the reader's language. */
export interface MomentLink {
	slug: string;
	nom: string;
	accroche: string;
	theme: string;
	urgence: boolean;
	/** The names that are told in French for want of others. */
	enFrancais: readonly ('nom' | 'accroche')[];
}

/** One thing to do, and the entry that settles it where people read that entry here. */
export interface Step extends Pick<ToldStep, 'titre' | 'texte' | 'aPreparer'> {
	fiche: Fiche | null;
	/** Who says so, when it isn't the entry. */
	source: { nom: string; lien: string | null } | null;
}

/** A situation as read in one place at one instant. */
export interface Moment extends Omit<MomentLink, 'theme'> {
	introduction: Paragraph[];
	theme: { slug: string; nom: string };
	/** Whom to call first; null where nobody with a number is known. */
	appeler: Fiche | null;
	/** Who answers a question: whom to call first, save in an emergency, whose number is no help desk. */
	contact: Fiche | null;
	etapes: Step[];
	/** The instant of the reading, and those when what it shows changes (epoch milliseconds). */
	at: number;
	changes: (number | undefined)[];
}
