import { type Fiche, ficheOf } from '#lib/domain/fiche.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { readingOf } from './reading.ts';
import { listThemes } from './themes.ts';

/** What a page that doesn't exist offers to someone who was reading about a commune. */
export interface NotFound {
	message: string;
	around: {
		themes: { slug: string; nom: string }[];
		/** Who answers there, when someone with a number does. */
		contact: Fiche | null;
	};
}

/** What to say when the address names nothing in this commune, or in the common base. */
export async function notFoundIn(db: Db, commune: Commune | null): Promise<NotFound> {
	const contact = await findContact(db, null, commune);
	const reading = await readingOf(db, commune?.slug ?? baseScope);
	return {
		message: m.erreur_introuvable(),
		around: {
			themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
			contact: contact && ficheOf(contact, reading)
		}
	};
}
