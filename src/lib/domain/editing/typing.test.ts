import { expect, test } from 'vitest';
import { conflictOf } from './conflict.ts';
import type { EntryForm } from './choices.ts';
import { type FieldName, fieldsOffered, wordsFields as fields } from './fields.ts';
import { differencesBetween, type Facts, readForm, restored, type Typed, typedForm } from './typing.ts';

/** An entry of which only these fields are filled. */
function facts(values: Partial<Record<FieldName, unknown>>): Facts {
	const empty = Object.fromEntries(
		fields.map(({ name, kind }) => [name, kind === 'termes' || kind === 'lignes' ? [] : null])
	) as Facts;
	return { ...empty, nom: 'Mairie', description: 'Elle vous aide.', ...values };
}

const before = facts({
	telephone: '04 65 71 00 01',
	horaires_accueil: 'Mo-Fr 08:30-12:00,13:30-17:00',
	age_min_mois: 36,
	age_max_mois: 83,
	demarches: ['Téléphonez.', 'Venez avec vos papiers.'],
	publics: ['familles']
});

/** The form as it was shown, with these fields typed again. */
const typed = (changes: Partial<Typed>) => readForm({ ...typedForm(before), ...changes }, before);

test('a form sent back as it was shown changes nothing, even sent with the line ends of a browser', () => {
	expect(typed({})).toEqual({ facts: before, assumptions: [], errors: {} });
	expect(typed({ demarches: 'Téléphonez.\r\nVenez avec vos papiers.' }).facts).toEqual(before);
});

test('a number typed in one block is kept in pairs; one that is not whole is said to be so', () => {
	expect(typed({ telephone: '0465710099' }).facts.telephone).toBe('04 65 71 00 99');
	const { errors, facts } = typed({ telephone: '04 65 71' });
	expect(errors.telephone).toMatch(/pas complet/);
	expect(facts.telephone).toBe('04 65 71 00 01');
});

test.each([
	['telephone', 'abc', /avec ses chiffres/],
	['sms', '04 65', /pas complet/],
	['site_web', 'douze ans', /ne se lit pas.*www\.exemple\.fr/],
	['description', 'x'.repeat(2345), /2\u202f000 caractères au plus, le vôtre en a 2\u202f345/]
] as const)('%s typed « %s » is refused with what to write', (field, text, sentence) => {
	expect(typed({ [field]: text }).errors[field]).toMatch(sentence);
});

test('the address of a site is completed', () => {
	expect(typed({ site_web: 'lesamis.fr' }).facts.site_web).toBe('https://lesamis.fr');
	expect(typed({ site_web: 'http://lesamis.fr/a' }).facts.site_web).toBe('http://lesamis.fr/a');
	expect(typed({ site_web: '' }).facts.site_web).toBeNull();
});

test('an emptied field is empty, but for the name', () => {
	const { facts, errors } = typed({ telephone: ' ', demarches: '', publics: [], nom: '' });
	expect(facts).toMatchObject({ telephone: null, demarches: [], publics: [], nom: 'Mairie' });
	expect(Object.keys(errors)).toEqual(['nom']);
});

test('hours are read as people write them, with what was taken for granted', () => {
	const { facts, assumptions } = typed({
		horaires_accueil: 'du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi après-midi'
	});
	expect(facts.horaires_accueil).toBe('Mo-Tu,Th-Fr 08:30-12:00,13:30-17:00; We 08:30-12:00');
	expect(assumptions).toHaveLength(1);
	expect(typed({ horaires_accueil: 'quand on veut' }).errors.horaires_accueil).toMatch(/quand on veut/);
	expect(typed({ horaires_accueil: '' }).facts.horaires_accueil).toBeNull();
});

test('what hours can’t hold is kept beside them, after what was said there', () => {
	const noted = { ...before, horaires_precisions: 'Fermé la première semaine d’août.' };
	const written = {
		...typedForm(noted),
		horaires_accueil: 'du lundi au vendredi 9h-12h. Accueil téléphonique de 14h à 16h.'
	};
	const { facts, errors } = readForm(written, noted);
	expect(errors).toEqual({});
	expect(facts.horaires_precisions).toMatch(
		/^Fermé la première semaine d’août\.\nAccueil téléphonique de 14h à 16h/
	);
	expect(readForm({ ...written, ...typedForm(facts) }, facts).facts).toEqual(facts);
});

test.each([
	['age_min_mois', '18 mois', 18],
	['age_min_mois', '10 semaines', 2],
	['age_min_mois', '3 ans', 36],
	['age_max_mois', '11 ans', 143],
	['age_max_mois', '', null]
] as const)('%s typed « %s » is %s months', (field, text, months) => {
	expect(typed({ [field]: text }).facts[field]).toBe(months);
});

