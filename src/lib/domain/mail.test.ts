import { describe, expect, test } from 'vitest';
import { isMailAddress, isMailSubject, longestWait, nextAttempt } from './mail.ts';

describe('an address that mail can be sent to', () => {
	test.each([
		'accueil@exemple.fr',
		'marie.o’neil@exemple.fr'.replace('’', "'"),
		'agent+essai@mairie-sillingy.exemple.fr',
		'A_B-c@xn--exmple-cva.fr',
		`${'a'.repeat(64)}@exemple.fr`
	])('%s', (address) => {
		expect(isMailAddress(address)).toBe(true);
	});

	test.each([
		'',
		'accueil',
		'@exemple.fr',
		'accueil@',
		'accueil@localhost',
		'accueil@exemple..fr',
		'accueil@-exemple.fr',
		'accueil@exemple.fr.',
		'.accueil@exemple.fr',
		'accueil..bis@exemple.fr',
		'deux@mots@exemple.fr',
		'une personne@exemple.fr',
		'accueil@exemple.fr, autre@exemple.fr',
		'accueil@exemple.fr;autre@exemple.fr',
		'Accueil <accueil@exemple.fr>',
		'"accueil"@exemple.fr',
		'accueil@[127.0.0.1]',
		'élodie@exemple.fr',
		'accueil@exemple.fr\r\nBcc: autre@exemple.fr',
		'accueil@exemple.fr\n',
		' accueil@exemple.fr',
		'accueil@exemple.fr\0',
		`${'a'.repeat(65)}@exemple.fr`,
		`a@${'b.'.repeat(130)}fr`
	])('isn’t %j', (address) => {
		expect(isMailAddress(address)).toBe(false);
	});
});

describe('a subject', () => {
	test.each(['Vérifiez vos fiches avant l’été', '要', 'é'.repeat(200)])('can be %j', (subject) => {
		expect(isMailSubject(subject)).toBe(true);
	});

	test.each([
		'',
		'  ',
		'Bonjour\r\nBcc: autre@exemple.fr',
		'Bonjour\nBcc: autre@exemple.fr',
		'Bonjour\rBcc',
		'Bonjour\u2028Bcc',
		'Bonjour\u0085Bcc',
		'Bonjour\0',
		'Bonjour \ud800',
		'é'.repeat(201)
	])('can’t be %j', (subject) => {
		expect(isMailSubject(subject)).toBe(false);
	});
});

test('a mail that fails is tried again later and later, for less than three days, then given up', () => {
	const first = Date.parse('2026-11-24T09:15:00Z');
	const minutes: number[] = [];
	let at = first;
	for (let attempts = 1; ; attempts++) {
		const next = nextAttempt(attempts, at);
		if (next === undefined) break;
		minutes.push((next - at) / 60_000);
		at = next;
	}
	expect(minutes.slice(0, 6)).toEqual([1, 5, 30, 120, 360, 360]);
	expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
	expect(Math.max(...minutes) * 60_000).toBe(longestWait);
	const threeDays = 3 * 24 * 60 * 60_000;
	expect(at - first).toBeLessThanOrEqual(threeDays);
	expect(at - first + longestWait).toBeGreaterThan(threeDays);
});
