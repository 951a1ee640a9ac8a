import { ficheOf } from '#lib/domain/fiche.ts';
import type { Service } from '#lib/domain/service.ts';
import { type PageTheme, type ServicePage, servicePageOf } from '#lib/domain/service-page.ts';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { readingOf } from './reading.ts';

/** Where an entry is read, and what it stands in. */
export interface Place {
	/** A commune's slug, or the common base's. */
	scope: string;
	commune: Commune | null;
	themes: readonly (PageTheme & { contact_id: number | null })[];
	/** Where it is read: its own commune, or those that a base entry serves. */
	communes: readonly { slug: string; nom: string }[];
	origin: string;
}

/** The page of an entry, as read now in this place, and the instant of its reading (epoch milliseconds). */
export async function readServicePage(
	db: Db,
	service: Service,
	{ scope, commune, themes, communes, origin }: Place
): Promise<{ page: ServicePage; at: number }> {
	const reading = await readingOf(db, scope);
	// A mairie speaks of everything: its page bears no theme's colour.
	const theme = service.id === commune?.mairie_id ? undefined : themes[0];
	const answers = await findContact(db, theme?.contact_id ?? null, commune);
	const contact = answers && answers.id !== service.id ? ficheOf(answers, reading) : null;
	return {
		page: servicePageOf(service, { reading, theme, themes, communes, contact, origin }),
		at: reading.at
	};
}
