import { addDays, dateOf, instantOf, localOf, timeOf, weekdayOf } from '#lib/domain/dates.ts';
import { publicHolidayOn } from '#lib/domain/hours/calendar.ts';
import type { App } from '../app.ts';
import { forgetOldCensuses } from '../census/census.ts';
import { now } from '../clock.ts';
import { purgeEnquiries, remindOfLate } from '../enquiries/upkeep.ts';
import { getTerritory } from '../territory.ts';
import { forgetReviewLinks } from './links.ts';
import { sendReminders } from './remind.ts';

/** When people are written to, on the clock of Paris: at work, early enough to answer the same day. */
const hours = { from: '09:30', to: '17:00' } as const;

/** How often to look, and how long to wait after a day that failed, in milliseconds. */
const every = 60_000;
const patience = 60 * 60 * 1000;

/** Whether people may be written to at `instant`: in the hours of a working day in this département. */
export function isWritingTime(instant: number, departement: string): boolean {
	const [day, time] = [dateOf(instant), timeOf(localOf(instant))];
	const isWorkingDay = weekdayOf(day) <= 5 && publicHolidayOn(day, { departement, region: '' }) === undefined;
	return isWorkingDay && time >= hours.from && time < hours.to;
}

/** Milliseconds until the next look: a minute, or less to be there when the hour strikes. */
function untilNext(present: number): number {
	const today = instantOf(`${dateOf(present)}T${hours.from}`);
	const next = today > present ? today : instantOf(`${addDays(dateOf(present), 1)}T${hours.from}`);
	return Math.max(1, Math.min(every, next - present));
}

/** Looks each minute whether people must be asked about their entries, and asks them once a day; what nobody will use any more is then forgotten. */
export interface DailyReminders {
	/** Asks whoever must be today, if it is the time, and says so in the log. Never throws. */
	check(): Promise<void>;
	/** Looks no more, and waits for what is under way. */
	stop(): Promise<void>;
}

/**
 * Starts asking, each working day. That nobody is written to twice depends on the database alone: a server started
 * again, or a clock that went back, finds what was asked.
 */
export function startDailyReminders({ db, settings }: Pick<App, 'db' | 'settings'>): DailyReminders {
	let doneOn: string | undefined;
	let failedAt: number | undefined;
	let underWay: Promise<void> | undefined;
	let stopped = false;
	let timer = setTimeout(tick, untilNext(now()));
	timer.unref();

	function tick() {
		void check().finally(() => {
			if (stopped) return;
			timer = setTimeout(tick, untilNext(now()));
			timer.unref();
		});
	}

	function check(): Promise<void> {
		underWay ??= checkNow().finally(() => (underWay = undefined));
		return underWay;
	}

	async function checkNow() {
		const present = now();
		const day = dateOf(present);
		if (doneOn === day) return;
		if (failedAt !== undefined && Math.abs(present - failedAt) < patience) return;
		try {
			const { departement } = await getTerritory(db);
			if (!isWritingTime(present, departement)) return;
			const sent = await sendReminders(db, settings.origin, day);
			await forgetReviewLinks(db);
			await remindOfLate(db);
			await purgeEnquiries(db, settings.conservation);
			await forgetOldCensuses(db);
			doneOn = day;
			failedAt = undefined;
			if (sent.length > 0) console.log(`Fiches à vérifier : ${sent.length} courriel(s) pour le ${day}.`);
		} catch (error) {
			// Tried again each hour, said once.
			if (failedAt === undefined)
				console.warn(
					`Les demandes de vérification n’ont pas pu être faites, le site continue ; nouvel essai chaque heure. ${error instanceof Error ? error.message : String(error)}`
				);
			failedAt = present;
		}
	}

	return {
		check,
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await underWay;
		}
	};
}
