import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type AST, parse } from 'svelte/compiler';
import ts from 'typescript';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '..');

/** A source file and what it says, read with TypeScript's and Svelte's own parsers. */
export interface Source {
	/** From the project's folder, with slashes. */
	file: string;
	/** What it imports, `#lib` and relative names turned into paths from the project's folder. */
	imports: string[];
	/** Its script. */
	script: ts.SourceFile;
	/** Its markup, when it is a component. */
	markup: AST.Fragment | undefined;
}

/** Every file under a folder, from the project's folder, in alphabetical order. */
export function filesUnder(folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
		.sort();
}

/** The text of a file of the project. */
export function textOf(file: string): string {
	return readFileSync(path.join(root, file), 'utf8');
}

/** The sources under these folders, but for what Paraglide generates. */
export function sourcesUnder(...folders: string[]): Source[] {
	return folders
		.flatMap(filesUnder)
		.filter((file) => /\.(ts|mjs|js|svelte)$/.test(file) && !file.startsWith('src/lib/paraglide/'))
		.map(readSource);
}

function readSource(file: string): Source {
	const text = textOf(file);
	const component = file.endsWith('.svelte') ? parse(text, { modern: true }) : undefined;
	const code = component ? scriptsOf(component, text) : text;
	return {
		file,
		imports: ts
			.preProcessFile(code, true, true)
			.importedFiles.map(({ fileName }) => resolved(file, fileName)),
		script: ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true),
		markup: component?.fragment
	};
}

function scriptsOf(component: AST.Root, text: string): string {
	return [component.module, component.instance]
		.flatMap((script) =>
			script ? [text.slice(text.indexOf('>', script.start) + 1, script.end - '</script>'.length)] : []
		)
		.join('\n');
}

function resolved(file: string, name: string): string {
	if (name.startsWith('#lib/')) return name.replace('#lib/', 'src/lib/');
	if (!name.startsWith('.')) return name;
	return path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
}

/** Every node of a script for which `isWanted` holds. */
export function nodesOf(script: ts.SourceFile, isWanted: (node: ts.Node) => boolean): ts.Node[] {
	const found: ts.Node[] = [];
	const visit = (node: ts.Node) => {
		if (isWanted(node)) found.push(node);
		ts.forEachChild(node, visit);
	};
	visit(script);
	return found;
}

/** Every node of a component's markup. */
export function markupNodes(value: unknown): { type: string; name?: unknown }[] {
	if (typeof value !== 'object' || value === null) return [];
	const inside = Object.values(value).flatMap(markupNodes);
	return 'type' in value && typeof value.type === 'string' ? [value as { type: string }, ...inside] : inside;
}
