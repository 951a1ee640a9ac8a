import { expect, test } from 'vitest';
import { hoursSentence } from '../fiche.ts';
import { formatPhone } from '../phone.ts';
import { readCell } from './cells.ts';
import type { Target } from './columns.ts';
import type { EntryState, Territory } from './entry.ts';
import { factsOf } from './entry.ts';

const territory: Territory = {
	places: [{ slug: 'haut', nom: 'Le Haut', code_insee: '00001', code_postal: '00100' }],
	themes: []
};

test.each(['sur RDV', 'Sur rendez-vous.', 'uniquement sur rdv', 'RDV'])(
	'hours that only say « %s » are an appointment, and open no day',
	(cell) => {
		expect(readCell('horaires_accueil', cell, territory)).toEqual({
			values: { rendez_vous: 'avec' },
			notes: []
		});
	}
);

test('a postcode that lacks a digit is left out, and told', () => {
	expect(readCell('code_postal', '0020', territory)).toEqual({
		values: {},
		notes: [],
		refused: 'Un code postal a cinq chiffres.'
	});
	expect(readCell('code_postal', '1000', territory).values).toEqual({ code_postal: '01000' });
});

test('an appointment on a day is still that day', () => {
	expect(readCell('horaires_accueil', 'lundi sur rendez-vous', territory).values).toEqual({
		horaires_accueil: 'Mo "sur rendez-vous"'
	});
});

test.each([
	['horaires_accueil', 'quand on veut'],
	['horaires_accueil', 'lundi 25h'],
	['telephone', '4657100'],
	['site_web', 'bientôt'],
	['age_min_mois', 'jeunes'],
	['latitude', 'nord']
] satisfies [Target, string][])(
	'why « %s » is left out is one sentence that says what to do',
	(target, cell) => {
		expect(readCell(target, cell, territory).refused).toMatch(/^[^:]+ : (écrivez|mettez|écrivez-le) .+\.$/);
	}
);

test('what an entry to create says is told in French, under the words of its form', () => {
	const state: EntryState = {
		slug: '',
		nature: 'service',
		urgence: false,
		commune: 'haut',
		communes: ['haut'],
		structure: 'Commune du Haut',
		themes: [],
		facts: {
			nom: 'Club',
			telephone: '0465710101',
			horaires_accueil: 'We 14:00-18:00',
			adresse: '3 rue du Pré'
		},
		mots: [],
		source: null,
		source_lien: null,
		releve_le: null,
		professional: { contact_nom_prenom: 'Anne', telephone: null, courriel: null, notes: null }
	};
	expect(factsOf(state, territory).map(({ label, words }) => [label, words])).toEqual([
		['Téléphone', formatPhone('0465710101')],
		['Adresse', '3 rue du Pré'],
		['Horaires d’ouverture', hoursSentence({ horaires_accueil: 'We 14:00-18:00' })],
		['Commune', 'Le Haut'],
		['Qui s’en occupe', 'Commune du Haut'],
		['Personne à joindre (ne pas diffuser)', 'Anne']
	]);
});

test('the words of a cell get the typography of French; its addresses do not', () => {
	const territory: Territory = { places: [], themes: [] };
	expect(readCell('nom', 'L\'accueil "du matin"', territory).values.nom).toBe(
		'L’accueil «\u202fdu matin\u202f»'
	);
	expect(readCell('demarches', "L'appeler !\nVenir", territory).values.demarches).toEqual([
		'L’appeler\u202f!',
		'Venir'
	]);
	expect(readCell('adresse', "1 rue de l'Eau, 00100 Haut", territory).values.adresse).toBe('1 rue de l’Eau');
	expect(readCell('structure', "Amis de l'Eau", territory).values.structure).toBe('Amis de l’Eau');
	expect(readCell('pro_notes', "C'est là", territory).values.pro_notes).toBe('C’est là');
	expect(readCell('site_web', "https://exemple.fr/l'eau?a=b!", territory).values.site_web).toBe(
		"https://exemple.fr/l'eau?a=b!"
	);
	expect(readCell('nom', `${'x'.repeat(79)}!`, territory).values.nom).toHaveLength(80);
});
