import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fields } from '#lib/domain/editing/fields.ts';

/** Values for what stands in brackets, that lead somewhere in the tests' world. */
const parameters: Readonly<Record<string, string>> = {
	'[[langue=langue]]': '',
	'[commune=commune]': 'bourg-valclair',
	'[theme]': 'petite-enfance',
	'[image]': 'petite-enfance',
	'[moment]': 'garder-mon-bebe',
	'[evenement]': 'marche-de-noel',
	'[...reste]': 'a/b',
	'[slug]': 'mairie-bourg-valclair',
	'[code]': 'AB2CD',
	// A code of the seed, that leads into Bourg-Valclair.
	'[support]': 'J5M7C',
	'[format]': 'a4',
	'[langue]': 'en',
	'[objet]': 'accueil',
	'[id]': '1',
	'[secret]': 'a'.repeat(43),
	// The first import made: the tests that need it make it.
	'[numero]': '1'
};

/** An address of this route (SvelteKit's route id). */
export function addressOf(route: string, values: Readonly<Record<string, string>> = {}): string {
	const segments = route.split('/').filter((segment) => segment !== '' && !/^\(.*\)$/.test(segment));
	const filled = segments
		.map((segment) => segment.replace(/\[.*\]/, (name) => values[name] ?? parameters[name] ?? 'inconnu'))
		.filter((segment) => segment !== '');
	return `/${filled.join('/')}`;
}

/**
 * The forms that a route receives: the query that names each, and the names of the fields that its file reads, itself
 * or through a file beside it.
 */
export function formsOf(route: string): { query: string; fields: string[] }[] {
	const file = path.join('src/routes', route, '+page.server.ts');
	if (!existsSync(file)) return [];
	const source = readFileSync(file, 'utf8');
	const actions = /export const actions(?:.*\};$|[^]*?\n\};)/m.exec(source)?.[0] ?? '';
	const names = [...actions.matchAll(/(?:^\t|= \{ )(\w+): (?:async )?\(/gm)].map(([, name = '']) => name);
	const beside = [...source.matchAll(/from '(\.[./\w-]+\.ts)'/g)].map(([, name = '']) =>
		readFileSync(path.join(path.dirname(file), name), 'utf8')
	);
	const read = [source, ...beside].flatMap((text) =>
		[...text.matchAll(/(?:textOf|listOf|fileOf)\(form, '([\w-]+)'\)/g)].map(([, name = '']) => name)
	);
	const isOfEntry = [source, ...beside].some((text) => text.includes('editing/fields.ts'));
	const edited = isOfEntry ? fields.map(({ name }) => name) : [];
	return names.map((name) => ({
		query: name === 'default' ? '' : `?/${name}`,
		fields: [...new Set([...read, ...edited])]
	}));
}
