import { callOf, type Call } from '#lib/domain/phone.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { listThemes } from './themes.ts';

/** What a page that doesn't exist offers to someone who was reading about a commune. */
export interface NotFound {
	message: string;
	around: {
		themes: { slug: string; nom: string }[];
		/** Who answers there, when someone with a number does. */
		contact: { nom: string; call: Call } | null;
	};
}

/** What to say when the address names nothing in this commune, or in the common base. */
export async function notFoundIn(db: Db, commune: Commune | null): Promise<NotFound> {
	const contact = await findContact(db, null, commune);
	const call = contact && callOf(contact);
	return {
		message: m.erreur_introuvable(),
		around: {
			themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
			contact: contact && call ? { nom: contact.nom, call } : null
		}
	};
}
