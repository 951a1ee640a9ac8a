import { expect, test } from 'vitest';
import { readSettings, SettingError } from './settings.ts';

test('without a setting the site serves Fier et Usses on this machine only', () => {
	expect(readSettings({})).toMatchObject({
		port: 3000,
		host: '127.0.0.1',
		origin: 'http://127.0.0.1:3000',
		territoire: 'fier-et-usses',
		horloge: undefined,
		smtp: undefined
	});
});

test('the origin loses its trailing slash, and follows host and port unless it is given', () => {
	expect(readSettings({ ORIGIN: 'https://exemple.fr/' }).origin).toBe('https://exemple.fr');
	expect(readSettings({ HOST: '::1', PORT: '8080' }).origin).toBe('http://[::1]:8080');
});

const MAIL_FROM = 'Annuaire du Valclair <annuaire@valclair.exemple>';

test('the mail server is read with its password, and who writes with its name', () => {
	expect(
		readSettings({ SMTP_URL: 'smtp://compte%40exemple.fr:a%2Fb@mail.exemple.fr', MAIL_FROM })
	).toMatchObject({
		smtp: {
			host: 'mail.exemple.fr',
			port: 587,
			secure: false,
			auth: { user: 'compte@exemple.fr', pass: 'a/b' }
		},
		mailFrom: { name: 'Annuaire du Valclair', address: 'annuaire@valclair.exemple' }
	});
	expect(readSettings({ SMTP_URL: 'smtps://[::1]/', MAIL_FROM: 'annuaire@valclair.exemple' })).toMatchObject({
		smtp: { host: '::1', port: 465, secure: true, auth: undefined },
		mailFrom: { name: undefined, address: 'annuaire@valclair.exemple' }
	});
});

test('a wrong mail server is refused without showing its password', () => {
	expect(() => readSettings({ SMTP_URL: 'http://compte:secret@mail.exemple.fr', MAIL_FROM })).toThrow(
		/^SMTP_URL (?!.*secret)/
	);
});

test.each([
	['PORT', { PORT: 'quatre' }],
	['PORT', { PORT: '70000' }],
	['ORIGIN', { ORIGIN: 'exemple.fr' }],
	['ORIGIN', { ORIGIN: 'https://exemple.fr/annuaire' }],
	['ORIGIN', { ORIGIN: 'ftp://exemple.fr' }],
	['TERRITOIRE', { TERRITOIRE: '../../etc' }],
	['SMTP_URL', { SMTP_URL: 'mail.exemple.fr', MAIL_FROM }],
	['SMTP_URL', { SMTP_URL: 'smtp://', MAIL_FROM }],
	['SMTP_URL', { SMTP_URL: 'smtp://mail.exemple.fr/?pool=true', MAIL_FROM }],
	['SMTP_URL', { SMTP_URL: 'smtp://compte@mail.exemple.fr', MAIL_FROM }],
	['SMTP_URL', { SMTP_URL: 'smtp://compte:100%@mail.exemple.fr', MAIL_FROM }],
	['MAIL_FROM', { SMTP_URL: 'smtp://mail.exemple.fr' }],
	['MAIL_FROM', { MAIL_FROM: 'Annuaire' }],
	['MAIL_FROM', { MAIL_FROM: 'Annuaire <annuaire@valclair.exemple>, autre@valclair.exemple' }],
	['MAIL_FROM', { MAIL_FROM: 'Annuaire\r\nBcc: autre@exemple.fr <annuaire@valclair.exemple>' }],
	['HORLOGE', { HORLOGE: 'hier' }],
	['HORLOGE', { HORLOGE: '2026-11-24T10:15:00' }],
	['HORLOGE', { HORLOGE: '2026-11-24T10:15:00Z', ORIGIN: 'https://exemple.fr' }]
])('a wrong %s is refused in one line that names it: %j', (name, env) => {
	expect(() => readSettings(env)).toThrow(SettingError);
	expect(() => readSettings(env)).toThrow(new RegExp(`^${name}.*\\.$`));
});
