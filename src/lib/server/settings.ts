import path from 'node:path';
import defaults from '../../../seeds/defaut.json' with { type: 'json' };

/** What the environment decides, read once at start. Each name is documented in docs/operations.md. */
export interface Settings {
	/** TCP port the server listens on. */
	port: number;
	/** Address the server listens on. */
	host: string;
	/** Public origin, without a trailing slash: what links, mails and printed codes carry. */
	origin: string;
	/** Absolute path of the folder that holds all state. */
	dataDir: string;
	/** Folder of `seeds/` that fills an empty database. */
	territoire: string;
	/** Instant (epoch milliseconds) from which the clock runs, in tests only. */
	horloge: number | undefined;
}

/** The names read by `readSettings`: docs/operations.md must describe each. */
export const settingNames = ['PORT', 'HOST', 'ORIGIN', 'DATA_DIR', 'TERRITOIRE', 'HORLOGE'] as const;

export class SettingError extends Error {}

/**
 * Reads and checks the settings.
 * @throws SettingError with one clear French line naming the setting to correct.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
	const port = Number(env.PORT ?? '3000');
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new SettingError(`PORT doit être un nombre de 0 à 65535 : « ${env.PORT} » reçu.`);
	const host = env.HOST ?? '127.0.0.1';
	const origin = readOrigin(env.ORIGIN ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
	const territoire = env.TERRITOIRE ?? defaults.territoire;
	if (!/^[a-z0-9-]+$/.test(territoire))
		throw new SettingError(`TERRITOIRE doit être le nom d’un dossier de seeds/ : « ${territoire} » reçu.`);
	return {
		port,
		host,
		origin,
		dataDir: path.resolve(env.DATA_DIR ?? './data'),
		territoire,
		horloge: readHorloge(env.HORLOGE, origin)
	};
}

function readOrigin(value: string): string {
	let url: URL;
	try {
		url = new URL(value);
	} catch {
		throw new SettingError(
			`ORIGIN doit être une adresse complète, par exemple https://exemple.fr : « ${value} » reçu.`
		);
	}
	if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
		throw new SettingError(
			`ORIGIN ne doit porter qu’un protocole et un nom, par exemple https://exemple.fr : « ${value} » reçu.`
		);
	return url.origin;
}

function readHorloge(value: string | undefined, origin: string): number | undefined {
	if (value === undefined || value === '') return undefined;
	const instant = Date.parse(value);
	if (Number.isNaN(instant) || !/T.*(Z|[+-]\d\d:\d\d)$/.test(value))
		throw new SettingError(
			`HORLOGE doit être un instant ISO avec son fuseau, par exemple 2026-11-24T09:15:00Z : « ${value} » reçu.`
		);
	if (origin.startsWith('https:'))
		throw new SettingError('HORLOGE sert aux essais seulement : elle est refusée quand ORIGIN est en https.');
	return instant;
}
