import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NightlyCopies, startNightlyCopies } from '#lib/server/backup/nightly.ts';
import { now } from '#lib/server/clock.ts';
import type { App } from '#lib/server/app.ts';
import type { Handler } from '#lib/server/http/collect.ts';
import { giveFirstAccount } from '#lib/server/accounts/first-account.ts';
import { followScan } from '#lib/server/codes/scan.ts';
import { checkPort, listen, StartError, stopServer } from '#lib/server/http/listen.ts';
import { bodyLimit } from '#lib/server/http/refusal.ts';
import { createSiteServer } from '#lib/server/http/server.ts';
import { watchContentVersion } from '#lib/server/http/version.ts';
import { type DailyReminders, startDailyReminders } from '#lib/server/freshness/daily.ts';
import { type Postman, startPostman } from '#lib/server/mail/postman.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings, type Settings } from '#lib/server/settings.ts';
import { refuseArguments, runCommand } from './run.ts';

// A fault nobody foresaw leaves a state nobody knows: say it once and start afresh.
for (const fault of ['uncaughtException', 'unhandledRejection'])
	process.once(fault, (error: unknown) => {
		console.error(error);
		process.exit(1);
	});

await runCommand(async () => {
	refuseArguments('npm start');
	const settings = readSettings(process.env);
	// What keeps the site from serving is known before a database is made.
	await checkPort(settings.port, settings.host);
	const handlerFor = await loadHandler(settings);
	const { app, created, copy, aside, unreadable, close } = await prepareApp(settings);
	if (aside !== undefined) console.log(`Restauration terminée ; ce qui était là est gardé dans ${aside}.`);
	if (copy !== undefined) console.log(`Base mise à jour ; l’ancienne est gardée dans ${copy}.`);
	if (created > 0) console.log(`Base créée : ${created} fiches de « ${settings.territoire} ».`);
	for (const { slug, horaires } of unreadable)
		console.warn(
			`Attention : les horaires de « ${slug} » ne se lisent pas, la page les donne tels quels : ${horaires}`
		);
	if (settings.horloge !== undefined)
		console.warn(`Attention : l’horloge d’essai part de ${new Date(settings.horloge).toISOString()}.`);

	const version = watchContentVersion(app.sqlite);
	const server = createSiteServer({
		handler: handlerFor(app),
		follow: (req) => followScan(app, req),
		version,
		origin: settings.origin,
		clock: now
	});
	let postman: Postman | undefined;
	let copies: NightlyCopies | undefined;
	let reminders: DailyReminders | undefined;
	const closeAll = async () => {
		await Promise.all([reminders?.stop(), postman?.stop(), copies?.stop()]);
		version.stop();
		await close();
	};
	try {
		const address = await listen(server, settings.port, settings.host);
		postman = startPostman(app);
		copies = startNightlyCopies(settings.dataDir);
		reminders = startDailyReminders(app);
		console.log(`Annuaire : ${address}`);
		const secret = await giveFirstAccount(app.db);
		if (secret !== undefined)
			console.log(`Premier compte : ${settings.origin}/connexion/premier-compte/${secret}`);
	} catch (error) {
		await closeAll();
		throw error;
	}

	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		await stopServer(server);
		await closeAll();
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) process.on(signal, () => void stop());
});

/** SvelteKit's handler, told the settings it reads from the environment, and then given the app with each request. */
async function loadHandler(settings: Settings): Promise<(app: App) => Handler> {
	process.env.ORIGIN = settings.origin;
	process.env.BODY_SIZE_LIMIT = String(bodyLimit);
	const file = path.resolve(import.meta.dirname, '../../build/handler.js');
	if (!existsSync(file)) throw new StartError('Le site n’est pas construit : lancez « npm start ».');
	const { handler } = (await import(pathToFileURL(file).href)) as { handler: Handler };
	return (app) => (req, res, next) => handler(Object.assign(req, { app }), res, next);
}
