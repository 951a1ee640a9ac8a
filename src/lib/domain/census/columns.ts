import { type Field, type FieldName, fields } from '../editing/fields.ts';
import { normalHeader } from './header.ts';

/** What a column may hold besides the fields of an entry's form. */
export type OtherTarget =
	| 'slug'
	| 'commune'
	| 'communes'
	| 'nature'
	| 'structure'
	| 'themes'
	| 'nom_court'
	| 'langues'
	| 'mots'
	| 'urgence'
	| 'code_insee'
	| 'latitude'
	| 'longitude'
	| 'source'
	| 'source_lien'
	| 'releve_le'
	| ProfessionalTarget;

/** What is for professionals only, and goes to nobody else. */
export type ProfessionalTarget = 'pro_nom' | 'pro_telephone' | 'pro_courriel' | 'pro_notes';

/** What no file says: whom to call meanwhile is another entry, and the form's name of a contact is `pro_nom` here. */
type FormOnly = 'en_attendant' | 'pro_contact_nom_prenom';

/** What a column of a file says of an entry. */
export type Target = Exclude<FieldName, FormOnly> | OtherTarget;

/** A column of an export, and of a file to import. */
export interface Column {
	target: Target;
	/** Its header in an export. */
	label: string;
	/** What people read: the word of the entry's form. */
	words: string;
	/** Whether it is for professionals only. */
	isProfessional: boolean;
}

/** Headers of an export, where the word of the form is not enough out of its place. */
const labels: Partial<Record<Target, string>> = {
	sms: 'SMS',
	publics_precisions: 'Pour qui, précisions',
	mobilisation_precisions: 'Comment demander, précisions',
	a_apporter_precisions: 'À apporter, précisions',
	horaires_precisions: 'Horaires, précisions',
	resume: 'Résumé',
	description: 'Description',
	age_min_mois: 'Âge minimum',
	age_max_mois: 'Âge maximum',
	demarches: 'Démarches'
};

const notForPublic = '(ne pas diffuser)';

const others: Readonly<Record<OtherTarget, string>> = {
	slug: 'Identifiant',
	commune: 'Commune',
	communes: 'Communes servies',
	nature: 'Nature',
	structure: 'Structure',
	themes: 'Thèmes',
	nom_court: 'Nom court',
	langues: 'Langues',
	mots: 'Mots-clés',
	urgence: 'Urgence',
	code_insee: 'Code Insee',
	latitude: 'Latitude',
	longitude: 'Longitude',
	source: 'Source',
	source_lien: 'Lien de la source',
	releve_le: 'Relevé le',
	pro_nom: `Contact professionnel ${notForPublic}`,
	pro_telephone: `Téléphone professionnel ${notForPublic}`,
	pro_courriel: `Courriel professionnel ${notForPublic}`,
	pro_notes: `Notes ${notForPublic}`
};

const first: readonly OtherTarget[] = ['slug', 'commune', 'communes', 'nature', 'structure', 'themes'];
const last: readonly OtherTarget[] = [
	'nom_court',
	'langues',
	'mots',
	'urgence',
	'code_insee',
	'latitude',
	'longitude',
	'source',
	'source_lien',
	'releve_le',
	'pro_nom',
	'pro_telephone',
	'pro_courriel',
	'pro_notes'
];

const formField = new Map<string, Field>(fields.map((field) => [field.name, field]));

/** The field of an entry's form that a column says; undefined for what no form holds. */
function fieldSaid(target: Target): Field | undefined {
	return formField.get(target === 'pro_nom' ? 'pro_contact_nom_prenom' : target);
}

function columnOf(target: Target, label: string): Column {
	const isProfessional = target.startsWith('pro_');
	const word = fieldSaid(target)?.label ?? label;
	return { target, label, words: isProfessional ? `${word} ${notForPublic}` : word, isProfessional };
}

function other(target: OtherTarget): Column {
	return columnOf(target, others[target]);
}

function isInFiles(name: FieldName): name is Exclude<FieldName, FormOnly> {
	return name !== 'en_attendant' && name !== 'pro_contact_nom_prenom';
}

/** Every column, in the order of an export: what is for professionals only comes last. */
export const columns: readonly Column[] = [
	...first.map(other),
	...fields.flatMap(({ name, label }) =>
		!isInFiles(name) || Object.hasOwn(others, name) ? [] : columnOf(name, labels[name] ?? label)
	),
	...last.map(other)
];

const byTarget = new Map<string, Column>(columns.map((column) => [column.target, column]));

/** The column of this target; undefined for a word that isn't one. */
export function findColumn(target: string): Column | undefined {
	return byTarget.get(target);
}

/**
 * What directories call the same thing, beside its name in the data and its header in an export: data·inclusion, the
 * annuaire de l'administration (DILA), HSDS, médiation numérique, and the words that people write.
 */
