import svelte from 'eslint-plugin-svelte';
import { defineConfig, includeIgnoreFile } from 'eslint/config';
import globals from 'globals';
import path from 'node:path';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Rules of the project that are not about types.
 * @type {import('eslint').Linter.RulesRecord}
 */
const everywhere = {
	eqeqeq: 'error',
	'no-constant-binary-expression': 'error',
	'no-console': ['error', { allow: ['log', 'info', 'warn', 'error'] }],
	'no-self-compare': 'error',
	'no-unreachable': 'error',
	'no-useless-assignment': 'error',
	'prefer-const': 'error'
};

export default defineConfig(
	includeIgnoreFile(path.join(import.meta.dirname, '.gitignore')),
	{
		// A rule that is wrong here is changed here, where everyone sees it, never silenced on a line.
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' }
	},
	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [ts.configs.base],
		languageOptions: { globals: globals.node },
		rules: everywhere
	},
	{
		files: ['**/*.ts', '**/*.svelte'],
		extends: [ts.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			...everywhere,
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// Numbers read well in a sentence; objects do not.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// `(v) => log(v)` is as clear as a body around it.
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// SvelteKit's redirect() and error() are thrown, and are not Errors.
			'@typescript-eslint/only-throw-error': 'off',
			// Objects here are closures or Kysely's builders: none of their functions reads `this`.
			'@typescript-eslint/unbound-method': 'off',
			// `load` and form actions keep the framework's shape.
			'@typescript-eslint/require-await': 'off'
		}
	},
	{
		files: ['**/*.svelte'],
		extends: [svelte.configs.recommended],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			// Links come from pathTo(), which knows the reader's language; the site is served at the root.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/button-has-type': 'error',
			'svelte/no-target-blank': 'error'
		}
	}
);
