import type { serviceFields } from '../service.ts';
import type { Term, VocabularyName } from '../vocabulary.ts';
import { directoryFields, entryNature, professionalFields } from './entry-fields.ts';

/** A field that a commune may say in its own way on a shared entry: those of `serviceFields` that a person writes. */
export type WordsFieldName = Exclude<keyof typeof serviceFields, 'code_insee' | 'latitude' | 'longitude'>;

/** A field of the entry as a whole: where it stands, who runs it, what is for professionals only. */
export type EntryFieldName =
	| 'nature'
	| 'themes'
	| 'communes'
	| 'structure'
	| 'mots'
	| 'en_attendant'
	| 'urgence'
	| 'pro_contact_nom_prenom'
	| 'pro_telephone'
	| 'pro_courriel'
	| 'pro_notes';

/** What an editor may change of an entry. */
export type FieldName = WordsFieldName | EntryFieldName;

/**
 * How a field is typed: one line, a text, a line each, one term or several of a list, an age, hours, a section in each
 * theme, a structure of the list or the name of a new one, a box to tick.
 */
export type FieldKind =
	'ligne' | 'texte' | 'lignes' | 'terme' | 'termes' | 'age' | 'horaires' | 'places' | 'structure' | 'oui';

/** A field of the form: its words, and how it is typed. */
export interface Field {
	name: FieldName;
	label: string;
	aide?: string;
	kind: FieldKind;
	/** The terms of a list, where they are always the same. The others come with the form, as its `choices`. */
	vocabulary?: VocabularyName;
	terms?: readonly Term[];
	/** What a browser knows of it: the keyboard it shows. */
	type?: 'tel' | 'email' | 'url';
	/** Whether an entry can't be published without it. */
	required?: true;
	/** Set for a field of the entry as a whole: a commune doesn't say it in its own way. */
	whole?: true;
	/** Set for what only professionals read. */
	professional?: true;
	/** Who is asked for it: whoever edits the common base, or the administration only. Everyone unless it is said. */
	only?: 'base' | 'administration';
}

/** Fields that are filled together. */
export interface FieldGroup {
	slug: string;
	titre: string;
	/** What must be known before they are filled. */
	aide?: string;
	fields: readonly Field[];
}

