import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startNightlyCopies } from '#lib/server/backup/nightly.ts';
import { now } from '#lib/server/clock.ts';
import type { App } from '#lib/server/app.ts';
import type { Handler } from '#lib/server/http/collect.ts';
import { followScan } from '#lib/server/codes/scan.ts';
import { listen, StartError, stopServer } from '#lib/server/http/listen.ts';
import { bodyLimit } from '#lib/server/http/refusal.ts';
import { createSiteServer } from '#lib/server/http/server.ts';
import { watchContentVersion } from '#lib/server/http/version.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { runCommand } from './run.ts';

// A fault nobody foresaw leaves a state nobody knows: say it once and start afresh.
for (const fault of ['uncaughtException', 'unhandledRejection'])
	process.once(fault, (error: unknown) => {
		console.error(error);
		process.exit(1);
	});

await runCommand(async () => {
	const settings = readSettings(process.env);
	const { app, created, copy, aside, close } = await prepareApp(settings);
	if (aside !== undefined) console.log(`Restauration terminée ; ce qui était là est gardé dans ${aside}.`);
	if (copy !== undefined) console.log(`Base mise à jour ; l’ancienne est gardée dans ${copy}.`);
	if (created > 0) console.log(`Base créée : ${created} fiches de « ${settings.territoire} ».`);
	if (settings.horloge !== undefined)
		console.warn(`Attention : l’horloge d’essai part de ${new Date(settings.horloge).toISOString()}.`);

	const version = watchContentVersion(app.sqlite);
	const server = createSiteServer({
		handler: await loadHandler(app),
		follow: (req) => followScan(app, req),
		version,
		clock: now
	});
	const address = await listen(server, settings.port, settings.host);
	console.log(`Annuaire : ${address}`);
	const copies = startNightlyCopies(settings.dataDir);

	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		await stopServer(server);
		version.stop();
		await copies.stop();
		await close();
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) process.on(signal, () => void stop());
});

/** SvelteKit's handler, told the settings it reads from the environment, and given the app with each request. */
async function loadHandler(app: App): Promise<Handler> {
	process.env.ORIGIN = app.settings.origin;
	process.env.BODY_SIZE_LIMIT = String(bodyLimit);
	const file = path.resolve(import.meta.dirname, '../../build/handler.js');
	if (!existsSync(file)) throw new StartError('Le site n’est pas construit : lancez « npm start ».');
	const { handler } = (await import(pathToFileURL(file).href)) as { handler: Handler };
	return (req, res, next) => handler(Object.assign(req, { app }), res, next);
}
