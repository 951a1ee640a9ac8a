import type { serviceFields } from '../service.ts';
import type { VocabularyName } from '../vocabulary.ts';

/** What an editor may change of an entry: the fields of `serviceFields` that a person writes. */
export type FieldName = Exclude<
	keyof typeof serviceFields,
	'nom_court' | 'langues' | 'code_insee' | 'latitude' | 'longitude'
>;

/** How a field is typed: one line, a text, a line each, one term or several of a vocabulary, an age, hours. */
export type FieldKind = 'ligne' | 'texte' | 'lignes' | 'terme' | 'termes' | 'age' | 'horaires';

/** A field of the form: its words, and how it is typed. */
export interface Field {
	name: FieldName;
	label: string;
	aide?: string;
	kind: FieldKind;
	vocabulary?: VocabularyName;
	/** What a browser knows of it: the keyboard it shows. */
	type?: 'tel' | 'email' | 'url';
}

/** Fields that are filled together. */
export interface FieldGroup {
	slug: string;
	titre: string;
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
				aide: 'Le numéro que les habitants appellent. Par exemple 04 65 71 00 01.',
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
			{ name: 'site_web', label: 'Site internet', aide: 'Commence par https://', kind: 'ligne', type: 'url' },
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
				aide: 'Celui que les gens connaissent. 80 caractères au plus.',
				kind: 'ligne'
			},
			{
				name: 'resume',
				label: 'En une phrase',
				aide: 'Elle se lit dans les listes. 140 caractères au plus.',
				kind: 'ligne'
			},
			{
				name: 'description',
				label: 'En deux ou trois phrases',
				aide: 'Ce qu’on y trouve, pour qui, quand y aller. Dites « vous ».',
				kind: 'texte'
			}
		]
	},
	{
		slug: 'pour-qui',
		titre: 'Pour qui, à quel prix',
		fields: [
			{ name: 'publics', label: 'Pour qui', kind: 'termes', vocabulary: 'publics' },
			{ name: 'publics_precisions', label: 'Précisions', kind: 'texte' },
			{
				name: 'age_min_mois',
				label: 'À partir de quel âge',
				aide: 'Par exemple : 10 semaines, 18 mois, 3 ans.',
				kind: 'age'
			},
			{
				name: 'age_max_mois',
				label: 'Jusqu’à quel âge',
				aide: 'Cet âge compris. Par exemple : 6 ans.',
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
			{ name: 'mobilisation_precisions', label: 'Précisions', kind: 'texte' },
			{
				name: 'lien_mobilisation',
				label: 'Faire en ligne',
				aide: 'L’adresse du formulaire ou du portail.',
				kind: 'ligne',
				type: 'url'
			},
			{ name: 'demarches', label: 'Les étapes', aide: 'Une par ligne, dans l’ordre.', kind: 'lignes' },
			{ name: 'a_apporter', label: 'À apporter', kind: 'termes', vocabulary: 'documents' },
			{ name: 'a_apporter_precisions', label: 'Précisions', kind: 'texte' }
		]
	}
];

/** Every field of the form, in its order. */
export const fields: readonly Field[] = fieldGroups.flatMap((group) => group.fields);
