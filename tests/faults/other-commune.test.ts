import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { access } from '#lib/server/access.ts';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { keepCensus } from '#lib/server/census/census.ts';
import { publishAnswer } from '#lib/server/enquiries/published.ts';
import { askMairie, beside, openPerson, type Person, proposeNumber } from '../accounts.ts';
import { ask, type Received } from '../http-client.ts';
import { addressOf, formsOf } from '../routes.ts';
import { type Site, startSite } from '../site.ts';

/*
 * A mairie's cookie against every address that names an object of another commune: it isn't there, and nothing
 * changes. The secretary is of Bourg-Valclair; what follows is Haut-Valclair's, or the common base's.
 */
let site: Site;
let secretary: Person;
beforeAll(async () => {
	site = await startSite();
	secretary = await beside(site, async (db) => {
		const haut = await openPerson(db, 'haut', 'mairie', { communes: ['haut-valclair'] });
		const account = await findAccount(db, haut.id);
		if (!account) throw new Error('No mairie');
		await proposeNumber(db, haut, 'accueil-petite-enfance', '04 65 71 00 99');
		await keepCensus(db, account, 'liste.csv', Buffer.from('Nom\nClub'));
		await askMairie(db, 'haut-valclair');
		const words = { theme: 'agenda', commune: 'haut-valclair', question: 'Quand ?', answer: 'Lundi.' };
		await publishAnswer(db, words, account);
		return openPerson(db, 'bourg', 'mairie');
	});
});
afterAll(async () => {
	await site.stop();
});

/** What stands in the brackets of a route, as another's: a route of a new kind of object must be added here. */
const others: Readonly<Record<string, readonly { value: string; search: string }[]>> = {
	'[slug]': [
		{ value: 'mairie-haut-valclair', search: '' },
		{ value: 'mairie-haut-valclair', search: 'commune=bourg-valclair' },
		{ value: 'accueil-petite-enfance', search: 'commune=haut-valclair' },
		{ value: 'brouillon-jamais-publie', search: '' }
	],
	// What Haut-Valclair proposes to the communauté de communes, and what a resident asks its mairie.
	'[id]': [{ value: '1', search: '' }],
	// A file that Haut-Valclair is importing, an answer that it published.
	'[numero]': [{ value: '1', search: '' }],
	// An event of Haut-Valclair only, one of the whole territory.
	'[evenement]': [
		{ value: 'soiree-jeux', search: '' },
		{ value: 'cafe-des-parents', search: '' },
		{ value: 'n-existe-pas', search: '' }
	],
	// Every mairie reads the themes: not in the name of another.
	'[theme]': [
		{ value: 'petite-enfance', search: 'commune=haut-valclair' },
		{ value: 'n-existe-pas', search: '' }
	],
	// A code that leads into Haut-Valclair, one of the whole territory, none.
	'[support]': [
		{ value: '9NVJW', search: '' },
		{ value: 'AB2CD', search: '' }
	],
	'[format]': [{ value: 'a4', search: '' }],
	// Nor the situations.
	'[moment]': [
		{ value: 'garder-mon-bebe', search: 'commune=haut-valclair' },
		{ value: 'n-existe-pas', search: '' }
	]
};

/** What a form of a desk would write, were it let in. */
const plausible = (name: string): string =>
	name === 'version' || name === 'etat' ? '0' : name === 'telephone' ? '04 65 71 00 66' : 'Autre chose';

const routes = Object.entries(access).filter(
	([route, methods]) =>
		route.includes('[') &&
		Array.isArray(methods.GET ?? methods.POST) &&
		(methods.GET ?? methods.POST)?.includes('mairie')
);

test('every address of the desk that names an object is tried', () => {
	expect(routes.length).toBeGreaterThan(0);
	for (const [route] of routes)
		for (const name of route.match(/\[.*?\]/g) ?? []) expect(others).toHaveProperty([name]);
});

test.each(routes)(
	'at %s, another commune’s part is not there, and nothing changes',
	async (route, methods) => {
		const before = content();
		const [name = ''] = /\[.*?\]/.exec(route) ?? [];
		for (const { value, search } of others[name] ?? []) {
			const path = addressOf(route, { [name]: value });
			const found: Record<string, number> = {};
			if (methods.GET) found.GET = (await send('GET', `${path}?${search}`)).status;
			if (methods.POST)
				for (const { query, fields } of formsOf(route)) {
					const body = new URLSearchParams(fields.map((field) => [field, plausible(field)]));
					const action = [search, query.replace('?', '')].filter(Boolean).join('&');
					found[`POST ${query}`] = (await send('POST', `${path}?${action}`, body.toString())).status;
				}
			expect(Object.keys(found).length, path).toBeGreaterThan(0);
			expect(found, `${path}?${search}`).toEqual(
				Object.fromEntries(Object.keys(found).map((what) => [what, 404]))
			);
		}
		expect(content()).toEqual(before);
	}
);

function send(method: string, path: string, body = ''): Promise<Received> {
	return ask(Number(new URL(site.origin).port), path, {
		method,
		headers: {
			accept: 'text/html',
			cookie: secretary.cookie,
			...(method === 'POST'
				? { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' }
				: {})
		},
		...(method === 'POST' ? { body } : {})
	});
}

/** The columns that only a request changes, where others move by themselves: a mail that can't go is tried again. */
const columns: Readonly<Record<string, string>> = { mail: 'id, key, recipient, subject, created_at' };

/** Every table as it stands, in short; a session says when it was last seen. */
function content(): Record<string, string> {
	const tables = site.query<{ name: string }>(
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT IN ('session', 'scan')`
	);
	return Object.fromEntries(
		tables.map(({ name }) => [
			name,
			createHash('sha256')
				.update(JSON.stringify(site.query(`SELECT ${columns[name] ?? '*'} FROM ${name}`)))
				.digest('hex')
		])
	);
}
