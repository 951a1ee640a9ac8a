import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { normaliseCode, targetPath } from '#lib/domain/codes.ts';
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

const commands: Record<string, Command> = {
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
	courrier: {
		usage: 'courrier [--envoyer]',
		summary: 'les courriels qui attendent et ceux qui ont été abandonnés, avec la raison',
		async run(app, _args, { envoyer }) {
			if (envoyer && !(await sendUnattended(app)))
				console.warn('Le site est en marche : il envoie lui-même.');
			const { waiting, givenUp } = await listUnsentMail(app.db);
			return {
				data: { en_attente: waiting.map(mailData), abandonnes: givenUp.map(mailData) },
				lines: [
					`En attente : ${waiting.length}`,
					...waiting.map((mail) => `${mailLine(mail)} ; prochain essai ${mail.next_attempt_at}`),
					`Abandonnés : ${givenUp.length}`,
					...givenUp.map(mailLine)
				]
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
	const settings = readSettings(process.env);
	if (!existsSync(databaseFile(settings)))
		throw new DatabaseError(
			`Il n’y a pas de base dans ${settings.dataDir} : démarrez le site une fois (npm start), ou donnez DATA_DIR.`
		);
	const app = openApp(settings);
	try {
		if (!(await isMigrated(app.sqlite)))
			throw new DatabaseError('La base n’est pas à jour : démarrez le site une fois (npm start).');
		const { lines, data } = await command.run(app, args, values);
		console.log(values.json ? JSON.stringify(data) : lines.join('\n'));
	} finally {
		await app.close();
	}
});

function readArguments() {
	try {
		return parseArgs({
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
