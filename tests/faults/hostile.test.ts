import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyLimit } from '#lib/server/http/refusal.ts';
import { access } from '#lib/server/access.ts';
import { giveLink } from '#lib/server/accounts/links.ts';
import { keepCensus } from '#lib/server/census/census.ts';
import { keepReviewLink } from '#lib/server/freshness/links.ts';
import { askMairie, beside, openPerson, type Person, proposeNumber } from '../accounts.ts';
import { dice } from '../dice.ts';
import { entryOf } from '../freshness.ts';
import { ask, askRaw } from '../http-client.ts';
import { addressOf, formsOf } from '../routes.ts';
import { type Site, startSite } from '../site.ts';

const requests = Number(process.env.HOSTILES ?? 500);

const reviewSecret = 'r'.repeat(43);

let site: Site;
let people: Person[];
/** Links that still serve, so that the forms behind them are reached. */
let secrets: Record<string, string>;
beforeAll(async () => {
	site = await startSite();
	await beside(site, async (db) => {
		people = [
			await openPerson(db, 'administration', 'administration'),
			await openPerson(db, 'mairie', 'mairie'),
			await openPerson(db, 'lecture', 'lecture')
		];
		const agent = await openPerson(db, 'agent', 'agent');
		await proposeNumber(db, agent, 'mairie-bourg-valclair', '04 65 71 00 99');
		await askMairie(db, 'bourg-valclair');
		// A file that waits, so that the forms behind it are reached.
		const [administration] = people;
		if (!administration) throw new Error('No administration');
		const by = {
			id: administration.id,
			nom: 'administration',
			role: 'administration' as const,
			communes: []
		};
		await keepCensus(db, by, 'liste.csv', Buffer.from('Nom;Commune\nClub;Haut-Valclair'));
		const guest = (await openPerson(db, 'invitee', 'agent')).id;
		secrets = {
			'/connexion/invitation/[secret]': await giveLink(db, guest, 'invitation'),
			'/connexion/mot-de-passe/[secret]': await giveLink(db, guest, 'mot-de-passe'),
			'/verifier/[secret]': reviewSecret,
			'/verifier/[secret]/[slug]': reviewSecret
		};
		// The mairie of the tests answers for the entry whose address is tried.
		const { id } = await entryOf(db, 'mairie-bourg-valclair');
		await keepReviewLink(db, reviewSecret, 'mairie@valclair.example', [id]);
	});
	secrets['/connexion/premier-compte/[secret]'] = /premier-compte\/(\S+)/.exec(site.output())?.[1] ?? '';
});
afterAll(async () => {
	await site.stop();
});

