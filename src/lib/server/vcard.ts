import VCard from 'vcard-creator';
import { hoursSentence } from '#lib/domain/fiche.ts';
import type { Service } from '#lib/domain/service.ts';

/** The public contact of an entry as a vCard 3.0 (RFC 2426) that telephones add to their contacts; `page` is its address. */
export function vcardOf(service: Service, page: string): string {
	const card = new VCard();
	card.addRevision(new Date(`${service.date_maj}T00:00:00Z`));
	card.addName({ givenName: service.nom }).addCompany({ name: service.nom });
	if (service.telephone) card.addPhoneNumber({ number: service.telephone, type: ['work', 'pref'] });
	if (service.sms) card.addPhoneNumber({ number: service.sms, type: ['cell'] });
	if (service.courriel) card.addEmail({ address: service.courriel, type: ['work'] });
	if (service.adresse || service.ville)
		card.addAddress({
			street: service.adresse ?? '',
			extended: service.complement_adresse ?? '',
			locality: service.ville ?? '',
			postalCode: service.code_postal ?? '',
			country: 'France',
			type: ['work']
		});
	if (service.latitude !== null && service.longitude !== null && service.adresse)
		card.addGeo({ latitude: service.latitude, longitude: service.longitude });
	card.addUrl({ url: page });
	const note = [service.resume, hoursSentence(service)].filter(Boolean).join('\n');
	if (note) card.addNote(note);
	return card.toString();
}
