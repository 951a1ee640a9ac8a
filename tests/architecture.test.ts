import { existsSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { access } from '#lib/server/access.ts';
import { settingNames } from '#lib/server/settings.ts';
import { filesUnder, markupNodes, nodesOf, root, type Source, sourcesUnder, textOf } from './source-tree.ts';

const sources = sourcesUnder('src', 'tests', 'migrations', 'bench');
const product = sources.filter(({ file }) => file.startsWith('src/') && !file.endsWith('.test.ts'));
const domain = under('src/lib/domain/');
const server = under('src/lib/server/');
const ui = under('src/lib/ui/');
const resident = under('src/routes/(resident)/');

function under(folder: string): Source[] {
	return product.filter(({ file }) => file.startsWith(folder));
}

/** « file → import » for each import that `isAllowed` refuses. */
function wrongImports(files: Source[], isAllowed: (imported: string, from: Source) => boolean): string[] {
	return files.flatMap((source) =>
		source.imports.filter((name) => !isAllowed(name, source)).map((name) => `${source.file} → ${name}`)
	);
}

/** « file: text » for each node that `isWanted` finds. */
function uses(files: Source[], isWanted: (node: ts.Node) => boolean): string[] {
	return files.flatMap(({ file, script }) =>
		nodesOf(script, isWanted).map((node) => `${file}: ${node.getText(script)}`)
	);
}

function isPackage(name: string): boolean {
	return !/^(src|tests|bench|migrations|seeds|node:|\$|\.|\/)/.test(name);
}

function isProperty(node: ts.Node, object: string, property?: string): boolean {
	return (
		ts.isPropertyAccessExpression(node) &&
		node.expression.getText() === object &&
		(property === undefined || node.name.text === property)
	);
}

function readsTheTime(node: ts.Node): boolean {
	if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
	if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
	return (
		isProperty(node, 'Date', 'now') ||
		isProperty(node, 'performance', 'now') ||
		isProperty(node, 'Temporal', 'Now')
	);
}

test('every floor of the house was found', () => {
	for (const floor of [domain, server, ui, resident]) expect(floor.length).toBeGreaterThan(1);
});

describe('the domain', () => {
	test('imports only itself, the words of the interface, packages and the common vocabularies', () => {
		const allowed = /^(src\/lib\/domain\/|src\/lib\/paraglide\/|seeds\/(vocabulaires|comprendre)\.json$)/;
		const framework = /^(@sveltejs\/|svelte(\/|$)|kysely|better-sqlite3)/;
		expect(
			wrongImports(domain, (name) => allowed.test(name) || (isPackage(name) && !framework.test(name)))
		).toEqual([]);
	});

	test('receives the date as an argument and knows nothing of the machine', () => {
		const machine = (node: ts.Node) =>
			readsTheTime(node) || (ts.isIdentifier(node) && ['process', 'Buffer', '__dirname'].includes(node.text));
		expect(uses(domain, machine)).toEqual([]);
	});
});

describe('the server floor', () => {
	test('never imports the framework, the pages or their components, so the command line can run it', () => {
		expect(
			wrongImports(
				server,
				(name) => !/^(\$|@sveltejs\/|svelte(\/|$)|src\/(routes|hooks|lib\/ui|cli)\b)/.test(name)
			)
		).toEqual([]);
	});

	test('is alone to speak to the database, with migrations and tests', () => {
		const outside = sources.filter(
			({ file }) => !/^(src\/lib\/server|migrations|tests|bench)\//.test(file) && !file.endsWith('.test.ts')
		);
		expect(wrongImports(outside, (name) => !/^(kysely|better-sqlite3)(\/|$)/.test(name))).toEqual([]);
	});

	test('is never imported by what a browser could load', () => {
		const shared = [...ui, ...product.filter(({ file }) => /\/\+(page|layout)\.ts$|\.svelte$/.test(file))];
		expect(wrongImports(shared, (name) => !name.startsWith('src/lib/server/'))).toEqual([]);
	});
});

test('shared components import the domain, each other and the words only', () => {
	expect(
		wrongImports(ui, (name) => /^(src\/lib\/(domain|ui|paraglide|styles)\/|svelte(\/|$))/.test(name))
	).toEqual([]);
});

test('migrations import Kysely only: what has landed never changes meaning', () => {
	const migrations = sources.filter(
		({ file }) => file.startsWith('migrations/') && !file.endsWith('.test.ts')
	);
	expect(migrations.length).toBeGreaterThan(0);
	expect(wrongImports(migrations, (name) => name === 'kysely')).toEqual([]);
});

describe('resident pages', () => {
	test('are sent without any script', () => {
		expect(textOf('src/routes/(resident)/+layout.ts')).toMatch(/export const csr = false;/);
		const switchedOn = filesUnder('src/routes/(resident)').filter(
			(file) => /\+(layout|page)(\.server)?\.ts$/.test(file) && /csr\s*=\s*true/.test(textOf(file))
		);
		expect(switchedOn).toEqual([]);
	});

	test('and their components hold nothing that would need one', () => {
		const components = [...resident, ...ui].filter(({ markup }) => markup !== undefined);
		const needy = components.flatMap(({ file, markup, script }) => [
			...markupNodes(markup)
				.filter(needsScript)
				.map((node) => `${file}: ${node.type} ${typeof node.name === 'string' ? node.name : ''}`),
			...uses([{ file, markup, script, imports: [] }], isReactive)
		]);
		expect(needy).toEqual([]);
		expect(
			wrongImports(resident, (name) => !/^(svelte(\/|$)|\$app\/(navigation|stores|forms))/.test(name))
		).toEqual([]);
	});
});

test('a group of choices that an error leads to takes the keyboard there', () => {
	const groups = product.flatMap(({ file, markup }) =>
		(markup === undefined ? [] : markupNodes(markup))
			.filter(({ name }) => name === 'fieldset')
			.map((group) => ({ file, names: attributesOf(group) }))
			.filter(({ names }) => names.includes('id'))
	);
	expect(groups.length).toBeGreaterThan(8);
	expect(groups.filter(({ names }) => !names.includes('tabindex')).map(({ file }) => file)).toEqual([]);
});

function attributesOf(element: object): string[] {
	if (!('attributes' in element) || !Array.isArray(element.attributes)) return [];
	return element.attributes.flatMap((attribute: unknown) =>
		typeof attribute === 'object' && attribute !== null && 'name' in attribute ? [String(attribute.name)] : []
	);
}

function needsScript({ type, name }: { type: string; name?: unknown }): boolean {
	if (type === 'Attribute') return typeof name === 'string' && /^on[a-z]/.test(name);
	return /^(On|Bind|Use|Transition|Animate)Directive$|^(SvelteWindow|SvelteDocument|SvelteBody|AttachTag)$/.test(
		type
	);
}

function isReactive(node: ts.Node): boolean {
	return ts.isIdentifier(node) && ['$state', '$effect', '$bindable'].includes(node.text);
}

test('every address says who may call it, and every address declared exists', () => {
	const routes = filesUnder('src/routes')
		.filter((file) => /\/\+(page|page\.server|server)\.(svelte|ts)$/.test(file))
		.map((file) => path.posix.dirname(file).replace('src/routes', '') || '/');
	expect([...new Set(routes)].sort()).toEqual(Object.keys(access).sort());
});

test('every setting read is declared, and described for whoever installs the site', () => {
	const settings = sources.filter(({ file }) => file === 'src/lib/server/settings.ts');
	const read = new Set(
		uses(settings, (node) => isProperty(node, 'env')).map((use) => use.replace(/.*env\./, ''))
	);
	expect([...read].sort()).toEqual([...settingNames].sort());
	const operations = textOf('docs/operations.md');
	expect(settingNames.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
});

test('one function reads the time', () => {
	const others = product.filter(({ file }) => file !== 'src/lib/server/clock.ts');
	expect(uses(others, readsTheTime)).toEqual([]);
});

test('no territory is named in the product: another one is a folder of data', () => {
	const files = filesUnder('seeds').filter((file) =>
		/^seeds\/[^/]+\/(territoire|communes)\.yaml$/.test(file)
	);
	const named = files
		.flatMap((file) => parse(textOf(file)) as { slug: string; nom: string; nom_court?: string })
		.flatMap(({ slug, nom, nom_court = nom }) => [slug, nom, nom_court, ...nom_court.split(' et ')])
		// The fictional territory gives the examples of comments.
		.filter((name) => !/valclair/i.test(name))
		.map((name) => ({ name, word: new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'iu') }));
	expect(named.length).toBeGreaterThan(20);
	const texts = [...filesUnder('src'), ...filesUnder('static'), ...filesUnder('messages')]
		.filter((file) => !/\.test\.ts$|\/fixtures\/|\/paraglide\//.test(file))
		.map((file) => ({ file, text: textOf(file) }));
	expect(
		texts.flatMap(({ file, text }) =>
			named.filter(({ word }) => word.test(text)).map(({ name }) => `${file}: ${name}`)
		)
	).toEqual([]);
});

test('nothing is read outside the project', () => {
	const outside = sources.flatMap(({ file, script }) =>
		nodesOf(script, (node) => ts.isStringLiteralLike(node) && /^\.\.?\//.test(node.text))
			.map((node) => (node as ts.StringLiteralLike).text)
			.filter((name) => path.relative(root, path.resolve(root, path.dirname(file), name)).startsWith('..'))
			.map((name) => `${file}: ${name}`)
	);
	expect(outside).toEqual([]);
});

test('each file that the architecture’s table sends to is there', () => {
	const rows = textOf('docs/architecture.md').match(/^\|.*\?.*\|.*`.*\|$/gm) ?? [];
	expect(rows.length).toBeGreaterThan(40);
	const missing = rows.flatMap((row) => {
		let folder = '';
		return [...(row.split('|')[2] ?? '').matchAll(/`([\w./-]+\.(?:ts|svelte|css|json))`/g)]
			.map(([, file = '']) => file)
			.filter((file) => {
				const found = ['src', '.', folder]
					.map((from) => path.join(from, file))
					.find((at) => existsSync(path.join(root, at)));
				if (found !== undefined) folder = path.dirname(found);
				return found === undefined && !file.startsWith('+');
			});
	});
	expect(missing).toEqual([]);
});
