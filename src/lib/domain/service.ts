import * as v from 'valibot';
import type { Permanence } from './permanence.ts';
import { normalisePhone } from './phone.ts';
import { isSlug } from './reserved.ts';
import { tooLong } from './typography.ts';
import { codesOf } from './vocabulary.ts';

/*
 * An entry: a service as people read it. Its fields are those of data·inclusion v1
 * (https://data-inclusion-schema.readthedocs.io), and what families need besides.
 * One schema checks it wherever it comes from: seed, form, import.
 */

const text = (max: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty('Ce texte ne peut pas être vide.'),
		v.maxLength(max, ({ input }) => tooLong(input.length, max))
	);
const optionalText = (max: number) => v.optional(v.nullable(text(max)), null);
const chooseInList = 'Choisissez dans la liste.';
const codes = (vocabulary: Parameters<typeof codesOf>[0]) =>
	v.optional(v.array(v.picklist(codesOf(vocabulary), chooseInList)), []);
const code = (vocabulary: Parameters<typeof codesOf>[0]) =>
	v.optional(v.nullable(v.picklist(codesOf(vocabulary), chooseInList)), null);
const months = v.optional(
	v.nullable(
		v.pipe(
			v.number(),
			v.integer(),
			v.minValue(0),
			v.maxValue(1500, 'Un âge se compte en mois, 1500 au plus.')
		)
	),
	null
);
const webAddress = v.optional(
	v.nullable(
		v.pipe(
			v.string(),
			v.trim(),
			v.check(
				isWebAddress,
				'Cette adresse internet ne se lit pas : écrivez par exemple www.exemple.fr, ou copiez-la depuis le site.'
			)
		)
	),
	null
);
const incompletePhone = 'Ce numéro n’est pas complet : écrivez par exemple 04 65 71 00 01.';
const phone = v.optional(
	v.nullable(
		v.pipe(
			v.string(),
			v.check(
				(value) => normalisePhone(value) !== undefined,
				({ input }) =>
					/\d/.test(input)
						? incompletePhone
						: 'Ce n’est pas un numéro : écrivez un numéro avec ses chiffres, par exemple 04 65 71 00 01.'
			),
			v.transform((value) => normalisePhone(value) ?? value)
		)
	),
	null
);

/** A day of the calendar, AAAA-MM-JJ. */
export const isoDate = v.pipe(v.string(), v.isoDate('Une date s’écrit AAAA-MM-JJ.'));

/** A slug: what stands in an address. */
export const slug = v.pipe(
	v.string(),
	v.check(isSlug, 'Un nom d’adresse n’a que des minuscules sans accent, des chiffres et des tirets.')
);

/** The longest name of an entry, in characters. */
export const longestName = 80;

/** The fields of an entry that a commune may replace or complete for its own readers. */
export const serviceFields = {
	nom: text(longestName),
	/** A word or two for a narrow button: « Samu ». */
	nom_court: optionalText(14),
	/** One sentence for lists. */
	resume: optionalText(140),
	description: text(2000),
	publics: codes('publics'),
	publics_precisions: optionalText(500),
	/** Age from which, in whole months. */
	age_min_mois: months,
	/** Age up to which, inclusive, in whole months. */
	age_max_mois: months,
	mode_garde: code('modes_garde'),
	frais: code('frais'),
	frais_precisions: optionalText(500),
	rendez_vous: code('rendez_vous'),
	modes_mobilisation: codes('modes_mobilisation'),
	mobilisation_precisions: optionalText(1000),
	lien_mobilisation: webAddress,
	/** How to register, step by step. */
	demarches: v.optional(v.array(text(300)), []),
	a_apporter: codes('documents'),
	a_apporter_precisions: optionalText(500),
	/** Languages spoken, ISO 639-1. */
	langues: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/))), []),
	/** null: not known, and nothing is said of it. */
	acces_fauteuil: code('acces_fauteuil'),
	telephone: phone,
	/** Number reached by text message. */
	sms: phone,
	courriel: v.optional(
		v.nullable(
			v.pipe(
				v.string(),
				v.trim(),
				v.email('Ce courriel n’est pas complet : écrivez par exemple accueil@exemple.fr.')
			)
		),
		null
	),
	site_web: webAddress,
	adresse: optionalText(200),
	complement_adresse: optionalText(200),
	code_postal: v.optional(
		v.nullable(v.pipe(v.string(), v.regex(/^\d{5}$/, 'Un code postal a cinq chiffres.'))),
		null
	),
	code_insee: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^(\d{5}|2[AB]\d{3})$/))), null),
	ville: optionalText(100),
	latitude: v.optional(v.nullable(v.pipe(v.number(), v.minValue(-90), v.maxValue(90))), null),
	longitude: v.optional(v.nullable(v.pipe(v.number(), v.minValue(-180), v.maxValue(180))), null),
	/** OSM opening_hours (https://wiki.openstreetmap.org/wiki/Key:opening_hours). */
	horaires_accueil: optionalText(500),
	horaires_precisions: optionalText(500)
};

