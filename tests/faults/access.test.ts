import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, roles } from '#lib/domain/accounts.ts';
import { access, accessTo, entryOf } from '#lib/server/access.ts';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { applyPlan } from '#lib/server/census/apply.ts';
import { keepCensus } from '#lib/server/census/census.ts';
import { publishAnswer } from '#lib/server/enquiries/published.ts';
import { askMairie, beside, openPerson, password, type Person, proposeNumber } from '../accounts.ts';
import { ask, type Received } from '../http-client.ts';
import { addressOf } from '../routes.ts';
import { type Site, startSite } from '../site.ts';

/** Whoever asks: nobody, an account of each role, and an administrator whose second factor is not on yet. */
const askers = ['nobody', ...roles, 'administration without second factor'] as const;
type Asker = (typeof askers)[number];

const people = new Map<Asker, Person & { account: Account }>();
let site: Site;
beforeAll(async () => {
	site = await startSite();
	await beside(site, async (db) => {
		for (const asker of askers) {
			if (asker === 'nobody') continue;
			const isBare = asker === 'administration without second factor';
			const person = await openPerson(
				db,
				asker.replaceAll(' ', '-'),
				isBare ? 'administration' : asker,
				isBare ? { secondFactor: false } : {}
			);
			const account = await findAccount(db, person.id);
			if (account) people.set(asker, { ...person, account });
		}
		// The proposal that addresses name: the mairie and the communauté decide it, France Services made it.
		const agent = people.get('agent');
		if (agent) await proposeNumber(db, agent, 'mairie-bourg-valclair', '04 65 71 00 99');
		// An import of the mairie's, which the communauté de communes sees too.
		const mairie = people.get('mairie')?.account;
		if (!mairie) throw new Error('No mairie');
		const id = await keepCensus(db, mairie, 'liste.csv', Buffer.from('Nom\nClub'));
		await applyPlan(db, id, [], {}, { by: mairie, publish: false });
		// Question 1 is asked of the mairie, which published an answer; question 2 of the communauté, whose agents answer too.
		await askMairie(db, 'bourg-valclair');
		await askMairie(db, 'territoire');
		const words = { theme: 'agenda', commune: 'bourg-valclair', question: 'Quand ?', answer: 'Lundi.' };
		await publishAnswer(db, words, mairie);
	});
});
afterAll(async () => {
	await site.stop();
});

