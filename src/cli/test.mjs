// @ts-check
/*
 * npm test: everything that must be true before a change lands, in one command.
 * `--check` stops after types and lint; `--endurance` makes the faults, and them only, in their full numbers.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import {
	build,
	generate,
	install,
	projectEnv,
	readOption,
	run,
	runMain,
	runTool,
	StepError
} from './steps.mjs';

/** @typedef {{ name: string, run: (onOutput?: (text: string) => void) => Promise<number> }} Step */

/** @type {Step[]} */
const checks = [
	{
		name: 'Types',
		run: tool('svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings'])
	},
	{ name: 'Lint', run: tool('eslint', ['.', '--max-warnings', '0']) },
	{ name: 'Mise en forme', run: tool('prettier', ['--check', '--log-level', 'warn', '.']) }
];

/** The faults in their full numbers, as docs/endurance.md reports them. */
const fullNumbers = { HOSTILES: '10000', KILLS: '200', MAILS: '1000', RACES: '1000' };

/** @type {Step} */
const faults = {
	name: 'Pannes provoquées',
	run: tool('vitest', ['run', '--config', 'tests/faults/vitest.config.ts'])
};

/** @type {Step} */
const units = { name: 'Tests unitaires', run: tool('vitest', ['run']) };

runMain(async () => {
	const option = readOption('npm test --', ['--check', '--endurance']);
	const checkOnly = option === '--check';
	const endurance = option === '--endurance';
	await timed({ name: 'Installation', run: () => install().then(() => 0) });
	if (!checkOnly) await timed({ name: 'Construction', run: () => build().then(() => 0) });
	await timed({ name: 'Textes et routes', run: () => generate().then(() => 0) });
	if (endurance) {
		Object.assign(process.env, fullNumbers);
		if ((await timed(faults)).length > 0)
			throw new StepError('Une panne n’a pas été surmontée : lisez ci-dessus laquelle.');
		return;
	}
	const failed = await together(
		checkOnly
			? [checks]
			: [
					[units, await journeys()],
					[...checks, faults]
				]
	);
	if (failed.length > 0) throw new StepError(`Échec : ${failed.join(', ')}.`);
	console.log(checkOnly ? 'Types et lint : tout est bon.' : 'Tous les tests passent.');
});

/**
 * @param {Parameters<typeof runTool>[0]} name
 * @param {string[]} args
 * @returns {Step['run']}
 */
function tool(name, args) {
	return (onOutput) => runTool(name, args, onOutput ? { onOutput } : {});
}

/**
 * Runs a step, then shows its name and how long it took.
 * @param {Step} step
 * @param {(text: string) => void} [onOutput] receives the output; without it, it is shown as it comes
 * @returns {Promise<string[]>} its name when it failed
 */
async function timed(step, onOutput) {
	const start = process.hrtime.bigint();
	const code = await step.run(onOutput);
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	const line = `${code === 0 ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1).replace('.', ',')} s)`;
	if (onOutput) onOutput(`${line}\n`);
	else console.log(line);
	return code === 0 ? [] : [step.name];
}

/**
 * Runs lanes of steps side by side, one lane a core; each step's output is shown in one piece when it ends.
 * @param {Step[][]} lanes
 * @returns {Promise<string[]>} the names of the steps that failed
 */
async function together(lanes) {
	/** @type {string[]} */
	const failed = [];
	await Promise.all(
		lanes.map(async (steps) => {
			for (const step of steps) {
				let output = '';
				failed.push(...(await timed(step, (text) => (output += text))));
				process.stdout.write(output);
			}
		})
	);
	return failed;
}

/**
 * Walks through the built site in a browser, found or installed first.
 * @returns {Promise<Step>}
 */
async function journeys() {
	const env = { ...projectEnv(), CHROMIUM_PATH: await findChromium() };
	return {
		name: 'Parcours dans un navigateur',
		run: (onOutput) => runTool('playwright', ['test'], onOutput ? { env, onOutput } : { env })
	};
}

/**
 * The Chromium of this machine, installed from Debian when there is none and that is possible.
 * @returns {Promise<string>} path of the program
 */
async function findChromium() {
	const found = await knownChromium();
	if (found !== undefined) return found;
	if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
		console.log('Installation de Chromium…');
		await run('apt-get', ['update', '-q']);
		const get = (/** @type {string} */ browser) =>
			run('apt-get', ['install', '-y', '-q', '--no-install-recommends', browser]);
		if ((await get('chromium-headless-shell')) !== 0) await get('chromium');
		const installed = await knownChromium();
		if (installed !== undefined) return installed;
	}
	throw new StepError(
		'Aucun Chromium trouvé pour les parcours : installez-le (« sudo apt-get install chromium » ou « npx playwright install chromium »), puis recommencez.'
	);
}

/** @returns {Promise<string | undefined>} */
async function knownChromium() {
	const { chromium } = await import('@playwright/test');
	const candidates = [
		process.env.CHROMIUM_PATH,
		// The one without windows paints on no graphics card: journeys last half as long as with the whole browser.
		'/usr/bin/chromium-headless-shell',
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome-stable',
		'/usr/bin/google-chrome',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		chromium.executablePath()
	];
	return candidates.find((candidate) => candidate !== undefined && candidate !== '' && existsSync(candidate));
}
