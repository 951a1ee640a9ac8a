import { expect, test } from 'vitest';
import { readSettings, SettingError } from './settings.ts';

test('without a setting the site serves Fier et Usses on this machine only', () => {
	expect(readSettings({})).toMatchObject({
		port: 3000,
		host: '127.0.0.1',
		origin: 'http://127.0.0.1:3000',
		territoire: 'fier-et-usses',
		horloge: undefined
	});
});

test('the origin loses its trailing slash, and follows host and port unless it is given', () => {
	expect(readSettings({ ORIGIN: 'https://exemple.fr/' }).origin).toBe('https://exemple.fr');
	expect(readSettings({ HOST: '::1', PORT: '8080' }).origin).toBe('http://[::1]:8080');
});

test.each([
	['PORT', { PORT: 'quatre' }],
	['PORT', { PORT: '70000' }],
	['ORIGIN', { ORIGIN: 'exemple.fr' }],
	['ORIGIN', { ORIGIN: 'https://exemple.fr/annuaire' }],
	['ORIGIN', { ORIGIN: 'ftp://exemple.fr' }],
	['TERRITOIRE', { TERRITOIRE: '../../etc' }],
	['HORLOGE', { HORLOGE: 'hier' }],
	['HORLOGE', { HORLOGE: '2026-11-24T10:15:00' }],
	['HORLOGE', { HORLOGE: '2026-11-24T10:15:00Z', ORIGIN: 'https://exemple.fr' }]
])('a wrong %s is refused in one line that names it: %j', (name, env) => {
	expect(() => readSettings(env)).toThrow(SettingError);
	expect(() => readSettings(env)).toThrow(new RegExp(`^${name}.*\\.$`));
});
