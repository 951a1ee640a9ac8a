// @ts-check
/*
 * What `npm start` and `npm test` share. Both begin on the machine's own Node, 20 or later,
 * before anything is installed: plain JavaScript, `node:` imports only.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const bin = path.join(root, 'node_modules/.bin');
const installMarker = path.join(root, 'node_modules/.annuaire-installe');
const buildMarker = path.join(root, 'build/.annuaire-construit');

/** Oldest Node that runs the server where the project's own Node does not exist (macOS, Windows). */
const oldestNode = [22, 17];

/** A step that did not succeed. Its message is the one French line that says what to do. */
export class StepError extends Error {
	exitCode = 1;
}

/** A command called in a way it doesn't know. */
export class UsageError extends StepError {
	/** @override */
	exitCode = 2;
}

/**
 * The option a command was called with, the first of its arguments.
 * @param {string} command as people type it
 * @param {readonly string[]} known the options it takes
 * @param {readonly string[]} [forwarding] those that pass what follows them on to another program
 * @returns {string | undefined} undefined when it was called without any
 * @throws {UsageError} for any other argument
 */
export function readOption(command, known, forwarding = []) {
	const [option, ...rest] = process.argv.slice(2);
	const unknown = [
		...(option === undefined || known.includes(option) ? [] : [option]),
		...(option !== undefined && forwarding.includes(option) ? [] : rest)
	];
	if (unknown.length > 0)
		throw new UsageError(
			`L’argument « ${unknown[0]} » n’existe pas ici : « ${command} » prend seulement ${known.join(' ou ')}, ou rien. Les réglages sont des variables d’environnement (docs/operations.md).`
		);
	return option;
}

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. */
export async function install() {
	const wanted = hashOf(['package-lock.json']);
	if (isMarked(installMarker, wanted)) return;
	console.log('Installation des dépendances…');
	// npm is about to replace node_modules: it must not run on the Node that stands in it.
	const outside = (process.env.PATH ?? '')
		.split(path.delimiter)
		.filter((folder) => path.resolve(folder) !== bin);
	const env = { ...process.env, PATH: outside.join(path.delimiter) };
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	if (!(await quietly((onOutput) => run(npm, ['ci', '--loglevel=error'], { env, onOutput }))))
		throw new StepError('L’installation a échoué : vérifiez l’accès au registre npm, puis recommencez.');
	writeFileSync(installMarker, wanted);
}

/** Builds the site unless build/ was made from the very same sources. */
export async function build() {
	const wanted = hashOf(buildInputs());
	if (isMarked(buildMarker, wanted)) return;
	console.log('Construction du site…');
	if (!(await quietly((onOutput) => runTool('vite', ['build'], { onOutput }))))
		throw new StepError('La construction a échoué : corrigez l’erreur affichée ci-dessus, puis recommencez.');
	writeFileSync(buildMarker, wanted);
}

/** Generates what types and tests read: the interface's words and the routes' types. */
export async function generate() {
	const words = [
		'compile',
		'--outdir',
		'./src/lib/paraglide',
		'--strategy',
		'baseLocale',
		'--emit-ts-declarations'
	];
	if (!(await quietly((onOutput) => runTool('paraglide-js', words, { onOutput }))))
		throw new StepError(
			'Les textes de l’interface (messages/) ne se compilent pas : corrigez-les, puis recommencez.'
		);
	if (!(await quietly((onOutput) => runTool('svelte-kit', ['sync'], { onOutput }))))
		throw new StepError(
			'Les routes ne se lisent pas : corrigez l’erreur affichée ci-dessus, puis recommencez.'
		);
}

/**
 * Runs a command whose output matters only when it fails.
 * @param {(onOutput: (text: string) => void) => Promise<number>} command
 * @returns {Promise<boolean>} whether it succeeded
 */
async function quietly(command) {
	let output = '';
	const code = await command((text) => (output += text));
	if (code !== 0) process.stderr.write(output);
	return code === 0;
}

/**
 * The Node that runs the project: the one installed with it, else this machine's when it is recent enough.
 * @returns {string}
 */
