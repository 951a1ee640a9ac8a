import { existsSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { databaseFile, openApp } from '#lib/server/app.ts';
import { isRestorePending } from '#lib/server/backup/restore.ts';
import { startClockAt } from '#lib/server/clock.ts';
import { isMigrated } from '#lib/server/database/migrate.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { readSettings, type Settings } from '#lib/server/settings.ts';
import { listenToReaders } from '#lib/server/speaking.ts';
import { affiche } from './commands/affiche.ts';
import { codes } from './commands/codes.ts';
import { type Command, commandOptions, type Options, type Result } from './commands/command.ts';
import { compte } from './commands/compte.ts';
import { courrier } from './commands/courrier.ts';
import { exporter } from './commands/exporter.ts';
import { horaires } from './commands/horaires.ts';
import { importer } from './commands/importer.ts';
import { qr } from './commands/qr.ts';
import { relancer } from './commands/relancer.ts';
import { restaurer } from './commands/restaurer.ts';
import { sauvegarder } from './commands/sauvegarder.ts';
import { verifier } from './commands/verifier.ts';
import { runCommand, UsageError } from './run.ts';

const commands: Record<string, Command> = {
	codes,
	qr,
	affiche,
	horaires,
	courrier,
	compte,
	relancer,
	importer,
	exporter,
	sauvegarder,
	restaurer,
	verifier
};

const seeHelp = '« npm run -s annuaire -- help » dit ce qui existe.';

// Paper is said in the language of its readers.
listenToReaders();

await runCommand(async () => {
	const { values, positionals } = readArguments();
	const [name = 'help', ...args] = positionals;
	if (name === 'help' || values.help) {
		console.log(help());
		return;
	}
	const command = getCommand(name);
	const { lines, data, warnings = [], failed } = await run(command, args, values);
	for (const warning of warnings) console.warn(warning);
	if (values.json) console.log(JSON.stringify(data));
	else if (lines.length > 0) console.log(lines.join('\n'));
	if (failed) process.exitCode = 1;
});

/** @throws UsageError when no command has this name. */
function getCommand(name: string): Command {
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) throw new UsageError(`La commande « ${name} » n’existe pas. ${seeHelp}`);
	return command;
}

async function run(command: Command, args: string[], options: Options): Promise<Result> {
	if (command.needs === 'nothing') return command.run(args, options);
	const settings = readSettings(process.env);
	if (command !== restaurer) refuseNoDatabase(settings);
	if (command.needs === 'folder') {
		if (settings.horloge !== undefined) startClockAt(settings.horloge);
		return command.run(settings, args, options);
	}
	const app = openApp(settings);
	try {
		if (!(await isMigrated(app.sqlite)))
			throw new DatabaseError('La base n’est pas à jour : démarrez le site une fois (npm start).');
		return await command.run(app, args, options);
	} finally {
		await app.close();
	}
}

function refuseNoDatabase(settings: Settings): void {
	if (isRestorePending(settings.dataDir))
		throw new DatabaseError(
			'Une restauration n’est pas terminée : attendez sa fin, ou démarrez le site, qui la termine.'
		);
	if (!existsSync(databaseFile(settings)))
		throw new DatabaseError(
			`Il n’y a pas de base dans ${settings.dataDir} : démarrez le site une fois (npm start), ou donnez DATA_DIR.`
		);
}

function readArguments() {
	try {
		return parseArgs({
			// « - lundi : 9h-12h » is a text that begins with a dash, not an option.
			args: process.argv.slice(2).map((word) => word.replace(/^[-\s]+\s(?=\S)/, '')),
			allowPositionals: true,
			options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...commandOptions }
		});
	} catch (error) {
		// A command that doesn't exist is the fault to name, whatever options came with it.
		const [name = ''] = process.argv.slice(2);
		if (/^\w/.test(name) && name !== 'help') getCommand(name);
		throw new UsageError(`${optionFault(error)} ${seeHelp}`);
	}
}

/** What is wrong with the options, in French: Node says it in English. */
function optionFault(error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException;
	const option = /'(-[^' ,]*)/.exec(message)?.[1] ?? '';
	return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
		? `L’option « ${option} » n’existe pas.`
		: `L’option « ${option} » est mal employée.`;
}

function help(): string {
	const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
	return [
		'npm run -s annuaire -- COMMANDE [--json]',
		'',
		...Object.values(commands).map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
		`  ${'help'.padEnd(width)}  cette liste`
	].join('\n');
}
