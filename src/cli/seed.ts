import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { refuseArguments, runCommand } from './run.ts';

/** Makes DATA_DIR ready to be read, as a first start would, then stops: `npm run dev` needs it. */
await runCommand(async () => {
	refuseArguments('src/cli/seed.ts');
	const { close } = await prepareApp(readSettings(process.env));
	await close();
});
