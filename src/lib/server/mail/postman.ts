import type { App } from '../app.ts';
import { now } from '../clock.ts';
import { lockMail } from '../database/lock.ts';
import { openCarrier } from './carrier.ts';
import {
	findDueMail,
	forgetMail,
	onMailQueued,
	type Outcome,
	recordOutcome,
	type WaitingMail
} from './outbox.ts';

/** Sends what waits in the outbox, one mail at a time. */
export interface Postman {
	/** Tries each mail whose time has come. Resolved once there is none left; never rejected. */
	wake(): Promise<void>;
	/** Takes no other mail; leaves ten seconds to the one under way. */
	stop(): Promise<void>;
}

/** What a postman needs of the App. */
type Office = Pick<App, 'db' | 'settings'>;

/** Mails queued by other processes, and those whose next attempt is due, are found after this long at most. */
const everyMilliseconds = 1000;

/** How long the mail under way may take once the server is asked to stop, in milliseconds. */
const lastWords = 10_000;

const day = 86_400_000;

/** How long the trace of a mail is kept, in milliseconds: twelve months, as for questions. */
const keptFor = 365 * day;

/**
 * Starts sending the outbox: at each mail this process queues, and each second for the rest. Only whoever holds
 * the folder's mail lock sends: while a command holds it, this postman waits for its next turn.
 */
export function startPostman(app: Office): Postman {
	const interruption = new AbortController();
	const round = createRound(app, interruption.signal);
	let unlock: (() => void) | undefined;
	let isStopping = false;
	let isAsked = false;
	let underWay: Promise<void> | undefined;
	let lastFault: string | undefined;

	async function makeRounds() {
		while (isAsked && !isStopping) {
			isAsked = false;
			try {
				unlock ??= lockMail(app.settings.dataDir);
				if (unlock !== undefined) await round(() => isStopping);
				lastFault = undefined;
			} catch (error) {
				// The database can't be read or written: what waits stays there, and is tried again at the next turn.
				const fault = error instanceof Error ? error.message : String(error);
				if (fault !== lastFault) console.warn(`Courrier en attente : ${fault}`);
				lastFault = fault;
			}
		}
	}

	function wake(): Promise<void> {
		isAsked = true;
		underWay ??= makeRounds().finally(() => {
			underWay = undefined;
			// Asked for between the last round and now.
			return isAsked && !isStopping ? wake() : undefined;
		});
		return underWay;
	}

	const timers = [
		setInterval(() => void wake(), everyMilliseconds),
		setInterval(() => void forgetOldMail(app), day)
	];
	for (const timer of timers) timer.unref();
	const deafen = onMailQueued(() => void wake());
	void forgetOldMail(app);
	void wake();

	return {
		wake,
		async stop() {
			isStopping = true;
			for (const timer of timers) clearInterval(timer);
			deafen();
			const deadline = setTimeout(() => {
				interruption.abort();
			}, lastWords);
			await underWay;
			clearTimeout(deadline);
			unlock?.();
		}
	};
}

/**
 * Sends what is due, from a command: only when no server runs on the data folder, nor another command sends.
 * @returns false when one does: it sends what was queued, within a second
 */
export async function sendUnattended(app: Office): Promise<boolean> {
	const unlock = lockMail(app.settings.dataDir);
	if (unlock === undefined) return false;
	try {
		await createRound(app, new AbortController().signal)(() => false);
	} finally {
		unlock();
	}
	return true;
}

/** What sends each due mail and writes what came of it before the next one; it throws when that can't be written. */
function createRound({ db, settings }: Office, signal: AbortSignal) {
	// Kept from one round to the next: a mail accepted while the disk was full isn't sent again.
	let unwritten: { mail: WaitingMail; outcome: Outcome; at: number } | undefined;

	async function writeOutcome() {
		if (unwritten === undefined) return;
		const { mail, outcome, at } = unwritten;
		await recordOutcome(db, mail, outcome, at);
		unwritten = undefined;
		if (outcome.kind === 'refused') console.warn(`Courriel ${mail.id} refusé, abandonné : ${outcome.reason}`);
		if (outcome.kind === 'later') console.warn(`Courriel ${mail.id} remis à plus tard : ${outcome.reason}`);
	}

	return async (isStopping: () => boolean): Promise<void> => {
		await writeOutcome();
		let mail = await findDueMail(db, now());
		if (mail === undefined) return;
		const carrier = openCarrier(settings);
		try {
			for (; mail !== undefined && !isStopping(); mail = await findDueMail(db, now())) {
				const outcome = await carrier.carry(mail, signal);
				unwritten = { mail, outcome, at: now() };
				await writeOutcome();
			}
		} finally {
			carrier.close();
		}
	};
}

async function forgetOldMail({ db }: Office): Promise<void> {
	try {
		await forgetMail(db, now() - keptFor);
	} catch (error) {
		console.warn(`Anciens courriels gardés : ${error instanceof Error ? error.message : String(error)}`);
	}
}
