import path from 'node:path';
import defaults from '../../../seeds/defaut.json' with { type: 'json' };
import { isMailAddress, isOneLine } from '#lib/domain/mail.ts';

/** The mail server that takes the site's mail. */
export interface SmtpServer {
	host: string;
	port: number;
	/** TLS from the first byte (smtps:); otherwise STARTTLS. */
	secure: boolean;
	/** Who the site says it is, when the server asks. */
	auth: { user: string; pass: string } | undefined;
}

/** Who the site's mail comes from. */
export interface Sender {
	name: string | undefined;
	address: string;
}

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
	/** Where mail is sent; undefined: it is written under DATA_DIR/courriels. */
	smtp: SmtpServer | undefined;
	mailFrom: Sender;
	/** Months after which what residents wrote is forgotten, from 1 to 36. */
	conservation: number;
}

/** The names read by `readSettings`: docs/operations.md must describe each. */
export const settingNames = [
	'PORT',
	'HOST',
	'ORIGIN',
	'DATA_DIR',
	'TERRITOIRE',
	'HORLOGE',
	'SMTP_URL',
	'MAIL_FROM',
	'CONSERVATION_MOIS'
] as const;

export class SettingError extends Error {}

/**
 * Reads and checks the settings.
 * @throws SettingError with one clear French line naming the setting to correct.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
	const port = Number(env.PORT ?? '3000');
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new SettingError(`PORT doit être un nombre de 0 à 65535 : « ${env.PORT} » reçu.`);
	const host = env.HOST ?? '127.0.0.1';
	const origin = readOrigin(env.ORIGIN ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
	const territoire = env.TERRITOIRE ?? defaults.territoire;
	if (!/^[a-z0-9-]+$/.test(territoire))
		throw new SettingError(`TERRITOIRE doit être le nom d’un dossier de seeds/ : « ${territoire} » reçu.`);
	const smtp = readSmtp(env.SMTP_URL);
	return {
		port,
		host,
		origin,
		dataDir: path.resolve(env.DATA_DIR ?? './data'),
		territoire,
		horloge: readHorloge(env.HORLOGE, origin),
		smtp,
		mailFrom: readSender(env.MAIL_FROM, smtp !== undefined),
		conservation: readConservation(env.CONSERVATION_MOIS ?? '12')
	};
}

function readConservation(value: string): number {
	const months = Number(value);
	if (!Number.isInteger(months) || months < 1 || months > 36)
		throw new SettingError(`CONSERVATION_MOIS doit être un nombre de mois, de 1 à 36 : « ${value} » reçu.`);
	return months;
}

function readOrigin(value: string): string {
	let url: URL;
	try {
		url = new URL(value);
	} catch {
		throw new SettingError(
			`ORIGIN doit être une adresse complète, par exemple https://exemple.fr : « ${value} » reçu.`
		);
	}
	if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
		throw new SettingError(
			`ORIGIN ne doit porter qu’un protocole et un nom, par exemple https://exemple.fr : « ${value} » reçu.`
		);
	return url.origin;
}

function readHorloge(value: string | undefined, origin: string): number | undefined {
	if (value === undefined || value === '') return undefined;
	const instant = Date.parse(value);
	if (Number.isNaN(instant) || !/T.*(Z|[+-]\d\d:\d\d)$/.test(value))
		throw new SettingError(
			`HORLOGE doit être un instant ISO avec son fuseau, par exemple 2026-11-24T09:15:00Z : « ${value} » reçu.`
		);
	if (origin.startsWith('https:'))
		throw new SettingError('HORLOGE sert aux essais seulement : elle est refusée quand ORIGIN est en https.');
	return instant;
}

/** A value that is refused isn't shown: it may hold the password. */
function readSmtp(value: string | undefined): SmtpServer | undefined {
	if (value === undefined || value === '') return undefined;
	const wrong = new SettingError(
		'SMTP_URL doit être l’adresse d’un serveur de courrier, par exemple smtp://compte:mot-de-passe@mail.exemple.fr:587 ; les signes spéciaux du mot de passe y sont écrits %XX.'
	);
	try {
		const url = new URL(value);
		const secure = url.protocol === 'smtps:';
		const isBare = /^\/?$/.test(url.pathname) && !url.search && !url.hash && url.hostname !== '';
		if (!isBare || !(secure || url.protocol === 'smtp:') || (url.username === '') !== (url.password === ''))
			throw wrong;
		return {
			host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
			port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
			secure,
			auth:
				url.username === ''
					? undefined
					: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
		};
	} catch {
		throw wrong;
	}
}

function readSender(value: string | undefined, isRequired: boolean): Sender {
	if (value === undefined || value === '') {
		if (isRequired)
			throw new SettingError(
				'MAIL_FROM doit être donné avec SMTP_URL : l’adresse dont partent les courriels, par exemple annuaire@exemple.fr.'
			);
		// RFC 2606: a name that nobody can have. These mails stay in a folder.
		return { name: undefined, address: 'annuaire@exemple.invalid' };
	}
	const [, name, bracketed] = /^\s*(?:"?([^"<>]*?)"?\s*)?<([^<>]+)>\s*$/.exec(value) ?? [];
	const address = bracketed ?? value;
	if (!isMailAddress(address) || !isOneLine(name ?? ''))
		throw new SettingError(
			`MAIL_FROM doit être une adresse, par exemple annuaire@exemple.fr ou « Annuaire <annuaire@exemple.fr> » : « ${value.replace(/\p{Cc}+/gu, ' ')} » reçu.`
		);
	return { name: name === '' ? undefined : name, address };
}
