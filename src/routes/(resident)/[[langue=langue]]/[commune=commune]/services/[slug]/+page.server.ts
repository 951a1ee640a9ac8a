import { error, redirect } from '@sveltejs/kit';
import { agePhrase } from '#lib/domain/ages.ts';
import { closuresAhead, ficheOf, hoursOf, messagesOn } from '#lib/domain/fiche.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { directionsLink } from '#lib/domain/place.ts';
import { sourceLink } from '#lib/domain/sources.ts';
import { labelOf } from '#lib/domain/vocabulary.ts';
import { findContact } from '#lib/server/contacts.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { findService, findServiceOwner, listCommunesServed, listThemesOf } from '#lib/server/services.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals, url }) => {
	const { db, settings } = locals.app;
	const { place, commune } = await parent();
	const service = await findService(db, params.slug, commune?.slug);
	if (!service) {
		// A commune's own entry asked from elsewhere is at its commune's address.
		const owner = await findServiceOwner(db, params.slug);
		if (owner && owner !== place.slug)
			redirect(301, pathToService({ slug: params.slug, commune: owner }, owner));
		error(404, await notFoundIn(db, commune));
	}
	const reading = await readingOf(db, place.slug);
	const fiche = ficheOf(service, reading);
	const themes = await listThemesOf(db, service.id);
	// A mairie speaks of everything: its page bears no theme's colour.
	const theme = service.id === commune?.mairie_id ? undefined : themes[0];
	const contact = await findContact(db, theme?.contact_id ?? null, commune);
	const voice = contact && contact.id !== service.id ? ficheOf(contact, reading) : null;
	if (!url.search) locals.freshUntil = freshUntil(reading.at, [fiche.changes, voice?.changes]);
	const labels = (name: Parameters<typeof labelOf>[0], codes: string[]) =>
		codes.map((code) => labelOf(name, code));
	return scriptless({
		fiche,
		service: {
			slug: service.slug,
			nom: service.nom,
			nature: service.nature,
			description: service.description.split(/\n{2,}/),
			age: agePhrase(service.age_min_mois, service.age_max_mois) ?? null,
			publics: labels(
				'publics',
				service.publics.includes('tous-publics') ? ['tous-publics'] : service.publics
			),
			publics_precisions: service.publics_precisions,
			mode_garde: service.mode_garde && labelOf('modes_garde', service.mode_garde),
			frais: service.frais && labelOf('frais', service.frais),
			frais_precisions: service.frais_precisions,
			rendez_vous: service.rendez_vous && labelOf('rendez_vous', service.rendez_vous),
			modes_mobilisation: labels('modes_mobilisation', service.modes_mobilisation),
			mobilisation_precisions: service.mobilisation_precisions,
			lien_mobilisation: service.lien_mobilisation,
			demarches: service.demarches,
			a_apporter: labels('documents', service.a_apporter),
			a_apporter_precisions: service.a_apporter_precisions,
			langues: service.langues,
			acces_fauteuil: service.acces_fauteuil && labelOf('acces_fauteuil', service.acces_fauteuil),
			courriel: service.courriel,
			site_web: service.site_web,
			adresse: service.adresse,
			complement_adresse: service.complement_adresse,
			code_postal: service.code_postal,
			ville: service.ville,
			directions: directionsLink(service) ?? null,
			horaires_accueil: service.horaires_accueil,
			horaires_precisions: service.horaires_precisions,
			// Who runs a national line is told by its name; who wrote a « comment faire » runs nothing.
			structure:
				service.nature === 'service' && service.structure.nom !== service.nom ? service.structure.nom : null,
			verification: service.verification,
			source: service.source,
			source_lien: sourceLink(service),
			releve_le: service.releve_le,
			propre: fiche.propre
		},
		closures: closuresAhead(service, reading),
		messages: messagesOn(service, reading),
		hours: hoursOf(service, reading) ?? null,
		communes: service.commune === null ? await listCommunesServed(db, service.id) : [],
		theme: theme ? { slug: theme.slug, nom: theme.nom } : null,
		themes: themes.map(({ slug, nom }) => ({ slug, nom })),
		contact: voice,
		canonical:
			place.slug !== baseScope && service.commune === null && !service.varied
				? `${settings.origin}${pathToService(service, baseScope)}`
				: null
	});
};
