import type { Account } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { findEditable } from '../editing/editable.ts';
import { record } from '../journal.ts';
import { composeMail } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { getTerritory } from '../territory.ts';
import type { OpenedEntry } from './links.ts';
import { setMaintainer } from './maintainers.ts';
import { listHouse } from './people.ts';
import { whoOf } from './verify.ts';

/** What someone who leaves says of who comes after. */
export interface Farewell {
	successorName: string | null;
	successorMail: string | null;
	note: string | null;
}

/**
 * Someone says that these entries are no longer their business: they are not asked about them any more, their links
 * close, and the house that answers for the entries is told, with whom to ask instead. It decides; nobody else is
 * written to until it has.
 */
export async function leave(
	db: Db,
	origin: string,
	opened: readonly OpenedEntry[],
	farewell: Farewell
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { nom_court: territory } = await getTerritory(db);
		const houses = new Map<string, string[]>();
		for (const { review, person } of opened) {
			await db
				.insertInto('departure')
				.values({
					service_id: review.id,
					courriel: person.courriel,
					nom: person.nom,
					said_at: new Date(now()).toISOString(),
					successor_nom: farewell.successorName,
					successor_courriel: farewell.successorMail,
					note: farewell.note
				})
				.onConflict((conflict) => conflict.doNothing())
				.execute();
			await record(db, whoOf(person), 'depart-signale', review.slug);
			for (const { courriel } of await listHouse(db, review))
				if (courriel !== person.courriel) houses.set(courriel, [...(houses.get(courriel) ?? []), review.nom]);
		}
		const who = opened[0]?.person;
		if (!who) return;
		for (const [to, names] of houses)
			await queueMail(db, {
				to,
				...composeMail({
					subject:
						`${who.nom} ne s’occupe plus de ${names.length > 1 ? `${names.length} fiches` : 'sa fiche'}`.slice(
							0,
							200
						),
					greeting: 'Bonjour,',
					paragraphs: [
						`${whoOf(who)} nous dit ne plus s’en occuper. ${successorSentence(farewell)}`,
						...(farewell.note === null ? [] : [`Son mot : « ${farewell.note} »`]),
						'Les fiches restent en ligne. Choisissez qui interroger à l’avenir.'
					],
					items: names.map((text) => ({ text })),
					action: { label: 'Choisir la suite', url: `${origin}/mairie/suivi#departs` },
					territory,
					reason: 'Vous recevez ce courriel parce que votre compte répond de ces fiches.'
				})
			});
	});
}

function successorSentence({ successorName, successorMail }: Farewell): string {
	const who = [successorName, successorMail].filter((one) => one !== null).join(', ');
	return who === '' ? 'Nous ne savons pas qui interroger à sa place.' : `À interroger à sa place : ${who}.`;
}

/** Someone who left, and the entries that wait for a choice. */
export interface Departure extends Farewell {
	courriel: string;
	nom: string;
	/** ISO 8601. */
	saidAt: string;
	entries: { id: number; slug: string; nom: string; isChosen: boolean }[];
}

/** Who left entries that this account may change, the last first. */
export async function listDepartures(db: Db, account: Account): Promise<Departure[]> {
	const rows = await db
		.selectFrom('departure')
		.innerJoin('service', 'service.id', 'departure.service_id')
		.leftJoin('maintainer', (join) =>
			join
				.onRef('maintainer.service_id', '=', 'departure.service_id')
				.onRef('maintainer.courriel', '=', 'departure.courriel')
		)
		.selectAll('departure')
		.select(['service.slug', 'service.nom as entry', 'maintainer.rank'])
		.orderBy('said_at', 'desc')
		.execute();
	const mine: typeof rows = [];
	for (const row of rows) {
		const editable = await findEditable(db, account, row.slug);
		if (
			editable?.variantOf === null &&
			!mine.some(({ slug, courriel }) => slug === row.slug && courriel === row.courriel)
		)
			mine.push(row);
	}
	return [...Map.groupBy(mine, ({ courriel }) => courriel)].map(([courriel, [first, ...others]]) => ({
		courriel,
		nom: first?.nom ?? courriel,
		saidAt: first?.said_at ?? '',
		successorName: first?.successor_nom ?? null,
		successorMail: first?.successor_courriel ?? null,
		note: first?.note ?? null,
		entries: [first, ...others].flatMap((row) =>
			row === undefined
				? []
				: { id: row.service_id, slug: row.slug, nom: row.entry, isChosen: row.rank !== null }
		)
	}));
}

/** Puts someone else in the place of whoever left, for the entries that this account may change. */
export async function replaceLeaver(
	db: Db,
	{ courriel, entries }: Departure,
	successor: { courriel: string; nom: string },
	by: Account
): Promise<void> {
	await inTransaction(db, async (db) => {
		for (const { id, slug } of entries) {
			const ranks = await db
				.selectFrom('maintainer')
				.select('rank')
				.where('service_id', '=', id)
				.where('courriel', '=', courriel)
				.execute();
			for (const rank of ranks.length === 0 ? ([1] as const) : ranks.map((row) => row.rank))
				await setMaintainer(db, { id, slug }, rank, { ...successor, publishes: false }, by);
		}
		await forget(db, courriel, entries);
	});
}

/** They had not left after all: they are asked as before. */
export async function keepLeaver(db: Db, { courriel, entries }: Departure, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		await forget(db, courriel, entries);
		for (const { slug } of entries) await record(db, by, 'suivi-change', slug);
	});
}

async function forget(db: Db, courriel: string, entries: Departure['entries']): Promise<void> {
	await db
		.deleteFrom('departure')
		.where('courriel', '=', courriel)
		.where(
			'service_id',
			'in',
			entries.map(({ id }) => id)
		)
		.execute();
}