const words = [
	'bourg-valclair',
	'territoire',
	'petite-enfance',
	'agenda',
	'en',
	'ar',
	'accueil',
	'AB2CD',
	'__proto__',
	'constructor',
	'%00',
	'%0d%0aset-cookie:a=b',
	'%c0%ae%c0%ae',
	'..',
	'..%2f..%2fetc%2fpasswd',
	'%2e%2e',
	'%',
	'%zz',
	'%ED%A0%80',
	'%F0%9F%92%A9',
	'%5c',
	'\\',
	"'%20OR%201=1--",
	'%22%3E%3Cscript%3E',
	'%7B%7B7*7%7D%7D',
	'%E2%80%AE',
	'*',
	'-',
	'0',
	'1e309',
	'a'.repeat(9000),
	'%25'.repeat(500),
	'\xe9\xff',
	'.',
	'//',
	';',
	'~',
	'[[langue=langue]]',
	'__data.json'
] as const;
/** Names that exist, so that one odd thing in a good address is tried too. */
const known = ['bourg-valclair', 'territoire', 'petite-enfance', 'mairie-bourg-valclair'] as const;
const queries = [
	'',
	'',
	'?',
	'?q=',
	'?q=%22',
	'?q=*',
	'?q=NEAR(a%20b)',
	'?q=%00',
	'?q=%c0%ae',
	`?q=${'a+'.repeat(4000)}`,
	'?q=a&q=b&q=c',
	'?q[]=1',
	'?q=%F0%9F%92%A9',
	'?q=-+%22%22%22+OR',
	'?edition=1',
	'?edition=%00',
	'?edition=__proto__',
	'?code=%00',
	'?code=ab2cd',
	'?/default',
	'?/inviter',
	'?/fermer',
	'?/motDePasse',
	'?suite=//exemple.fr',
	'?suite=%0d%0a',
	'?fait=__proto__',
	'?avant=1e309',
	'?/nope',
	'?x-sveltekit-invalidated=111',
	'?x-sveltekit-trailing-slash=1',
	'?age=-1',
	'?s=1,2,3',
	'?=&&==',
	'?a=b#c'
] as const;
const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'POST', 'OPTIONS'] as const;
const oddMethods = ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'CONNECT', 'get', 'FOO'] as const;
const headers = [
	'Accept: application/json',
	'Accept: \xff',
	'Accept-Encoding: br;q=a, *;q=9, gzip;;;',
	'Accept-Language: ' + 'fr,'.repeat(1000),
	'Cookie: a=%; =; ;;; __Host-x=' + 'y'.repeat(3000),
	'Cookie: \xff=\xfe',
	'If-None-Match: W/"',
	'If-None-Match: *',
	'If-Modified-Since: hier',
	'Range: bytes=5-2,-1,9999999999999999999-',
	'Authorization: Basic %%%',
	'X-Forwarded-For: ' + '1,'.repeat(500),
	'X-Forwarded-Host: exemple.fr',
	'X-Fresh-Until: 9999999999999',
	'X-SvelteKit-Action: true',
	'X-SvelteKit-Pathname: /mairie',
	'Expect: 100-continue',
	'Upgrade: websocket',
	'Purpose: prefetch',
	'Origin: null',
	'Origin: https://exemple.fr',
	'Sec-Fetch-Site: cross-site',
	'User-Agent: ',
	'User-Agent: ' + '('.repeat(5000),
	'Referer: \xc3'
] as const;
/** Not even HTTP: rarer, since nothing behind them is reached. */
const malformed = [
	'Sans-Deux-Points',
	': vide',
	'Transfer-Encoding: gzip, chunked',
	'Content-Length: 1',
	'Content-Length: -1',
	'Content-Length: 99999999999999999999',
	'Expect: rien',
	'Host: b',
	'A\0: b'
] as const;
const bodies: readonly { type: string; body: string }[] = [
	{ type: 'application/x-www-form-urlencoded', body: 'q=%&%=&=%c0%ae&__proto__=1' },
	{ type: 'application/x-www-form-urlencoded', body: 'a=1&'.repeat(20_000) },
	{ type: 'multipart/form-data', body: 'x' },
	{
		type: 'multipart/form-data; boundary=x',
		body: '--x\r\nContent-Disposition: form-data; name="\xff"; filename="../../a"\r\n\r\n'
	},
	{ type: 'application/json', body: '{"__proto__":'.repeat(5000) },
	{ type: 'text/plain', body: '\0'.repeat(1000) },
	{ type: 'application/x-sveltekit-formdata', body: '\x00\x01\x02' },
	{ type: '\xff/;;;', body: '\xff\xfe' },
	{ type: 'application/x-www-form-urlencoded', body: 'x'.repeat(1_200_000) }
];

