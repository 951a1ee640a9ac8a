import { addDays, formatDate } from '#lib/domain/dates.ts';
import { isoDate } from '#lib/domain/service.ts';
import { planReminders, type Reminder, sendReminders } from '#lib/server/freshness/remind.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { sendUnattended } from '#lib/server/mail/postman.ts';
import { today } from '#lib/server/reading.ts';
import { findOrigin } from '#lib/server/territory.ts';
import { is } from 'valibot';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';

export const relancer: Command = {
	usage: 'relancer [--date AAAA-MM-JJ] [--essai]',
	summary:
		'demande par courriel, à qui répond des fiches à vérifier, si elles sont exactes ; --essai n’envoie rien',
	needs: 'app',
	async run(app, [extra], { date: day = today(), essai = false }) {
		if (extra !== undefined)
			throw new UsageError(`« relancer » ne prend que des options : « ${extra} » est de trop.`);
		if (!isDay(day))
			throw new UsageError(`« --date » prend un jour, comme 2026-12-15 : « ${day} » n’en est pas un.`);
		const { db } = app;
		const origin = await findOrigin(db);
		if (origin === undefined)
			throw new DatabaseError('L’adresse du site n’est pas connue : démarrez-le une fois (npm start).');
		const reminders = essai ? await planReminders(db, day) : await sendReminders(db, origin, day);
		if (!essai) await sendUnattended(app);
		return {
			lines: [
				reminders.length === 0
					? `Personne à relancer le ${formatDate(day, 'annee')}.`
					: `${essai ? 'À relancer' : 'Relancés'} le ${formatDate(day, 'annee')} :`,
				...reminders.map(reminderLine)
			],
			data: { date: day, essai, courriels: reminders.map(reminderData) }
		};
	}
};

/** Whether it is a day of the calendar: no 30 February. */
function isDay(text: string): boolean {
	return is(isoDate, text) && addDays(text, 0) === text;
}

function reminderLine({ courriel, nom, entries }: Reminder): string {
	const names = entries.map(({ review, rank }) => `${review.nom}${rank === 2 ? ' (seconde personne)' : ''}`);
	return `  ${courriel} (${nom}) : ${names.join(' ; ')}`;
}

function reminderData({ courriel, nom, entries }: Reminder) {
	return {
		destinataire: courriel,
		nom,
		fiches: entries.map(({ review, rank }) => ({
			slug: review.slug,
			nom: review.nom,
			a_revoir_le: review.next,
			verifie_le: review.verification?.on ?? null,
			rang: rank,
			silences: review.progress.silences
		}))
	};
}
