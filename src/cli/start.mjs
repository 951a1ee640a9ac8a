// @ts-check
/*
 * npm start: installs and builds when needed, then serves.
 * `--dev` serves from the sources instead; `--bench` measures.
 */
import path from 'node:path';
import process from 'node:process';
import {
	become,
	build,
	generate,
	install,
	projectEnv,
	projectNode,
	readOption,
	root,
	run,
	runMain,
	StepError
} from './steps.mjs';

/**
 * A small machine is enough. Left alone, Node lets rubbish pile up in proportion to the memory it sees, 450 MB
 * here; held back, it sweeps often, and sharing that sweep among threads costs a third of the answers.
 */
const lean = ['--max-semi-space-size=4', '--max-old-space-size=256', '--no-parallel-scavenge'];

runMain(async () => {
	const mode = readOption('npm start --', ['--dev', '--bench'], ['--dev', '--bench']);
	const rest = process.argv.slice(3);
	await install();
	if (mode === '--dev') {
		await generate();
		if ((await run(projectNode(), ['src/cli/seed.ts'], { env: projectEnv() })) !== 0)
			throw new StepError('La base n’est pas prête : suivez le message ci-dessus, puis recommencez.');
		return become(['node_modules/vite/bin/vite.js', 'dev', ...rest]);
	}
	await build();
	if (mode === '--bench') return become(['bench/run.ts', ...rest]);
	return become([...lean, 'src/cli/serve.ts'], {
		...projectEnv(),
		// Sources already read are read faster; threads share their memory rather than keep some each.
		NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/annuaire'),
		MALLOC_ARENA_MAX: '2',
		// Compressing takes blocks of memory that glibc would rather keep once they are free.
		MALLOC_MMAP_THRESHOLD_: '131072',
		MALLOC_TRIM_THRESHOLD_: '131072'
	});
});