export function projectNode() {
	const own = path.join(bin, 'node');
	if (existsSync(own)) return own;
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath;
	throw new StepError(
		`Node ${process.versions.node} est trop ancien : installez Node ${oldestNode.join('.')} ou plus récent (https://nodejs.org).`
	);
}

/** The environment in which the project's tools find its own Node first. */
export function projectEnv() {
	return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs one of the installed tools on the project's Node.
 * @param {keyof typeof tools} tool
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runTool(tool, args, options = {}) {
	return run(projectNode(), [path.join(root, 'node_modules', tools[tool]), ...args], {
		env: projectEnv(),
		...options
	});
}

const tools = {
	eslint: 'eslint/bin/eslint.js',
	'paraglide-js': '@inlang/paraglide-js/bin/run.js',
	playwright: '@playwright/test/cli.js',
	prettier: 'prettier/bin/prettier.cjs',
	'svelte-check': 'svelte-check/bin/svelte-check',
	'svelte-kit': '@sveltejs/kit/svelte-kit.js',
	vite: 'vite/bin/vite.js',
	vitest: 'vitest/vitest.mjs'
};

/**
 * Runs a command in the project's folder, without standard input.
 * Its output is shown as it comes, or handed to `onOutput`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<number>} its exit code; 127 when it can't be started
 */
export function run(command, args, { env = process.env, onOutput } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			env,
			stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
			shell: process.platform === 'win32' && command.endsWith('.cmd')
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => onOutput?.(text));
		child.on('error', (error) => {
			console.error(`${command} : ${error.message}`);
			resolve(127);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/**
 * Runs a script of the project on its own Node and takes its place: same terminal, signals passed on, same exit code.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<never>}
 */
export function become(args, env = projectEnv()) {
	return new Promise(() => {
		// The channel tells the child when this process dies, however it dies.
		const child = spawn(projectNode(), args, {
			cwd: root,
			env,
			stdio: ['inherit', 'inherit', 'inherit', 'ipc']
		});
		/** @type {NodeJS.Signals[]} */
		const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
		for (const signal of signals) process.on(signal, () => child.kill(signal));
		if (process.env.npm_lifecycle_event !== undefined) stopWithParent(child);
		child.on('error', (error) => {
			console.error(error.message);
			process.exit(1);
		});
		child.on('exit', (code) => process.exit(code ?? 1));
	});
}

/**
 * npm passes a signal on to its shell alone, which dies without telling us.
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithParent(child) {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) child.kill('SIGTERM');
	}, 100).unref();
}

/**
 * Runs `main`; a step that failed ends the process with its one line.
 * @param {() => Promise<void>} main
 */
export function runMain(main) {
	main().catch((error) => {
		console.error(error instanceof StepError ? error.message : error);
		process.exit(error instanceof StepError ? error.exitCode : 1);
	});
}

/** @returns {string[]} the files the build reads, relative to the project */
function buildInputs() {
	const sources = filesUnder('src').filter(
		(file) =>
			!file.startsWith('src/cli/') && !file.startsWith('src/lib/paraglide/') && !file.includes('.test.')
	);
	const configuration = [
		'package-lock.json',
		'package.json',
		'svelte.config.js',
		'vite.config.ts',
		'tsconfig.json'
	];
	return [
		...sources,
		...filesUnder('messages'),
		...filesUnder('static'),
		...configuration,
		'project.inlang/settings.json',
		'seeds/vocabulaires.json'
	];
}

/**
 * @param {string} folder relative to the project
 * @returns {string[]} every file under it, relative to the project, in a stable order
 */
function filesUnder(folder) {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
		.filter((file) => statSync(path.join(root, file)).isFile())
		.sort();
}

/** @param {string[]} files */
function hashOf(files) {
	const hash = createHash('sha256');
	for (const file of files) {
		const absolute = path.join(root, file);
		hash.update(`${file}\0`);
		if (existsSync(absolute)) hash.update(createHash('sha256').update(readFileSync(absolute)).digest());
	}
	return hash.digest('hex');
}

/**
 * @param {string} marker
 * @param {string} wanted
 */
function isMarked(marker, wanted) {
	return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}
