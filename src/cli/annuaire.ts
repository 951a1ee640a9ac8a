import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { normaliseCode, targetPath } from '#lib/domain/codes.ts';
import { problemsSentence, readFrenchHours } from '#lib/domain/hours/french/french.ts';
import { databaseFile, openApp, type App } from '#lib/server/app.ts';
import { findCode, listCodes } from '#lib/server/codes/codes.ts';
import { isMigrated } from '#lib/server/database/migrate.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { symbolSvg } from '#lib/server/codes/symbol.ts';
import { listUnsentMail, type Mail } from '#lib/server/mail/outbox.ts';
import { sendUnattended } from '#lib/server/mail/postman.ts';
import { readSettings } from '#lib/server/settings.ts';
import { findOrigin } from '#lib/server/territory.ts';
import { runCommand, UsageError } from './run.ts';

/** What a command gives back: lines for people, and the same as data for `--json`. */
interface Result {
	lines: string[];
	data: unknown;
	/** What people should know besides, on standard error. */
	warnings?: string[];
	/** Exit code 1: nothing was done of what was asked. */
	failed?: true;
}

interface Command {
	usage: string;
	summary: string;
	run(
		app: App,
		args: string[],
		options: { o?: string | undefined; envoyer?: boolean | undefined }
	): Promise<Result>;
}

/** A command that needs no database. */
interface PlainCommand extends Omit<Command, 'run'> {
	runAlone(args: string[]): Result;
}

const commands: Record<string, Command | PlainCommand> = {
	codes: {
		usage: 'codes',
		summary: 'tous les codes imprimés depuis toujours, leur support et où ils mènent',
		async run({ db }) {
			const codes = await listCodes(db);
			const data = codes.map(({ code, support, target, since, past }) => ({
				code,
				support,
				genre: target.kind,
				commune: target.commune,
				objet: target.object,
				cible: targetPath(target),
				depuis: since,
				cibles_passees: past.map((one) => ({ cible: targetPath(one), depuis: one.since }))
			}));
			return {
				data,
				lines: data.map(({ code, support, cible }) => `${code}  ${support.padEnd(12)}  ${cible}`)
			};
		}
	},
	qr: {
		usage: 'qr CODE [-o FICHIER.svg]',
		summary: 'le carré d’un code imprimé, en dessin vectoriel (SVG)',
		async run({ db }, [typed = ''], { o }) {
			const code = normaliseCode(typed);
			if (code === undefined || !(await findCode(db, code)))
				throw new UsageError(`Le code « ${typed} » n’existe pas.`);
			const origin = await findOrigin(db);
			if (origin === undefined)
				throw new DatabaseError('L’adresse du site n’est pas connue : démarrez-le une fois (npm start).');
			if (!origin.startsWith('https:')) console.warn(`ÉPREUVE – ne pas diffuser : ce code mène à ${origin}.`);
			const svg = await symbolSvg(origin, code);
			if (o === undefined) return { lines: [svg], data: { code, svg } };
			writeFileSync(o, svg);
			return { lines: [`${o} écrit.`], data: { code, fichier: o } };
		}
	},
	horaires: {
		usage: 'horaires "TEXTE"',
		summary: 'des horaires écrits en français, en langage opening_hours d’OpenStreetMap',
		runAlone(args) {
			if (args.length === 0)
				throw new UsageError('Donnez un texte : annuaire horaires "du lundi au vendredi 8h30-12h".');
			const read = readFrenchHours(args.join(' '));
			if ('problems' in read) {
				const sentence = problemsSentence(read.problems);
				const non_compris = read.problems.map(({ fragment, sentence: raison }) => ({
					texte: fragment,
					raison
				}));
				return { lines: [], warnings: [sentence], data: { erreur: sentence, non_compris }, failed: true };
			}
			const { osm, precisions, assumptions } = read;
			return {
				lines: [osm],
				warnings: [
					...precisions.map((one) => `À garder à côté des horaires : ${one}.`),
					...assumptions.map((one) => `À confirmer : ${one}.`)
				],
				data: {
					horaires_accueil: osm,
					...(precisions.length > 0 && { horaires_precisions: precisions.join('\n') }),
					...(assumptions.length > 0 && { a_confirmer: assumptions })
				}
			};
		}
	}
};

function mailData(mail: Mail) {
	return {
		id: mail.id,
		message_id: mail.message_id,
		destinataire: mail.recipient,
		objet: mail.subject,
		cree_le: mail.created_at,
		essais: mail.attempts,
		prochain_essai: mail.given_up_at === null ? mail.next_attempt_at : null,
		derniere_erreur: mail.last_error,
		abandonne_le: mail.given_up_at
	};
}

function mailLine({ id, recipient, subject, attempts, last_error }: Mail): string {
	return `  ${id}  ${recipient}  « ${subject} »  essais : ${attempts}${last_error === null ? '' : ` ; ${last_error}`}`;
}

await runCommand(async () => {
	const { values, positionals } = readArguments();
	const [name = 'help', ...args] = positionals;
	if (name === 'help' || values.help) {
		console.log(help());
		return;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command)
		throw new UsageError(
			`La commande « ${name} » n’existe pas. « npm run -s annuaire -- help » les liste toutes.`
		);
	if ('runAlone' in command) {
		print(command.runAlone(args), values.json);
		return;
	}
	const settings = readSettings(process.env);
	if (!existsSync(databaseFile(settings)))
		throw new DatabaseError(
			`Il n’y a pas de base dans ${settings.dataDir} : démarrez le site une fois (npm start), ou donnez DATA_DIR.`
		);
	const app = openApp(settings);
	try {
		print(await command.run(app, args, values), values.json);
	} finally {
		await app.close();
	}
});

function print({ lines, data, warnings = [], failed }: Result, json: boolean | undefined): void {
	for (const warning of warnings) console.warn(warning);
	if (json) console.log(JSON.stringify(data));
	else if (lines.length > 0) console.log(lines.join('\n'));
	if (failed) process.exitCode = 1;
}

function readArguments() {
	try {
		return parseArgs({
			// « - lundi : 9h-12h » is a text that begins with a dash, not an option.
			args: process.argv.slice(2).map((word) => word.replace(/^[-\s]+\s(?=\S)/, '')),
			allowPositionals: true,
			options: {
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
				o: { type: 'string', short: 'o' },
				envoyer: { type: 'boolean' }
			}
		});
	} catch (error) {
		throw new UsageError(
			`Option inconnue : ${error instanceof Error ? error.message : String(error)}. « npm run -s annuaire -- help » dit ce qui existe.`
		);
	}
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
