import { expect, test } from 'vitest';
import { checkAnnouncement, shortMessage, timeOfAnnouncement } from './announcements.ts';

const today = '2026-11-24';
const check = (debut: string, fin: string, texte = 'inventaire') =>
	checkAnnouncement('fermeture', { debut, fin, texte }, today);

test.each([
	['2026-11-24', '2026-11-24'],
	['2026-11-20', '2026-11-24'],
	['2026-12-28', '2027-01-02'],
	['2028-02-29', '2028-02-29']
])('days from %s to %s are kept as they are', (debut, fin) => {
	expect(check(debut, fin).output).toEqual({ debut, fin, texte: 'inventaire' });
});

test('without a last day it lasts one day, and a closure may have no reason', () => {
	expect(check('2026-12-01', '', ' ').output).toEqual({
		debut: '2026-12-01',
		fin: '2026-12-01',
		texte: null
	});
});

test.each([
	['', '', 'debut', /premier jour/],
	['2026-12-05', '2026-12-01', 'fin', /vient avant/],
	['2026-11-01', '2026-11-23', 'fin', /déjà passés/],
	['2026-11-23', '', 'debut', /déjà passés/],
	['2027-02-29', '2027-03-02', 'debut', /n’existe pas/],
	['2027-02-27', '2027-02-29', 'fin', /n’existe pas/],
	['demain', '', 'debut', /n’existe pas/],
	['2026-13-01', '', 'debut', /n’existe pas/],
	['2026-11-24', '2028-11-25', 'fin', /deux ans/],
	['2106-11-24', '', 'debut', /deux ans/],
	['2016-11-24', '2026-12-01', 'debut', /deux ans/],
	['+275760-09-13', '', 'debut', /n’existe pas/],
	['2026-11-24\0', '', 'debut', /n’existe pas/]
] as const)('from « %s » to « %s » is refused beside %s', (debut, fin, field, sentence) => {
	const { output, errors } = check(debut, fin);
	expect(output).toBeUndefined();
	expect(errors?.[field]).toMatch(sentence);
});

test('a message has words, 280 characters at most, on one line', () => {
	const message = (texte: string) => checkAnnouncement('message', { debut: today, fin: '', texte }, today);
	expect(message(' ').errors?.texte).toBe('Écrivez votre message.');
	expect(message('a'.repeat(281)).errors?.texte).toMatch(/280 caractères au plus, le vôtre en a 281/);
	expect(message('🎄'.repeat(280)).output?.texte).toHaveLength(560);
	expect(message('\0Bonjour\r\nà  tous').output?.texte).toBe('Bonjour à tous');
});

test('an announcement is to come, under way, then past, both days included', () => {
	const days = { debut: '2026-11-24', fin: '2026-11-25' };
	expect(
		['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map((day) => timeOfAnnouncement(days, day))
	).toEqual(['a-venir', 'en-cours', 'en-cours', 'passee']);
});

test('a long message is cut after a word in lists', () => {
	expect(shortMessage('Court.')).toBe('Court.');
	const long = `Le guichet est déplacé à la salle des fêtes, ${'pendant les travaux, '.repeat(8)}`;
	expect(shortMessage(long)).toMatch(/^Le guichet est déplacé.*travaux…$/);
	expect(shortMessage(long).length).toBeLessThanOrEqual(91);
	expect(shortMessage('a'.repeat(200))).toHaveLength(91);
});

test('a message gets the typography of French, unless it was there', () => {
	const message = (texte: string, present?: string) =>
		checkAnnouncement('message', { debut: today, fin: '', texte }, today, present).output?.texte;
	expect(message("L'accueil ferme :\r\nrevenez !")).toBe('L’accueil ferme\u202f: revenez\u202f!');
	expect(message("L'accueil ferme !", "L'accueil ferme !")).toBe("L'accueil ferme !");
	expect(message(`${'x'.repeat(279)}!`)).toHaveLength(280);
});