function send(method: string, path: string, cookie?: string, body = ''): Promise<Received> {
	const headers = {
		accept: 'text/html',
		...(cookie === undefined ? {} : { cookie }),
		...(method === 'POST' ? { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' } : {})
	};
	const port = Number(new URL(site.origin).port);
	return ask(port, path, { method, headers, ...(method === 'POST' ? { body } : {}) });
}

/** What the access table says that this asker is answered. */
function expected(route: string, method: string, asker: Asker): string {
	const allowed = accessTo(route, method);
	if (allowed === undefined) return 'method refused';
	if (allowed === 'public') return 'in';
	const account = people.get(asker)?.account;
	return account ? entryOf(account, allowed, route) : 'sign in';
}

function answered(route: string, { status, headers }: Received): string {
	const location = headers.location ?? '';
	if (status === 405) return 'method refused';
	if (status === 401) return 'sign in';
	if (status === 303 && location.startsWith('/connexion?suite=') && route !== '/connexion') return 'sign in';
	if (status === 303 && location === '/mairie/compte/second-facteur') return 'second-factor-first';
	if (status >= 500) return String(status);
	return status === 404 && route.startsWith('/mairie') ? 'not-found' : 'in';
}

describe.each(askers)('%s', (asker) => {
	test.each(Object.keys(access))('is answered at %s as the table of access says', async (route) => {
		const answers: Record<string, string> = {};
		const wanted: Record<string, string> = {};
		for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
			// A form with nothing in it changes nothing, save the one that signs out.
			if (route === '/connexion/deconnexion' && method === 'POST') continue;
			const path =
				addressOf(route, asker === 'agent' && route.startsWith('/mairie/questions') ? { '[id]': '2' } : {}) +
				(method === 'POST' ? '?/aucune-action' : '');
			const answer = await send(method, path, people.get(asker)?.cookie);
			const expectation = expected(route, method, asker);
			wanted[method] = expectation === 'enter' ? 'in' : expectation;
			// The gate let it in: the route has no action of that name.
			const entered = method === 'POST' && answer.status === 404 && expectation === 'enter';
			answers[method] = entered ? 'in' : answered(route, answer);
			if (route.startsWith('/mairie') || route.startsWith('/connexion'))
				expect(answer.headers['cache-control'], `${method} ${route}`).toBe('no-store');
		}
		expect(answers).toEqual(wanted);
	});
});

test('whether an address has an account or not, signing in answers the same', async () => {
	const answer = async (courriel: string) => {
		const body = `courriel=${encodeURIComponent(courriel)}&mot_de_passe=un+mauvais+mot+de+passe`;
		const { status, text, headers } = await send('POST', '/connexion', undefined, body);
		return { status, names: Object.keys(headers), text: text.replaceAll(courriel, '…') };
	};
	const known = await answer('lecture@valclair.example');
	expect(known.status).toBe(400);
	expect(known.text).toContain('n’est pas le bon');
	expect(await answer('inconnue@valclair.example')).toEqual(known);
});

test('whether an address has an account or not, asking for a new password answers the same', async () => {
	const answer = async (courriel: string) => {
		const body = `courriel=${encodeURIComponent(courriel)}`;
		const { status, text } = await send('POST', '/connexion/oubli', undefined, body);
		return { status, text: text.replaceAll(courriel, '…') };
	};
	const known = await answer('lecture@valclair.example');
	expect(known.status).toBe(200);
	expect(await answer('inconnue@valclair.example')).toEqual(known);
});

test('the cookie of a session is for this site alone, and its secret is written nowhere', async () => {
	const body = `courriel=agent@valclair.example&mot_de_passe=${encodeURIComponent(password)}`;
	const { status, headers } = await send('POST', '/connexion', undefined, body);
	expect([status, headers.location]).toEqual([303, '/mairie/compte']);
	const cookies = headers['set-cookie'] ?? [];
	const session = cookies.find((cookie) => cookie.startsWith('session=')) ?? '';
	const [pair = '', ...attributes] = session.split('; ');
	expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
	const secret = pair.slice('session='.length);
	expect(secret.length).toBeGreaterThan(20);
	for (const table of ['session', 'account_link', 'journal', 'mail', 'meta'])
		expect(JSON.stringify(site.query(`SELECT * FROM ${table}`)), table).not.toContain(secret);
	expect(site.output()).not.toContain(secret);

	expect((await send('GET', '/mairie/compte', pair)).status).toBe(200);
	const out = await send('POST', '/connexion/deconnexion', pair);
	expect([out.status, out.headers.location]).toEqual([303, '/connexion']);
	expect(out.headers['set-cookie']?.[0]).toMatch(/^session=; Max-Age=0; Path=\/;/);
	expect((await send('GET', '/mairie/compte', pair)).status).toBe(303);
});

test('a page of sign-in sent to one person is never kept for another', async () => {
	const signedIn = await send('GET', '/mairie/compte', people.get('mairie')?.cookie);
	expect(signedIn.text).toContain('mairie@valclair.example');
	const other = await send('GET', '/mairie/compte', people.get('lecture')?.cookie);
	expect(other.text).not.toContain('mairie@valclair.example');
	expect((await send('GET', '/mairie/compte')).status).toBe(303);
});

test('nobody ends a colleague’s session, even knowing its name', async () => {
	const [victim] = site.query<{ id_hash: string }>(
		'SELECT id_hash FROM session WHERE account_id = ?',
		people.get('agent')?.id
	);
	const body = `session=${victim?.id_hash ?? ''}`;
	expect((await send('POST', '/mairie/compte?/fermer', people.get('mairie')?.cookie, body)).status).toBe(303);
	expect((await send('GET', '/mairie/compte', people.get('agent')?.cookie)).status).toBe(200);
});

test('an address of the browser says nothing that the page did not mean to say', async () => {
	for (const word of ['constructor', '__proto__', 'toString']) {
		const { text } = await send('GET', `/mairie/compte?fait=${word}`, people.get('mairie')?.cookie);
		expect(text).not.toContain('native code');
		expect(text).not.toContain('[object');
	}
});