/** The form of an entry, what changes most often first. */
export const fieldGroups: readonly FieldGroup[] = [
	{
		slug: 'contact',
		titre: 'Téléphone et adresse',
		fields: [
			{
				name: 'telephone',
				label: 'Téléphone',
				aide: 'Le numéro que les habitants appellent. Par exemple 04 65 71 00 01.',
				kind: 'ligne',
				type: 'tel'
			},
			{
				name: 'sms',
				label: 'Numéro pour les SMS',
				aide: 'Seulement s’il existe.',
				kind: 'ligne',
				type: 'tel'
			},
			{ name: 'courriel', label: 'Courriel', kind: 'ligne', type: 'email' },
			{
				name: 'site_web',
				label: 'Site internet',
				aide: 'Par exemple www.exemple.fr.',
				kind: 'ligne',
				type: 'url'
			},
			{ name: 'adresse', label: 'Adresse', aide: 'Numéro et rue.', kind: 'ligne' },
			{
				name: 'complement_adresse',
				label: 'Complément d’adresse',
				aide: 'Bâtiment, étage, entrée.',
				kind: 'ligne'
			},
			{ name: 'code_postal', label: 'Code postal', kind: 'ligne' },
			{ name: 'ville', label: 'Ville', kind: 'ligne' },
			{
				name: 'acces_fauteuil',
				label: 'Accès en fauteuil roulant',
				kind: 'terme',
				vocabulary: 'acces_fauteuil'
			}
		]
	},
	{
		slug: 'horaires',
		titre: 'Horaires',
		fields: [
			{
				name: 'horaires_accueil',
				label: 'Horaires d’ouverture',
				aide: 'Écrivez comme vous le diriez : « du lundi au vendredi 8h30-12h et 13h30-17h, fermé le mercredi après-midi, samedi semaines paires 9h-12h ». Nous les relisons avec vous avant de publier.',
				kind: 'horaires'
			},
			{
				name: 'horaires_precisions',
				label: 'Ce que les horaires ne disent pas',
				aide: 'Par exemple : « Accueil téléphonique le matin seulement. »',
				kind: 'texte'
			},
			{ name: 'rendez_vous', label: 'Rendez-vous', kind: 'terme', vocabulary: 'rendez_vous' }
		]
	},
	{
		slug: 'quoi',
		titre: 'Ce que c’est',
		fields: [
			{
				name: 'nom',
				label: 'Nom',
				aide: 'Celui que les gens connaissent.',
				kind: 'ligne',
				required: true
			},
			entryNature,
			{
				name: 'nom_court',
				label: 'Nom très court',
				aide: 'Un mot ou deux, pour un petit bouton : « Samu ». Seulement si le nom est long.',
				kind: 'ligne'
			},
			{
				name: 'resume',
				label: 'Résumé',
				aide: 'Une phrase, qui se lit dans les listes.',
				kind: 'ligne'
			},
			{
				name: 'description',
				label: 'Description',
				aide: 'Deux ou trois phrases : ce qu’on y trouve, pour qui, quand y aller. Dites « vous ». 2 000 caractères au plus.',
				kind: 'texte',
				required: true
			}
		]
	},
	{
		slug: 'pour-qui',
		titre: 'Pour qui, à quel prix',
		fields: [
			{ name: 'publics', label: 'Pour qui', kind: 'termes', vocabulary: 'publics' },
			{ name: 'publics_precisions', label: 'Précisions sur le public', kind: 'texte' },
			{
				name: 'age_min_mois',
				label: 'À partir de quel âge',
				aide: 'Par exemple : 10 semaines, 18 mois, 3 ans.',
				kind: 'age'
			},
			{
				name: 'age_max_mois',
				label: 'Jusqu’à quel âge',
				aide: 'Cet âge compris. Par exemple : 6 ans.',
				kind: 'age'
			},
			{ name: 'mode_garde', label: 'Mode de garde', kind: 'terme', vocabulary: 'modes_garde' },
			{ name: 'frais', label: 'Prix', kind: 'terme', vocabulary: 'frais' },
			{ name: 'frais_precisions', label: 'Précisions sur le prix', kind: 'texte' }
		]
	},
	{
		slug: 'comment',
		titre: 'Comment faire',
		fields: [
			{
				name: 'modes_mobilisation',
				label: 'Comment demander',
				kind: 'termes',
				vocabulary: 'modes_mobilisation'
			},
			{ name: 'mobilisation_precisions', label: 'Précisions sur la demande', kind: 'texte' },
			{
				name: 'lien_mobilisation',
				label: 'Faire en ligne',
				aide: 'L’adresse du formulaire ou du portail.',
				kind: 'ligne',
				type: 'url'
			},
			{ name: 'demarches', label: 'Les étapes', aide: 'Une par ligne, dans l’ordre.', kind: 'lignes' },
			{ name: 'a_apporter', label: 'À apporter', kind: 'termes', vocabulary: 'documents' },
			{ name: 'a_apporter_precisions', label: 'Précisions sur ce qu’il faut apporter', kind: 'texte' },
			{
				name: 'langues',
				label: 'Langues parlées',
				aide: 'En plus du français.',
				kind: 'termes',
				vocabulary: 'langues'
			}
		]
	},
	{ slug: 'annuaire', titre: 'Où la trouver dans l’annuaire', fields: directoryFields },
	{
		slug: 'professionnels',
		titre: 'Pour les professionnels seulement – ne pas diffuser',
		aide: 'Ce que vous écrivez ici ne paraît sur aucune page des habitants, dans aucune recherche.',
		fields: professionalFields
	}
];

/** Every field of the form, in its order. */
export const fields: readonly Field[] = fieldGroups.flatMap((group) => group.fields);

/** How the form names each of its fields. */
export const fieldLabels: Readonly<Record<string, string>> = Object.fromEntries(
	fields.map(({ name, label }) => [name, label])
);

/** The fields that a commune may say in its own way. */
export const wordsFields: readonly Field[] = fields.filter(({ whole }) => !whole);

/** What is edited, by whom. */
export interface Edited {
	/** The commune whose words are changed on a shared entry; null when the entry itself is. */
	variantOf: string | null;
	/** The commune that the entry belongs to; null for the common base. */
	commune: string | null;
	isAdministration: boolean;
}

/** The fields offered to whoever edits this. What isn't offered is neither read nor written, whatever a form holds. */
export function fieldsOffered({ variantOf, commune, isAdministration }: Edited): readonly Field[] {
	if (variantOf !== null) return wordsFields;
	return fields.filter(({ only }) => {
		if (only === 'administration') return isAdministration;
		return only !== 'base' || commune === null;
	});
}
