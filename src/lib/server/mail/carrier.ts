import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Sender, Settings, SmtpServer } from '../settings.ts';
import type { Outcome, WaitingMail } from './outbox.ts';

/** Takes mails where the settings say, one after the other, through one connection. */
export interface Carrier {
	/** Carries one mail, and says what came of it; never throws. `signal` interrupts it. */
	carry(mail: WaitingMail, signal: AbortSignal): Promise<Outcome>;
	close(): void;
}

/** Opens the way out: the mail server of SMTP_URL, else the folder `courriels` of DATA_DIR. */
export function openCarrier({ smtp, mailFrom, dataDir }: Settings): Carrier {
	return smtp === undefined
		? openFolder(path.join(dataDir, 'courriels'), mailFrom)
		: openServer(smtp, mailFrom);
}

/** How long the server may take for each step, in milliseconds. */
const patience = {
	dnsTimeout: 30_000,
	connectionTimeout: 30_000,
	greetingTimeout: 60_000,
	// RFC 5321, 4.5.3.2.6: after the last byte, a server may take ten minutes to accept. Leaving sooner would repeat the mail.
	socketTimeout: 600_000
};

function openServer({ host, port, secure, auth }: SmtpServer, from: Sender): Carrier {
	const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
	const transport = createTransport({
		pool: true,
		host,
		port,
		secure,
		...patience,
		...(auth === undefined ? {} : { auth }),
		// Nobody listens between a machine and itself, where certificates are seldom good ones.
		ignoreTLS: isHere && !secure,
		// A password never travels in clear.
		requireTLS: auth !== undefined && !isHere && !secure,
		maxConnections: 1,
		// Sent again by the outbox alone, which knows what was accepted.
		maxRequeues: 0
	});
	return {
		async carry(mail, signal) {
			try {
				await transport.sendMail({ ...envelope(mail, from), signal });
				return { kind: 'accepted' };
			} catch (error) {
				return outcomeOf(error);
			}
		},
		close() {
			transport.close();
		}
	};
}

/** A file a mail, named by when it was queued: written again after a crash, it is the same file. */
function openFolder(folder: string, from: Sender): Carrier {
	const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
	return {
		async carry(mail) {
			try {
				const { message } = await transport.sendMail(envelope(mail, from));
				if (!Buffer.isBuffer(message)) throw new TypeError('The message is not in one piece');
				mkdirSync(folder, { recursive: true });
				writeWhole(path.join(folder, fileName(mail)), message);
				return { kind: 'accepted' };
			} catch (error) {
				return outcomeOf(error);
			}
		},
		close() {
			transport.close();
		}
	};
}

function fileName({ created_at, message_id }: WaitingMail): string {
	return `${created_at.replace(/[:.]/g, '-')}-${message_id.replace(/^<|@.*$/g, '')}.eml`;
}

/** The file is there whole and on disk, or not at all. */
function writeWhole(file: string, content: Buffer): void {
	const part = `${file}.part`;
	const descriptor = openSync(part, 'w');
	try {
		writeFileSync(descriptor, content);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
	renameSync(part, file);
}

function envelope(mail: WaitingMail, from: Sender): SendMailOptions {
	return {
		envelope: { from: from.address, to: [mail.recipient] },
		from: { name: from.name ?? '', address: from.address },
		to: { name: '', address: mail.recipient },
		subject: mail.subject,
		messageId: mail.message_id,
		date: new Date(mail.created_at),
		text: mail.text,
		...(mail.html === null ? {} : { html: mail.html }),
		// RFC 3834: answering machines don't answer it.
		headers: { 'Auto-Submitted': 'auto-generated' },
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

/** What nodemailer adds to an error. */
interface SmtpFault {
	responseCode?: unknown;
	response?: unknown;
	command?: unknown;
}

/** « Authentication required » and its kin (RFC 4954) are said of a recipient, but are a matter of settings. */
const settingsFaults = [530, 534, 535, 538];

/** Reads what went wrong: with this mail (the server answered about it), or with the way to the server. */
function outcomeOf(error: unknown): Outcome {
	const { responseCode, response, command } = (error instanceof Error ? error : {}) as SmtpFault;
	const said =
		typeof response === 'string' ? response : error instanceof Error ? error.message : String(error);
	const reason =
		said
			.replace(/\p{Cc}+/gu, ' ')
			.trim()
			.slice(0, 500) || 'Raison inconnue';
	// 421 (RFC 5321, 3.8): the server closes, whatever the mail.
	const isAboutIt = typeof responseCode === 'number' && responseCode !== 421 && isItsOwn(command);
	if (!isAboutIt || settingsFaults.includes(responseCode))
		return { kind: 'later', reason, concerns: 'everything' };
	return responseCode >= 500 ? { kind: 'refused', reason } : { kind: 'later', reason, concerns: 'mail' };
}

/** Commands whose answer is about one mail. MAIL FROM isn't: the sender is the same for all. */
function isItsOwn(command: unknown): boolean {
	return command === 'RCPT TO' || command === 'DATA';
}
