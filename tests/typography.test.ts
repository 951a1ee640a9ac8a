import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '#lib/server/root.ts';

/** A French sign after an ordinary space, where a line could begin with it, or a quote that a line could end with. */
const loose = /.{0,30}(?:[\p{L}\p{N}»)’}.…￼][ \n\t]+[:;?!»](?![^\s.,)￼])|«[ \n\t]).{0,20}/gu;

function looseIn(text: string): string[] {
	return [...text.matchAll(loose)].map(([words]) => words.trim());
}

/** The texts of a component, as markup: without its script, its style, its expressions and its tags. */
function textsOf(component: string): string {
	let markup = component.replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '');
	// Expressions hold others: the innermost go first.
	for (let before = ''; before !== markup;) {
		before = markup;
		markup = markup.replace(/\{[^{}]*\}/g, '￼');
	}
	return markup.replace(/<[^<>]*>/g, '').replace(/&[a-z]+;/g, '');
}

/** What isn't read by people: statements of the database and of its search, pieces of patterns. */
const isTechnical = (text: string): boolean =>
	/\b(?:SELECT|VACUUM|INSERT|UPDATE|WHERE)\b|^\{[a-z ]+\} : |[￼)\]'] \?[￼(/\w]|\(\?/.test(text);

/** The texts written as strings in a module, what they hold of values replaced by ￼. */
function stringsOf(module: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) found.push(node.text);
		else if (ts.isTemplateExpression(node))
			found.push(node.head.text + node.templateSpans.map(({ literal }) => `￼${literal.text}`).join(''));
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('module.ts', module, ts.ScriptTarget.Latest, true));
	return found;
}

/** The strings of a component's scripts and expressions, each as it is written. */
function modulesOf(component: string): string[] {
	const found: string[] = [];
	const visit = (node: unknown): void => {
		if (typeof node !== 'object' || node === null) return;
		const { type, start, end } = node as { type?: unknown; start: number; end: number };
		if (type === 'Literal' || type === 'TemplateLiteral') found.push(component.slice(start, end));
		else Object.values(node).forEach(visit);
	};
	visit(parse(component, { modern: true }));
	return found;
}

describe('no French sign stands after an ordinary space, where a line could begin with it', () => {
	const sources = (pattern: string): [file: string, text: string][] =>
		globSync(pattern, { cwd: projectRoot })
			.filter((file) => !file.endsWith('.test.ts'))
			.map((file) => [file, readFileSync(path.join(projectRoot, file), 'utf8')]);

	test('in the markup of components', () => {
		const components = sources('src/**/*.svelte');
		expect(components.length).toBeGreaterThan(50);
		const faults = components.flatMap(([file, text]) =>
			looseIn(textsOf(text)).map((words) => `${file}: ${words}`)
		);
		expect(faults).toEqual([]);
	});

	test('in the strings of modules and components', () => {
		const modules = [
			...sources('src/**/*.ts'),
			...sources('src/**/*.svelte').flatMap(([file, text]) =>
				modulesOf(text).map((module): [string, string] => [file, module])
			)
		];
		expect(modules.length).toBeGreaterThan(500);
		const faults = modules.flatMap(([file, module]) =>
			stringsOf(module)
				.filter((text) => !isTechnical(text))
				.flatMap((text) => looseIn(text).map((words) => `${file}: ${words}`))
		);
		expect(faults).toEqual([]);
	});

	test('and both readings see one that does', () => {
		const component =
			'<script lang="ts">const a = `« ${b} »`;</script><p title={a ? \'Quoi ?\' : "b"}>Fermé : {#if a}{`Le ${a} !`}{/if}</p>';
		expect(looseIn(textsOf(component))).toEqual(['Fermé : ￼￼￼']);
		expect(modulesOf(component).flatMap(stringsOf).flatMap(looseIn)).toEqual(['Quoi ?', 'Le ￼ !', '« ￼ »']);
	});
});