/** One request, its bytes exactly as they go. */
function hostileRequest(number: number, origin: string): string {
	const pick = dice(number);
	const rarely = () => pick([true, ...Array.from({ length: 19 }, () => false)]);
	const route = pick(Object.keys(access));
	const path = route
		.split('/')
		.filter((segment) => segment !== '' && !segment.startsWith('('))
		.flatMap((segment) =>
			segment.startsWith('[[')
				? pick([[], [], [pick(words)]])
				: [
						segment.startsWith('[')
							? pick([pick(words), pick(known)]) + segment.replace(/^\[.*\]/, '')
							: segment
					]
		)
		.join('/');
	const tail = pick(['', '', '', '/', '/__data.json', `/${pick(words)}`]);
	const plain = `/${path}${tail}${pick(queries)}`;
	const target = rarely() ? pick([`//exemple.fr/${path}`, `http://exemple.fr/${path}`, '*', '']) : plain;
	const method = rarely() ? pick(oddMethods) : pick(methods);
	const lines = [
		`${method} ${target} HTTP/1.1`,
		rarely() ? 'Host: \xff' : 'Host: 127.0.0.1',
		'Connection: close',
		// Half of them come from someone signed in.
		pick([`Cookie: ${pick(people).cookie}`, pick(headers)]),
		rarely() ? pick(malformed) : pick(headers)
	];
	if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return `${lines.join('\r\n')}\r\n\r\n`;
	const { type, body } = pick(bodies);
	const framed = pick([
		{ header: `Content-Length: ${body.length}`, body },
		{ header: 'Transfer-Encoding: chunked', body: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` },
		{ header: 'Transfer-Encoding: chunked', body: 'zz\r\nnope' }
	]);
	// From the site itself, most often: what it holds must be read to do harm.
	const from = pick([origin, origin, origin, 'https://exemple.fr']);
	return `${[...lines, `Origin: ${from}`, `Content-Type: ${type}`, framed.header].join('\r\n')}\r\n\r\n${framed.body}`;
}

test(
	`${requests} hostile requests over every address: none breaks a page, and the site goes on`,
	{ timeout: 600_000 },
	async () => {
		const port = Number(new URL(site.origin).port);
		const broken: string[] = [];
		let next = 0;
		let answered = 0;
		const client = async () => {
			for (let number = next++; number < requests; number = next++) {
				const text = hostileRequest(number, site.origin);
				const received = (await askRaw(port, Buffer.from(text, 'latin1'), 2000)).replace(
					/^HTTP\/1\.1 100 Continue\r\n\r\n/,
					''
				);
				if (received !== '') answered += 1;
				if (!/^(HTTP\/1\.1 [1-4]\d\d |$)/.test(received))
					broken.push(`${number}: ${text.slice(0, 300)}\n→ ${received.slice(0, 200)}`);
			}
		};
		await Promise.all(Array.from({ length: 20 }, client));
		expect(broken).toEqual([]);
		expect(answered).toBeGreaterThan(requests * 0.9);
		expect(site.process.exitCode, site.output()).toBeNull();
		expect(site.output()).not.toMatch(/\n\s+at /);
		expect((await fetch(`${site.origin}/readyz`)).status).toBe(200);
		expect((await fetch(`${site.origin}/bourg-valclair/petite-enfance`)).status).toBe(200);
	}
);

/** A browser would send none of these: a field of another kind, of another size, twice, nowhere. */
const oddValues = [
	'',
	'\0',
	'\ud800',
	'💩'.repeat(1000),
	'a'.repeat(200_000),
	'-1',
	'1e309',
	'9007199254740993',
	'NaN',
	'__proto__',
	'constructor',
	"' OR 1=1 --",
	'<script>',
	'a@b.fr\r\nBcc: c@d.fr',
	'mairie'
] as const;

/** A body over the limit is refused on its announced length: the server may hang up before it is all sent. */
function hungUp(body: string | Buffer): (error: NodeJS.ErrnoException) => { status: number } {
	return (error) => {
		const isCut = ['EPIPE', 'ECONNRESET'].includes(error.code ?? '');
		if (!isCut || Buffer.byteLength(body) <= bodyLimit) throw error;
		return { status: 413 };
	};
}

function oddForms(fields: string[]): { type: string; body: string | Buffer }[] {
	const encoded = 'application/x-www-form-urlencoded';
	const multipart = 'multipart/form-data; boundary=limite';
	const part = (name: string, more: string, value: string) =>
		`--limite\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
	return [
		...oddValues.map((value) => ({
			type: encoded,
			body: new URLSearchParams(fields.map((name) => [name, value])).toString()
		})),
		{ type: encoded, body: '' },
		{ type: encoded, body: fields.map((name) => `${name}=a&${name}=b&${name}[]=c&${name}[a]=d`).join('&') },
		{ type: encoded, body: fields.map((name) => `${name}=%ED%A0%80%&${name}=%zz`).join('&') },
		{
			type: multipart,
			body: fields.map((name) => part(name, '; filename="a.txt"', 'un fichier')).join('') + '--limite--\r\n'
		},
		{ type: multipart, body: fields.map((name) => part(name, '', 'sans fin')).join('') },
		{ type: 'multipart/form-data', body: 'sans limite' },
		{ type: multipart, body: Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]) },
		{ type: 'application/json', body: '{"courriel":{}}' }
	];
}

test('no form of sign-in or of the desk is broken by what nobody would send, signed in or not', async () => {
	const port = Number(new URL(site.origin).port);
	const broken: string[] = [];
	let sent = 0;
	const [administration] = people;
	const askers = [
		...[undefined, ...people].map((person) => ({ person, accept: 'text/html' })),
		{ person: administration, accept: 'application/json' }
	];
	for (const route of Object.keys(access))
		for (const { query, fields } of formsOf(route))
			for (const { type, body } of oddForms(fields))
				await Promise.all(
					askers.map(async ({ person, accept }) => {
						const path = addressOf(route, { '[secret]': secrets[route] ?? 'inconnu' }) + query;
						const headers = {
							origin: site.origin,
							'content-type': type,
							accept,
							...(person === undefined ? {} : { cookie: person.cookie })
						};
						const { status } = await ask(port, path, { method: 'POST', headers, body }).catch(hungUp(body));
						sent += 1;
						if (status >= 500) broken.push(`${path} ${type} ${String(body).slice(0, 60)}: ${status}`);
					})
				);
	expect(broken).toEqual([]);
	expect(sent).toBeGreaterThan(1000);
	expect(site.output()).not.toMatch(/\n\s+at /);
	expect(site.process.exitCode).toBeNull();
});

test('the name that Kit keeps for the only form of a page is no form', async () => {
	const port = Number(new URL(site.origin).port);
	const [administration] = people;
	const headers = {
		origin: site.origin,
		'content-type': 'application/x-www-form-urlencoded',
		...(administration === undefined ? {} : { cookie: administration.cookie })
	};
	const withForms = Object.keys(access).filter((route) => formsOf(route).length > 0);
	expect(withForms.length).toBeGreaterThan(10);
	for (const route of withForms) {
		const path = `${addressOf(route, { '[secret]': secrets[route] ?? 'inconnu' })}?/default`;
		const { status } = await ask(port, path, { method: 'POST', headers, body: 'a=b' });
		expect(status, path).toBe(404);
	}
});
