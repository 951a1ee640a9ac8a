import type { EnquiryKind } from '#lib/domain/enquiries/enquiry.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Commune } from '../communes.ts';
import { findContact } from '../contacts.ts';
import type { Db } from '../database/schema.ts';
import { findServiceById } from '../services.ts';
import { getTerritory } from '../territory.ts';
import { findTheme } from '../themes.ts';

/** Who answers what a resident writes. */
export interface Answerer {
	/** The commune whose mairie answers; null for the communauté de communes. */
	commune: string | null;
	/** As the resident reads it: « Service Petite enfance ». */
	nom: string;
}

/** What a resident writes about. */
export interface Subject {
	kind: EnquiryKind;
	/** Where the person reads; null in the common base. */
	commune: Commune | null;
	theme: string | null;
	service: Service | null;
}

/**
 * Who answers: for an entry, whoever it belongs to; for a theme, whom its page says to call, the commune's mairie by
 * default; for the site itself, the communauté de communes.
 */
export async function answererOf(db: Db, { kind, commune, theme, service }: Subject): Promise<Answerer> {
	const { nom } = await getTerritory(db);
	const territory = { commune: null, nom };
	if (kind === 'accessibilite') return territory;
	if (service) {
		if (service.commune === null) return territory;
		const mairie = await findServiceById(db, commune?.mairie_id ?? null, service.commune);
		return { commune: service.commune, nom: mairie?.nom ?? nom };
	}
	const named = theme === null ? undefined : await findTheme(db, theme, commune?.slug);
	const contact = await findContact(db, named?.contact_id ?? null, commune);
	return contact ? { commune: contact.commune, nom: contact.nom } : territory;
}
