import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { composeMail, type Letter } from './compose.ts';

const letter: Letter = {
	subject: 'Trois fiches à vérifier',
	greeting: 'Bonjour,',
	paragraphs: ['L’été approche.', 'Ces fiches sont-elles encore justes\u202f?'],
	items: [
		{ text: 'Garderie périscolaire', url: 'https://annuaire.exemple/territoire/services/garderie' },
		{ text: 'Médiathèque' }
	],
	action: { label: 'Vérifier les fiches', url: 'https://annuaire.exemple/mairie?jour=1&tri=nom' },
	territory: 'Pays du Valclair',
	reason: 'Vous recevez ce message parce que vous tenez les fiches de votre commune.'
};

test('a letter is read without HTML: its words, its list, the address of its button, who writes and why', () => {
	expect(composeMail(letter).text).toBe(
		`Bonjour,

L’été approche.

Ces fiches sont-elles encore justes\u202f?

- Garderie périscolaire
  https://annuaire.exemple/territoire/services/garderie
- Médiathèque

Vérifier les fiches\u202f:
https://annuaire.exemple/mairie?jour=1&tri=nom

-- 
Message envoyé automatiquement par l’annuaire des services – Pays du Valclair
Vous recevez ce message parce que vous tenez les fiches de votre commune.
`
	);
});

test('the same letter in HTML is valid, in French, and asks for nothing outside', async () => {
	const { html } = composeMail(letter);
	const validator = new HtmlValidate({
		extends: ['html-validate:recommended'],
		// Mail programs want styles on the elements.
		rules: { 'no-inline-style': 'off', 'long-title': 'off' }
	});
	const report = await validator.validateString(html);
	expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
	expect(html).toContain('<html lang="fr">');
	expect(html).not.toMatch(/<(img|script|link|iframe)|url\(|@import/);
	expect(html.match(/href="https:\/\/annuaire\.exemple\/mairie\?jour=1&amp;tri=nom"/g)).toHaveLength(2);
	for (const word of [...letter.paragraphs, 'Garderie périscolaire', 'Médiathèque', letter.reason])
		expect(html).toContain(word);
});

test('what someone typed stays words, wherever it stands', () => {
	const typed = `<b onclick="a">'"&</b>`;
	const { html } = composeMail({
		subject: typed,
		greeting: typed,
		paragraphs: [typed],
		items: [{ text: typed, url: `https://annuaire.exemple/${encodeURI('é')}"><b>` }, { text: typed }],
		action: { label: typed, url: 'https://annuaire.exemple/"><b>' },
		territory: typed,
		reason: typed
	});
	expect(html).not.toMatch(/<b[ >]/);
	expect(html).not.toContain('onclick="');
});

test.each(['javascript:alert(1)', 'data:text/html,x', '/mairie', 'https://annuaire.exemple/ autre', ''])(
	'a button never leads to %j',
	(url) => {
		expect(() => composeMail({ ...letter, action: { label: 'Ouvrir', url } })).toThrow(TypeError);
		expect(() => composeMail({ ...letter, items: [{ text: 'Ouvrir', url }] })).toThrow(TypeError);
	}
);

test('mails wear the colours of the site, in light and in dark', () => {
	const tokens = readFileSync('src/lib/styles/tokens.css', 'utf8');
	const colours = new Set(composeMail(letter).html.match(/#[0-9a-f]{6}\b/g));
	expect(colours.size).toBeGreaterThan(4);
	const declared = (colour: string) => new RegExp(`--[\\w-]+: ${colour};`).test(tokens);
	expect([...colours].filter((colour) => !declared(colour))).toEqual([]);
});
