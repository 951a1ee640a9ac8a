import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader would see it. */
export interface ReceivedMail {
	/** Of the envelope. */
	from: string;
	to: string[];
	/** By name in small letters, unfolded and decoded. */
	headers: Map<string, string>;
	/** Words by kind of content, `text/plain` and `text/html`. */
	parts: Map<string, string>;
	raw: string;
}

/** A real mail server of this machine, that a test can make difficult. */
export interface MailServer {
	port: number;
	/** What it accepted, in order. */
	accepted: ReceivedMail[];
	/** How many recipients it was asked about. */
	asked(): number;
	/** Cuts every line, as a failing network would. */
	cut(): void;
	close(): Promise<void>;
}

/** What the server answers when it doesn't take a mail: « 451 4.7.1 Réessayez plus tard ». */
export class Refusal extends Error {
	readonly responseCode: number;
	constructor(responseCode: number, message: string) {
		super(message);
		this.responseCode = responseCode;
	}
}

interface Manners {
	port?: number;
	/** Refuses a recipient by giving a `Refusal`. */
	onRecipient?: (address: string) => Refusal | undefined;
	/** Before a mail is accepted: waits, or refuses. What it does runs with the mail whole and its sender waiting. */
	onMail?: (mail: ReceivedMail) => Promise<Refusal | undefined>;
	/** The mail is accepted, and its sender about to be told. */
	onAccepted?: (mail: ReceivedMail) => void;
}

export async function startMailServer({
	port = 0,
	onRecipient,
	onMail,
	onAccepted
}: Manners = {}): Promise<MailServer> {
	const accepted: ReceivedMail[] = [];
	let asked = 0;
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		closeTimeout: 1,
		onRcptTo({ address }, _session, callback) {
			asked += 1;
			callback(onRecipient?.(address));
		},
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				const mail = {
					from: mailFrom === false ? '' : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					...readMail(Buffer.concat(chunks).toString('latin1'))
				};
				void Promise.resolve(onMail?.(mail)).then((refusal) => {
					if (refusal) {
						callback(refusal);
						return;
					}
					accepted.push(mail);
					callback(null);
					onAccepted?.(mail);
				});
			});
		}
	});
	const lines = new Set<Socket>();
	server.server.on('connection', (line: Socket) => {
		lines.add(line);
		line.once('close', () => lines.delete(line));
	});
	// A client that is killed is what these tests are about.
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => {
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		accepted,
		asked: () => asked,
		cut() {
			for (const line of lines) line.destroy();
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
			})
	};
}

/** Reads a message byte for byte (latin1): its headers, and the words of each of its parts. */
export function readMail(raw: string): Pick<ReceivedMail, 'headers' | 'parts' | 'raw'> {
	const { headers, body } = split(raw);
	const parts = new Map<string, string>();
	const collect = (headers: Map<string, string>, body: string) => {
		const [kind = ''] = (headers.get('content-type') ?? 'text/plain').split(';');
		const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
		if (boundary === undefined) parts.set(kind, decode(body, headers.get('content-transfer-encoding')));
		else
			for (const part of body.split(`--${boundary}`).slice(1, -1)) {
				const inner = split(part.replace(/^\r\n/, '').replace(/\r\n$/, ''));
				collect(inner.headers, inner.body);
			}
	};
	collect(headers, body);
	return { headers, parts, raw };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
	const end = raw.indexOf('\r\n\r\n');
	const lines = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
	});
	return { headers: new Map(headers), body: raw.slice(end + 4) };
}

/** Encoded words (RFC 2047); the space between two of them isn't part of the text. */
function decodeWords(value: string): string {
	const words = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
	// Neighbours may share a character: their bytes are joined before they are read.
	return words.replace(/(?:=\?utf-8\?[qb]\?[^?]*\?=)+/gi, (run) => {
		const bytes = [...run.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, kind = '', text = '']) =>
			kind.toLowerCase() === 'b'
				? Buffer.from(text, 'base64').toString('latin1')
				: unquote(text.replaceAll('_', ' '))
		);
		return Buffer.from(bytes.join(''), 'latin1').toString('utf8');
	});
}

function decode(body: string, encoding = '7bit'): string {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
	const bytes = encoding === 'quoted-printable' ? unquote(body.replace(/=\r\n/g, '')) : body;
	return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

function unquote(text: string): string {
	return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
