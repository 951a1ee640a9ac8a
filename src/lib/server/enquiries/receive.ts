import { dateOf } from '#lib/domain/dates.ts';
import { doubtOf } from '#lib/domain/enquiries/doubt.ts';
import { answerBy, type ReportReason } from '#lib/domain/enquiries/enquiry.ts';
import { readerLanguage } from '#lib/domain/language.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { speaking } from '../speaking.ts';
import { getTerritory } from '../territory.ts';
import { answererOf, type Subject } from './answerer.ts';
import { writeToAnswerers } from './letters.ts';

/** What a resident wrote, checked. */
export interface Written {
	text: string;
	courriel: string | null;
	telephone: string | null;
	reasons: readonly ReportReason[];
}

/** How it came: what may tell that no person wrote it. */
export interface Way {
	/** What stands in the field that nobody sees. */
	trap: string;
	/** When the page with the form was opened (epoch milliseconds); undefined when it doesn't say. */
	openedAt: number | undefined;
	/** How many forms came from the same place in the hour before. */
	fromSamePlace: number;
}

/** How long the same text again is doubtful. */
const repeatedWithin = 7 * 86_400_000;
/** A page left open longer says nothing of whoever wrote. */
const longestOpened = 2 * 86_400_000;

/**
 * Keeps what a resident wrote, and tells by mail those who answer it; what may not be a person's waits to be sorted,
 * and nobody is written to. Gives its number.
 */
export async function receive(db: Db, subject: Subject, written: Written, way: Way): Promise<number> {
	const present = now();
	const day = dateOf(present);
	const answerer = await answererOf(db, subject);
	return inTransaction(db, async (db) => {
		const text = written.text;
		const same = db
			.selectFrom('enquiry')
			.select('id')
			.where('text', '=', text)
			.where('text', '<>', '')
			.where('received_at', '>', new Date(present - repeatedWithin).toISOString())
			.executeTakeFirst();
		const opened = way.openedAt === undefined ? undefined : present - way.openedAt;
		const doubt = doubtOf({
			text: [text, written.courriel ?? ''].join(' ').trim() || written.reasons.join(' '),
			trap: way.trap,
			seconds: opened !== undefined && opened >= 0 && opened < longestOpened ? opened / 1000 : undefined,
			isRepeated: (await same) !== undefined,
			fromSamePlace: way.fromSamePlace
		});
		const { id } = await db
			.insertInto('enquiry')
			.values({
				kind: subject.kind,
				commune: subject.commune?.slug ?? null,
				theme: subject.theme,
				service_id: subject.service?.id ?? null,
				langue: readerLanguage().code,
				reasons: JSON.stringify(written.reasons),
				text,
				courriel: written.courriel,
				telephone: written.telephone,
				received_at: new Date(present).toISOString(),
				due_on: answerBy(subject.kind, day, await getTerritory(db).then(placeOf)),
				answers: answerer.commune,
				doubt
			})
			.returning('id')
			.executeTakeFirstOrThrow();
		// Whoever answers reads French, whatever the language of the page that it was written from.
		if (doubt === null) await speaking(baseLocale, () => writeToAnswerers(db, id));
		return id;
	});
}

function placeOf({ departement, region }: { departement: string; region: string }) {
	return { departement, region };
}
