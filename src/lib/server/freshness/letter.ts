import { addDays, formatDate, type PlainDate } from '#lib/domain/dates.ts';
import { patienceDays } from '#lib/domain/freshness/review.ts';
import { type ComposedMail, composeMail } from '../mail/compose.ts';

/** What a mail says of one entry. */
export interface LetterEntry {
	slug: string;
	nom: string;
	/** The commune it belongs to, named; null for the common base. */
	commune: string | null;
	/** The day of its last verification. */
	verifiedOn: PlainDate | null;
	/** Whether its first person stayed silent, so that this one is asked. */
	isSecond: boolean;
	/** Whether this person was asked before, and stayed silent. */
	isReminder: boolean;
}

/** Who is written to, from where. */
export interface LetterFrame {
	/** The site's public origin. */
	origin: string;
	secret: string;
	/** The territory's short name. */
	territory: string;
	/** The day of the mail. */
	day: PlainDate;
}

/** Asks one person whether entries are still true: one mail for them all, a link for each, a button for the whole. */
export function requestLetter(entries: readonly LetterEntry[], frame: LetterFrame): ComposedMail {
	const { day, territory } = frame;
	const several = entries.length > 1;
	const seconds = entries.filter(({ isSecond }) => isSecond).length;
	const reminder = entries.every(({ isReminder }) => isReminder) ? 'Rappel : ' : '';
	const what = several ? `${entries.length} fiches à vérifier` : `${entries[0]?.nom ?? ''} à vérifier`;
	const deadline = formatDate(addDays(day, patienceDays), 'court');
	return composeMail({
		subject: `${reminder}${what} avant le ${deadline}`,
		greeting: 'Bonjour,',
		paragraphs: [
			several
				? `Les habitants lisent ces fiches dans l’annuaire ${territory}. Sont-elles toujours exactes ? Tout se fait depuis ce courriel, sans mot de passe : une minute si rien n’a changé.`
				: `Les habitants lisent cette fiche dans l’annuaire ${territory}. Est-elle toujours exacte ? Tout se fait depuis ce courriel, sans mot de passe : une minute si rien n’a changé.`,
			...(seconds === 0 ? [] : [secondPerson(seconds, entries.length)]),
			several
				? 'Si vous ne faites rien, rien n’est retiré : ces fiches restent en ligne, et les habitants voient qu’elles n’ont pas été vérifiées récemment.'
				: 'Si vous ne faites rien, rien n’est retiré : cette fiche reste en ligne, et les habitants voient qu’elle n’a pas été vérifiée récemment.'
		],
		...linksOf(entries, frame),
		territory,
		reason: several
			? 'Vous recevez ce courriel parce que vous répondez de ces fiches. Ce n’est plus vous ? Dites-le après avoir ouvert le lien.'
			: 'Vous recevez ce courriel parce que vous répondez de cette fiche. Ce n’est plus vous ? Dites-le après avoir ouvert le lien.'
	});
}

function secondPerson(seconds: number, all: number): string {
	if (all === 1) return 'La personne qui s’en occupe d’habitude n’a pas répondu : nous vous le demandons.';
	return seconds === all
		? 'La personne qui s’en occupe d’habitude n’a pas répondu : nous vous le demandons.'
		: `Pour ${seconds} d’entre elles, la personne qui s’en occupe d’habitude n’a pas répondu : nous vous le demandons.`;
}

/** Sends another link to someone whose own has ended. */
export function renewalLetter(entries: readonly LetterEntry[], frame: LetterFrame): ComposedMail {
	const { territory } = frame;
	return composeMail({
		subject: `Votre nouveau lien pour vérifier ${entries.length > 1 ? 'vos fiches' : 'votre fiche'}`,
		greeting: 'Bonjour,',
		paragraphs: [
			`Vous avez demandé un nouveau lien vers l’annuaire ${territory} : le voici, pour soixante jours.`,
			'Ce n’est pas vous ? Ne faites rien : rien n’a changé.'
		],
		...linksOf(entries, frame),
		territory,
		reason: 'Vous recevez ce courriel parce que quelqu’un a ouvert un ancien lien envoyé à cette adresse.'
	});
}

function linksOf(entries: readonly LetterEntry[], { origin, secret }: LetterFrame) {
	const url = `${origin}/verifier/${secret}`;
	return {
		items: entries.map((entry) => ({ text: lineOf(entry), url: `${url}/${entry.slug}` })),
		action: {
			label: entries.length > 1 ? `Vérifier les ${entries.length} fiches` : 'Vérifier cette fiche',
			url
		}
	};
}

function lineOf({ nom, commune, verifiedOn }: LetterEntry): string {
	const where = commune === null || nom.includes(commune) ? '' : `, ${commune}`;
	const when = verifiedOn === null ? 'jamais vérifiée' : `vérifiée le ${formatDate(verifiedOn, 'annee')}`;
	return `${nom}${where} (${when})`;
}
