import { agePhrase } from './ages.ts';
import {
	closuresAhead,
	type Fiche,
	ficheOf,
	hoursOf,
	hoursSentence,
	messagesOn,
	type Reading
} from './fiche.ts';
import { inFrench, readsFrench } from './language.ts';
import { baseScope, pathToService } from './paths.ts';
import { permanencesShown } from './permanence.ts';
import { directionsLink } from './place.ts';
import type { Service } from './service.ts';
import { sourceLink } from './sources.ts';
import { joinTerms, labelOf, type VocabularyName } from './vocabulary.ts';

/** A theme that an entry stands in, in its page. */
export interface PageTheme {
	slug: string;
	nom: string;
	/** The names that are told in French for want of others. */
	enFrancais: readonly string[];
}

/** What stands around an entry in its page. */
export interface Around {
	reading: Reading;
	/** The theme whose colour the page bears. */
	theme: PageTheme | undefined;
	themes: readonly PageTheme[];
	/** Where it is read: its own commune, or those that a base entry serves. */
	communes: readonly { slug: string; nom: string }[];
	/** Who answers a question about it. */
	contact: Fiche | null;
	/** Where the site is, for the address of the page that says the same. */
	origin: string;
}

/** All that the page of an entry shows, in the reader's language: the one way from an entry to its page. */
export type ServicePage = ReturnType<typeof servicePageOf>;

/** What is composed of an entry's facts, in the words of the moment: the reader's, or French beside them. */
function composedOf(service: Service, reading: Reading) {
	const labels = (name: VocabularyName, codes: string[]) =>
		joinTerms(codes.map((code) => labelOf(name, code)));
	return {
		publics: labels('publics', service.publics.includes('tous-publics') ? ['tous-publics'] : service.publics),
		age: agePhrase(service.age_min_mois, service.age_max_mois) ?? null,
		frais: service.frais && labelOf('frais', service.frais),
		rendez_vous: service.rendez_vous && labelOf('rendez_vous', service.rendez_vous),
		a_apporter: labels('documents', service.a_apporter),
		acces_fauteuil: service.acces_fauteuil && labelOf('acces_fauteuil', service.acces_fauteuil),
		langues: labels('langues', service.langues),
		modes_mobilisation: labels('modes_mobilisation', service.modes_mobilisation),
		closures: closuresAhead(service, reading),
		/** The week in sentences; null where a page can only show hours as they are stored. */
		horaires: hoursSentence(service)
	};
}

/** The page of an entry as read there and then. Nothing in it is for professionals only. */
export function servicePageOf(service: Service, around: Around) {
	const { reading, theme, themes, communes, contact, origin } = around;
	const fiche = ficheOf(service, reading);
	return {
		fiche,
		composed: composedOf(service, reading),
		/** The same in French, for whoever reads another language to show. */
		french: readsFrench() ? null : inFrench(() => composedOf(service, reading)),
		service: {
			slug: service.slug,
			nom: service.nom,
			nature: service.nature,
			description: service.description.split(/\n{2,}/),
			publics_precisions: service.publics_precisions,
			frais_precisions: service.frais_precisions,
			mobilisation_precisions: service.mobilisation_precisions,
			lien_mobilisation: service.lien_mobilisation,
			demarches: service.demarches,
			a_apporter_precisions: service.a_apporter_precisions,
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
		messages: messagesOn(service, reading),
		hours: hoursOf(service, reading) ?? null,
		// A commune that the service no longer serves has no permanence of it.
		permanences: permanencesShown(service.permanences, reading).flatMap((permanence) => {
			const place = communes.find(({ slug }) => slug === permanence.commune);
			return place ? { ...permanence, nom: place.nom } : [];
		}),
		theme: theme ? { slug: theme.slug, nom: theme.nom } : null,
		themes: themes.map(({ slug, nom, enFrancais }) => ({ slug, nom, enFrancais })),
		contact,
		canonical:
			reading.scope !== baseScope && service.commune === null && !service.varied
				? `${origin}${pathToService(service, baseScope)}`
				: null
	};
}