test('an age that can’t be read, or ends before it begins, is said to be so', () => {
	expect(typed({ age_min_mois: 'tout petit' }).errors.age_min_mois).toMatch(/ne se lit pas/);
	expect(typed({ age_min_mois: '12 ans' }).errors.age_max_mois).toMatch(/avant/);
});

test('a term that is not in the list is refused in French', () => {
	expect(typed({ publics: ['n-importe-quoi'] }).errors.publics).toBe('Choisissez dans la liste.');
	expect(typed({ frais: 'cadeau' }).errors.frais).toBe('Choisissez dans la liste.');
});

test('differences are said in words, in the order of the form', () => {
	const after = {
		...before,
		telephone: '04 65 71 00 99',
		publics: ['familles', 'jeunes'],
		horaires_accueil: null
	};
	expect(differencesBetween(before, after).map(({ name, avant, apres }) => [name, avant, apres])).toEqual([
		['telephone', '04\u202f65\u202f71\u202f00\u202f01', '04\u202f65\u202f71\u202f00\u202f99'],
		['horaires_accueil', expect.stringContaining('Du lundi au vendredi') as string, ''],
		['publics', 'Familles', expect.stringMatching(/^Familles, /) as string]
	]);
});

test('two edits come together: what only one changed is kept, what both changed is shown', () => {
	const mine = { ...before, telephone: '04 65 71 00 02', adresse: '2 rue du Pré' };
	const theirs = { ...before, telephone: '04 65 71 00 03', nom: 'La mairie' };
	const conflict = conflictOf(before, mine, theirs);
	expect(conflict.merged).toEqual({
		...before,
		telephone: '04 65 71 00 02',
		adresse: '2 rue du Pré',
		nom: 'La mairie'
	});
	expect(conflict.theirs.map(({ name }) => name)).toEqual(['telephone', 'nom']);
	expect(conflict.both.map(({ name, avant, apres }) => [name, avant.at(-1), apres.at(-1)])).toEqual([
		['telephone', '3', '2']
	]);
});

/** The whole form of an entry of the base, for the administration. */
const whole: EntryForm = {
	fields: fieldsOffered({ variantOf: null, commune: null, isAdministration: true }),
	choices: {
		themes: [
			{ code: 'enfance/garder', fr: 'Enfance : Garder', groupe: 'Enfance' },
			{ code: 'enfance/jouer', fr: 'Enfance : Jouer', groupe: 'Enfance' },
			{ code: 'agenda/fetes', fr: 'Agenda : Fêtes', groupe: 'Agenda' }
		],
		communes: [{ code: 'haut-valclair', fr: 'Haut-Valclair' }],
		structure: [{ code: 'Commune du Haut', fr: 'Commune du Haut' }],
		en_attendant: [
			{ code: '1', fr: 'La mairie' },
			{ code: '2', fr: 'Le relais', former: true }
		]
	}
};
const entry: Facts = {
	...before,
	nature: 'service',
	themes: ['enfance/garder'],
	communes: ['haut-valclair'],
	structure: 'Commune du Haut',
	mots: [],
	en_attendant: '2',
	urgence: false,
	pro_contact_nom_prenom: null,
	pro_telephone: null,
	pro_courriel: null,
	pro_notes: null
};
const typedWhole = (changes: Typed) =>
	readForm({ ...typedForm(entry, whole.fields), ...changes }, entry, whole);

test('the whole form sent back as it was shown changes nothing', () => {
	expect(typedWhole({})).toEqual({ facts: entry, assumptions: [], errors: {} });
	expect(readForm({}, entry, whole)).toEqual({ facts: entry, assumptions: [], errors: {} });
});

test.each([
	['themes', ['enfance/garder', 'enfance/jouer'], /une seule rubrique/],
	['themes', ['', ''], /au moins un thème/],
	['themes', ['enfance/inconnue'], /dans la liste/],
	['communes', [], /au moins une commune/],
	['communes', ['ailleurs'], /dans la liste/],
	['structure', ['', ''], /vide/],
	['en_attendant', '3', /dans la liste/],
	['nature', 'chose', /dans la liste/],
	['langues', ['xx'], /dans la liste/],
	['pro_telephone', '04 65', /pas complet/],
	['pro_telephone', '12', /pas complet/],
	['pro_courriel', 'a', /pas complet/],
	['mots', 'x'.repeat(81), /trop long/]
] as const)('%s typed %j is refused in French', (name, value, message) => {
	const { errors, facts } = typedWhole({ [name]: value });
	expect(errors).toEqual({ [name]: expect.stringMatching(message) as string });
	expect(facts).toEqual(entry);
});