/** Every entry's own facts, beside where they were read. */
export const serviceEntries = {
	...serviceFields,
	slug,
	/** `repere` explains how to do; `projet` doesn't exist yet. */
	nature: v.picklist(['service', 'numero', 'site', 'repere', 'projet']),
	urgence: v.optional(v.boolean(), false),
	/** Words people search it by, beyond its own text. */
	mots: v.optional(v.array(text(80)), []),
	/** The day its facts were read at their source. */
	releve_le: v.optional(v.nullable(isoDate), null)
};

/** What is said of an entry to professionals only, beside it. */
export const professionalContact = {
	contact_nom_prenom: optionalText(120),
	telephone: phone,
	courriel: serviceFields.courriel,
	notes: optionalText(2000)
};

/** The direct line of a professional, as it is typed: no short number leads to one person. */
export const directLine = v.pipe(
	phone,
	v.check((value) => value === null || value.replace(/\D/g, '').length > 6, incompletePhone)
);

/** What ties an entry to the rest of the directory, by the slugs of these. */
export const serviceTies = {
	/** Its places: `theme/section`, one a theme. */
	themes: v.pipe(
		v.array(v.string()),
		v.minLength(1, 'Choisissez au moins un thème : c’est là que les gens la trouveront.'),
		v.check(
			(places) => new Set(places.map((place) => place.split('/')[0])).size === places.length,
			'Choisissez une seule rubrique par thème.'
		)
	),
	communes: v.pipe(v.array(v.string()), v.minLength(1, 'Choisissez au moins une commune.')),
	/** The name of who runs it. */
	structure: text(160),
	/** The number of the entry to call meanwhile. */
	en_attendant: v.nullable(v.pipe(v.string(), v.regex(/^\d+$/)))
};

/** What must hold between the fields of an entry. */
export function agesAgree(service: { age_min_mois: number | null; age_max_mois: number | null }): boolean {
	return (
		service.age_min_mois === null ||
		service.age_max_mois === null ||
		service.age_min_mois <= service.age_max_mois
	);
}

/** One entry, as stored: shown with its source until someone has verified it. */
export const serviceSchema = v.pipe(
	v.object({ ...serviceEntries, source: optionalText(300), source_lien: webAddress }),
	v.check((service) => agesAgree(service), 'L’âge de fin vient avant l’âge de début.'),
	v.check(
		(service) => service.releve_le === null || service.source !== null,
		'Une date de relevé va avec sa source.'
	)
);

/** The checked facts of one entry, as stored. */
export type ServiceFacts = v.InferOutput<typeof serviceSchema>;

/** Another entry to call meanwhile. */
export interface StandIn {
	slug: string;
	nom: string;
	telephone: string;
	/** The commune where its page is read; null for the common base. */
	commune: string | null;
}

/** A published entry as read in one commune, or in the common base. Nothing in it is for professionals only. */
export interface Service extends Omit<ServiceFacts, 'mots'> {
	id: number;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
	structure: { nom: string; site_web: string | null };
	/** Its closures, the next first: dates inclusive. */
	closures: { debut: string; fin: string; motif: string | null }[];
	/** Where and when it receives people in each commune, besides its own hours. */
	permanences: Permanence[];
	/** What is said of it between two days, both included: its own messages and the commune's, the next first. */
	messages: { debut: string; fin: string; texte: string }[];
	verification: { verifie_le: string; verifie_par: string } | null;
	/** Whom to call while its own contact is missing; null where nobody can be named. */
	en_attendant: StandIn | null;
	/** Whether this commune says something of it in its own way. */
	varied: boolean;
	date_maj: string;
}

/** Whether people can't reach this service yet: it answers somewhere, and nobody has said at which number or address. */
export function isIncomplete(service: Pick<Service, 'nature' | 'telephone' | 'sms' | 'courriel'>): boolean {
	return (
		service.nature === 'service' &&
		service.telephone === null &&
		service.sms === null &&
		service.courriel === null
	);
}

function isWebAddress(value: string): boolean {
	if (!/^https?:\/\//i.test(value)) return false;
	return URL.canParse(value);
}

/** Whether a commune may say `field` in its own way. */
export function isMergeable(field: string): field is keyof typeof serviceFields {
	return Object.hasOwn(serviceFields, field);
}