const names: Partial<Record<Target, readonly string[]>> = {
	slug: ['slug', 'identifiant annuaire'],
	nom: [
		'name',
		'title',
		'intitulé',
		'libellé',
		'titre',
		'nom du service',
		'nom de la structure',
		'nom du lieu',
		'nom de l’établissement',
		'raison sociale',
		'dénomination',
		'établissement',
		'service',
		'organisme',
		'association'
	],
	commune: [
		'nom commune',
		'nom de la commune',
		'libellé commune',
		'commune insee',
		'municipality',
		'commune d’implantation'
	],
	communes: ['communes desservies', 'zone eligibilite', 'zone d’intervention', 'secteur', 'service area'],
	structure: [
		'nom structure',
		'gestionnaire',
		'organisation',
		'organization',
		'porteur',
		'organisme gestionnaire'
	],
	themes: ['thème', 'rubrique', 'catégorie', 'section'],
	telephone: [
		'tel',
		'tél',
		'téléphone fixe',
		'n° de téléphone',
		'numéro de téléphone',
		'phone',
		'phone number',
		'numéro'
	],
	sms: ['numéro sms', 'texto'],
	courriel: [
		'mail',
		'e-mail',
		'email',
		'adresse mail',
		'adresse e-mail',
		'adresse courriel',
		'adresse électronique',
		'mel',
		'contact mail'
	],
	site_web: ['site', 'site web', 'site internet', 'url', 'website', 'web', 'lien', 'uri', 'page web'],
	adresse: [
		'adresse postale',
		'adresse complète',
		'address',
		'address 1',
		'rue',
		'voie',
		'numéro voie',
		'numéro et voie',
		'address_1',
		'street'
	],
	complement_adresse: ['complément', 'complement', 'complément 1', 'address 2', 'bâtiment', 'lieu dit'],
	code_postal: ['cp', 'code postal', 'postal code', 'zip', 'codepostal'],
	ville: ['city', 'localité', 'bureau distributeur', 'ville cedex', 'adresse ville'],
	code_insee: ['insee', 'code commune', 'code insee commune', 'citycode', 'depcom'],
	latitude: ['lat', 'y', 'coord y'],
	longitude: ['long', 'lon', 'lng', 'x', 'coord x'],
	acces_fauteuil: [
		'accessibilité',
		'pmr',
		'accès pmr',
		'accès handicapé',
		'accessible pmr',
		'accessible fauteuil',
		'wheelchair'
	],
	horaires_accueil: [
		'horaires',
		'horaire',
		'heures d’ouverture',
		'jours et horaires',
		'opening hours',
		'opening_hours',
		'schedule',
		'horaires accueil du public',
		'plage ouverture'
	],
	horaires_precisions: ['commentaire plage ouverture', 'commentaire horaires'],
	rendez_vous: ['sur rendez-vous', 'rdv', 'rendez vous'],
	resume: ['présentation résumé', 'presentation_resume', 'short description', 'en bref', 'accroche'],
	description: [
		'présentation',
		'présentation détail',
		'presentation_detail',
		'missions',
		'activité',
		'activités',
		'objet',
		'descriptif'
	],
	publics: [
		'public',
		'public visé',
		'publics visés',
		'publics accueillis',
		'public accueilli',
		'profils',
		'eligibility',
		'bénéficiaires'
	],
	publics_precisions: ['profils précisions', 'précisions publics', 'public précisions'],
	age_min_mois: [
		'age min',
		'âge mini',
		'age minimum',
		'âge',
		'age',
		'ages',
		'âges',
		'tranche d’âge',
		'minimum_age',
		'à partir de'
	],
	age_max_mois: ['age max', 'âge maxi', 'age maximum', 'maximum_age'],
	mode_garde: ['type d’accueil', 'mode d’accueil', 'mode de garde'],
	frais: ['prix', 'tarif', 'tarifs', 'coût', 'cost', 'fees', 'gratuit'],
	frais_precisions: ['frais autres', 'précisions tarif', 'détail des tarifs', 'fees_description'],
	modes_mobilisation: ['modes orientation bénéficiaire', 'comment contacter'],
	mobilisation_precisions: ['conditions d’accès', 'conditions acces', 'application_process'],
	lien_mobilisation: [
		'formulaire',
		'formulaire en ligne',
		'lien formulaire',
		'prise rdv',
		'page prise rdv',
		'inscription en ligne'
	],
	demarches: ['démarches', 'étapes', 'inscription', 'modalités d’inscription'],
	a_apporter: ['justificatifs', 'pièces à fournir', 'documents', 'required_document', 'documents à fournir'],
	langues: ['langue', 'languages', 'langues parlées'],
	mots: ['mots clés', 'keywords', 'tags', 'mots clefs'],
	nom_court: ['sigle', 'nom abrégé', 'alternate_name'],
	source: ['source des données'],
	source_lien: ['lien source', 'fiche service public', 'url service public', 'url source'],
	releve_le: ['date de relevé', 'relevé', 'date du relevé'],
	pro_nom: [
		'contact nom prenom',
		'contact',
		'référent',
		'personne contact',
		'nom du contact',
		'responsable',
		'contact professionnel'
	],
	pro_telephone: ['téléphone professionnel', 'ligne directe', 'téléphone du contact', 'portable'],
	pro_courriel: ['courriel professionnel', 'mail du contact', 'courriel du contact'],
	pro_notes: ['notes', 'remarques', 'observations', 'commentaire', 'commentaires', 'notes internes']
};

const byHeader = new Map<string, Target>();
for (const { target, label } of columns)
	for (const name of [target.replace(/_mois$/, ''), target, label, ...(names[target] ?? [])])
		if (!byHeader.has(normalHeader(name))) byHeader.set(normalHeader(name), target);

for (const { target, words } of columns)
	for (const name of [words, fieldSaid(target)?.label ?? words])
		if (!byHeader.has(normalHeader(name))) byHeader.set(normalHeader(name), target);

/** What a column says, by its header; undefined when no directory that we know calls anything so. */
export function targetOfHeader(header: string): Target | undefined {
	return byHeader.get(normalHeader(header));
}