test('places, boxes, words and whoever runs it are read as they are typed', () => {
	const { facts, errors } = typedWhole({
		themes: ['', 'enfance/jouer', 'agenda/fetes'],
		structure: ['Commune du Haut', '  Les amis   du lac '],
		mots: 'RAM\r\n\r\nnounou',
		urgence: 'oui',
		en_attendant: '1',
		pro_telephone: '0465710099'
	});
	expect(errors).toEqual({});
	expect(facts).toMatchObject({
		themes: ['enfance/jouer', 'agenda/fetes'],
		structure: 'Les amis du lac',
		mots: ['RAM', 'nounou'],
		urgence: true,
		en_attendant: '1',
		pro_telephone: '04 65 71 00 99'
	});
	expect(typedWhole({ structure: ['', 'commune DU haut'] }).facts).toEqual(entry);
});

test('what can’t be chosen any more stays where it was, and is said by its name', () => {
	expect(typedWhole({ en_attendant: '2' }).errors).toEqual({});
	const after = { ...entry, en_attendant: null, urgence: true, themes: ['agenda/fetes'] };
	expect(
		differencesBetween(entry, after, whole).map(({ name, avant, apres }) => [name, avant, apres])
	).toEqual([
		['themes', 'Enfance : Garder', 'Agenda : Fêtes'],
		['en_attendant', 'Le relais', ''],
		['urgence', '', 'Oui']
	]);
});

test('a former state is put back as far as the rules allow; what it didn’t hold stays', () => {
	const state = { nom: 'Avant', themes: ['disparu/rien'], mots: ['RAM'], description: '' };
	expect(restored(state, entry, whole)).toEqual({ ...entry, nom: 'Avant', mots: ['RAM'] });
});

test('each editor is offered the fields that are theirs', () => {
	const names = (edited: Parameters<typeof fieldsOffered>[0]) =>
		new Set(fieldsOffered(edited).map(({ name }) => name));
	const words = names({ variantOf: 'haut-valclair', commune: null, isAdministration: false });
	for (const name of ['themes', 'communes', 'structure', 'mots', 'urgence', 'pro_notes', 'nature'] as const)
		expect(words.has(name), name).toBe(false);
	const own = names({ variantOf: null, commune: 'haut-valclair', isAdministration: false });
	expect([own.has('communes'), own.has('urgence'), own.has('pro_notes')]).toEqual([false, false, true]);
});

test('what is typed gets the typography of French; addresses and numbers are left as they are', () => {
	const { facts, errors } = typed({
		nom: 'L\'accueil "du matin"',
		description: 'Ouvert à tous !\r\nRenseignez-vous : http://exemple.fr/?a=b...',
		demarches: "Téléphonez.\nDemandez l'agent d'accueil",
		courriel: 'accueil@exemple.fr',
		site_web: 'http://exemple.fr/a?b=c!'
	});
	expect(errors).toEqual({});
	expect(facts).toMatchObject({
		nom: 'L’accueil «\u202fdu matin\u202f»',
		description: 'Ouvert à tous\u202f!\nRenseignez-vous\u202f: http://exemple.fr/?a=b...',
		demarches: ['Téléphonez.', 'Demandez l’agent d’accueil'],
		courriel: 'accueil@exemple.fr',
		site_web: 'http://exemple.fr/a?b=c!'
	});
});

test('straight quotes that were there stay when something else is typed, and are no difference', () => {
	const stored = facts({
		description: 'L\'accueil "du matin".\nLe soir : fermé.',
		demarches: ["L'appeler", 'Venir']
	});
	const form = typedForm(stored);
	const read = (changes: Partial<Typed>) => readForm({ ...form, ...changes }, stored).facts;
	expect(read({ telephone: '0465710002' }).description).toBe(stored.description);
	expect(read({ description: `${String(form.description)}  ` })).toEqual(stored);
	expect(read({ description: 'L\'accueil  "du matin".\nLe soir  : fermé.' })).toEqual(stored);
	expect(read({ description: `${String(form.description)}\nL'été ?` }).description).toBe(
		'L\'accueil "du matin".\nLe soir : fermé.\nL’été\u202f?'
	);
	expect(read({ demarches: "L'appeler\nL'attendre\nVenir" }).demarches).toEqual([
		"L'appeler",
		'L’attendre',
		'Venir'
	]);
});

test('a text is not too long for its typography', () => {
	const nom = `${'x'.repeat(79)}!`;
	expect(typed({ nom }).facts.nom).toBe(nom);
	expect(typed({ nom: `${nom}!` }).errors.nom).toMatch(/le vôtre en a 81/);
});
