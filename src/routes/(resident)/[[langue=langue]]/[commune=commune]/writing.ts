import { error } from '@sveltejs/kit';
import { formatDate } from '#lib/domain/dates.ts';
import { answerBy, type EnquiryKind } from '#lib/domain/enquiries/enquiry.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Commune } from '#lib/server/communes.ts';
import { findContact } from '#lib/server/contacts.ts';
import { answererOf, type Subject } from '#lib/server/enquiries/answerer.ts';
import type { Way } from '#lib/server/enquiries/receive.ts';
import { findPlace } from '#lib/server/places.ts';
import { readingOf, today } from '#lib/server/reading.ts';
import { findService } from '#lib/server/services.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { findTheme } from '#lib/server/themes.ts';
import { textOf } from '../../../form.ts';

/** What the address of a page to write says that it is about: a theme, an entry, the site itself. */
export interface About {
	theme?: string | null;
	fiche?: string | null;
	kind: EnquiryKind;
}

/** What the address of a page to write says: `?theme=`, `?fiche=`, `?sujet=`. */
export function aboutOf({ searchParams }: URL): About {
	const sujet = searchParams.get('sujet');
	return {
		theme: searchParams.get('theme'),
		fiche: searchParams.get('fiche'),
		kind: sujet === 'accessibilite' || sujet === 'signalement' ? sujet : 'question'
	};
}

/** What someone writes about, as it is known here: what isn't is left out. */
export async function subjectOf(
	{ db }: Pick<App.Locals['app'], 'db'>,
	commune: Commune | null,
	{ theme, fiche, kind }: About
): Promise<Subject> {
	const found = theme ? await findTheme(db, theme, commune?.slug) : undefined;
	const service = fiche ? await findService(db, fiche, commune?.slug) : undefined;
	return { kind, commune, theme: found?.slug ?? null, service: service ?? null };
}

/** The commune of an address, or null in the common base. */
export async function communeOf(
	{ db }: Pick<App.Locals['app'], 'db'>,
	slug: string
): Promise<Commune | null> {
	const found = await findPlace(db, slug);
	if (!found) error(404, m.erreur_introuvable());
	return found.commune;
}

/** Who answers and by when, as the page says it, and whom to call meanwhile. */
export async function promiseOf({ db }: Pick<App.Locals['app'], 'db'>, subject: Subject, scope: string) {
	const { nom } = await answererOf(db, subject);
	const contact = await findContact(
		db,
		subject.theme === null
			? null
			: ((await findTheme(db, subject.theme, subject.commune?.slug))?.contact_id ?? null),
		subject.commune
	);
	return {
		nom,
		date: formatDate(answerBy(subject.kind, today(), await getTerritory(db)), 'jour'),
		contact: contact && ficheOf(contact, await readingOf(db, scope))
	};
}

/** How a form came: what may tell that no person wrote it. */
export function wayOf(form: FormData, { app, address }: App.Locals): Way {
	const opened = Number(textOf(form, 'ouvert'));
	return {
		trap: textOf(form, 'site'),
		openedAt: Number.isSafeInteger(opened) && opened > 0 ? opened : undefined,
		fromSamePlace: app.crowd.arrived(address)
	};
}
