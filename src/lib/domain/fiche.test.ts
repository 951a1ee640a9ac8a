import { expect } from 'vitest';
import { findService } from '#lib/server/services.ts';
import { test } from '../../../tests/world.ts';
import { instantOf } from './dates.ts';
import { closuresAhead, ficheOf, hoursOf, type Reading } from './fiche.ts';

const reading = (local: string, scope = 'haut-valclair'): Reading => ({
	scope,
	at: instantOf(local),
	calendar: { schoolHolidays: [], place: { departement: 'Haute-Savoie', region: 'Auvergne-Rhône-Alpes' } }
});
const plain = (words: string | undefined) =>
	words?.replaceAll('\u2060', '').replaceAll(/[\u202f\u00a0]/g, ' ');

test.for([
	['accueil-petite-enfance', '2026-11-24T10:15', 'open', 'Ouvert', 'jusqu’à 12 h, puis 13 h 30 – 17 h'],
	['accueil-petite-enfance', '2026-11-24T12:00', 'closed', 'Fermé', '· ouvre à 13 h 30'],
	[
		'accueil-petite-enfance',
		'2026-12-25T10:15',
		'closed',
		'Fermé',
		'aujourd’hui, jour férié (Noël) · ouvre le lundi 4 janvier à 8 h 30'
	],
	[
		'accueil-petite-enfance',
		'2026-12-29T10:15',
		'closed',
		'Fermé',
		'du 28 au 31 décembre : inventaire · ouvre lundi à 8 h 30'
	],
	['creche', '2026-11-24T10:15', 'incomplete', 'Coordonnées à compléter', ''],
	['maison-des-familles', '2026-11-24T10:15', 'project', 'Projet', '· n’existe pas encore'],
	['numero-de-secours', '2026-10-25T02:30', 'open', 'Ouvert', 'jour et nuit'],
	['cafe-du-vendredi', '2026-11-28T01:30', 'open', 'Ouvert', 'jusqu’à 2 h']
])('%s at %s is %s: « %s %s »', async ([slug = '', local = '', mark, mot, suite], { db }) => {
	const service = await findService(db, slug, 'haut-valclair');
	if (!service) throw new Error(slug);
	const fiche = ficheOf(service, reading(local));
	expect([fiche.mark, plain(fiche.etat?.mot), plain(fiche.etat?.suite)]).toEqual([mark, mot, suite]);
});

test('an entry without a number says whom to call meanwhile, one that explains says whom to call', async ({
	db
}) => {
	const creche = await findService(db, 'creche', 'haut-valclair');
	const carteGrise = await findService(db, 'carte-grise', 'haut-valclair');
	if (!creche || !carteGrise) throw new Error('missing');
	expect(plain(ficheOf(creche, reading('2026-11-24T10:15')).enAttendant?.invitation)).toBe(
		'En attendant, appelez : Accueil petite enfance'
	);
	expect(plain(ficheOf(carteGrise, reading('2026-11-24T10:15')).enAttendant?.invitation)).toBe(
		'Qui appeler : Mairie de Haut-Valclair'
	);
});

test('a closure is announced before it begins and forgotten once it is over', async ({ db }) => {
	const service = await findService(db, 'accueil-petite-enfance');
	if (!service) throw new Error('missing');
	expect(closuresAhead(service, reading('2026-11-24T10:15')).map(plain)).toEqual([
		'Fermé du 28 au 31 décembre : inventaire.'
	]);
	const [closure] = service.closures;
	const festive = { ...service, closures: closure ? [{ ...closure, motif: 'congés de Noël !' }] : [] };
	expect(closuresAhead(festive, reading('2026-11-24T10:15'))[0]).toMatch(/congés de Noël !$/);
	expect(closuresAhead(service, reading('2027-01-01T00:00'))).toEqual([]);
});

test('an entry whose hours aren’t known shows no table, and changes only at midnight', async ({ db }) => {
	const service = await findService(db, 'mairie-pont-valclair', 'pont-valclair');
	if (!service) throw new Error('missing');
	expect(hoursOf(service, reading('2026-11-24T10:15'))).toBeUndefined();
	expect(ficheOf(service, reading('2026-11-24T10:15')).changes).toBeUndefined();
});

test('hours that nobody can read stay on the page, to be confirmed by a call', async ({ db }) => {
	const service = await findService(db, 'accompagnement-intercommunautaire', 'haut-valclair');
	if (!service) throw new Error('missing');
	const fiche = ficheOf(service, reading('2026-11-24T10:15'));
	expect([fiche.mark, fiche.etat?.mot, fiche.etat?.suite]).toEqual([
		'plain',
		'Horaires à confirmer',
		'· appelez avant de venir'
	]);
	expect(hoursOf(service, reading('2026-11-24T10:15'))).toBeUndefined();
});
