import type { Field } from './fields.ts';

/* The fields of an entry as a whole: no commune says them in its own way on a shared entry. */

/** What kind of entry it is, in the words of whoever writes it. */
export const entryNature: Field = {
	name: 'nature',
	label: 'Ce que c’est',
	aide: 'Un service : quelqu’un répond ou reçoit. Un numéro utile : à garder sous la main. Une explication : comment faire une démarche. Un projet : cela n’existe pas encore.',
	kind: 'terme',
	required: true,
	whole: true,
	terms: [
		{ code: 'service', fr: 'Un service' },
		{ code: 'numero', fr: 'Un numéro utile' },
		{ code: 'site', fr: 'Un site internet' },
		{ code: 'repere', fr: 'Une explication' },
		{ code: 'projet', fr: 'Un projet' }
	]
};

/** Where people find it, and through whom. */
export const directoryFields: readonly Field[] = [
	{
		name: 'themes',
		label: 'Thèmes',
		aide: 'Dans chaque thème qui convient, choisissez la rubrique. Un thème suffit souvent.',
		kind: 'places',
		required: true,
		whole: true
	},
	{
		name: 'communes',
		label: 'Communes servies',
		aide: 'Les habitants de ces communes la trouveront.',
		kind: 'termes',
		required: true,
		whole: true,
		only: 'base'
	},
	{
		name: 'structure',
		label: 'Qui s’en occupe',
		aide: 'La commune, une association, un organisme.',
		kind: 'structure',
		required: true,
		whole: true
	},
	{
		name: 'mots',
		label: 'Mots que les gens cherchent',
		aide: 'Un par ligne : sigles, anciens noms, mots de tous les jours. Ils aident la recherche et ne s’affichent pas.',
		kind: 'lignes',
		whole: true
	},
	{
		name: 'en_attendant',
		label: 'Qui appeler en attendant',
		aide: 'Quand cette fiche n’a pas de numéro à elle. Sans réponse ici, c’est la mairie de la commune.',
		kind: 'terme',
		whole: true
	},
	{
		name: 'urgence',
		label: 'Numéro d’urgence',
		aide: 'Elle s’affichera parmi les numéros d’urgence, en tête de page.',
		kind: 'oui',
		whole: true,
		only: 'administration'
	}
];

/** What no public page, search, card or list ever holds. */
export const professionalFields: readonly Field[] = [
	{
		name: 'pro_contact_nom_prenom',
		label: 'Personne à joindre',
		kind: 'ligne',
		whole: true,
		professional: true
	},
	{
		name: 'pro_telephone',
		label: 'Ligne directe',
		kind: 'ligne',
		type: 'tel',
		whole: true,
		professional: true
	},
	{
		name: 'pro_courriel',
		label: 'Courriel direct',
		kind: 'ligne',
		type: 'email',
		whole: true,
		professional: true
	},
	{
		name: 'pro_notes',
		label: 'Notes entre professionnels',
		aide: 'Rien sur les personnes reçues.',
		kind: 'texte',
		whole: true,
		professional: true
	}
];
