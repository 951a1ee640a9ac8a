import type { Rank } from '#lib/domain/freshness/review.ts';
import type { Db } from '../database/schema.ts';
import { insertAnnouncement } from '../editing/announcements.ts';

/** What led to an entry, and what another took from it, so that it can be put back. */
export interface Moved {
	/** Entries that named it as the one to call meanwhile. */
	standIns: number[];
	/** Themes whose contact it was; communes whose mairie it was; whether it was the territory's contact. */
	themes: string[];
	communes: string[];
	isTerritoryContact: boolean;
	/** Archived entries that it succeeded. */
	predecessors: number[];
	/** Events that it was the place of, and what residents wrote of it. Absent of the merges made before there were any. */
	events?: number[];
	enquiries?: number[];
	/** A commune and a field, for each of its variants that the other lacked. */
	variants: { commune: string; field: string }[];
	/** The rows that were copied to the other. */
	closures: number[];
	messages: number[];
	permanences: number[];
	verifications: number[];
	/** The ranks of those who answered for it, and now for the other. */
	maintainers: Rank[];
}

/**
 * Everything that led to the entry `from` leads to `to`, which also takes its variants, closures, messages, permanences,
 * verifications and maintainers that it lacks.
 */
export async function moveAround(db: Db, from: number, to: number): Promise<Moved> {
	const standIns = await db
		.updateTable('service')
		.set((eb) => ({ en_attendant_id: eb.case().when('id', '=', to).then(null).else(to).end() }))
		.where('en_attendant_id', '=', from)
		.returning('id')
		.execute();
	const themes = await db
		.updateTable('theme')
		.set({ contact_id: to })
		.where('contact_id', '=', from)
		.returning('slug')
		.execute();
	const communes = await db
		.updateTable('commune')
		.set({ mairie_id: to })
		.where('mairie_id', '=', from)
		.returning('slug')
		.execute();
	const territory = await db
		.updateTable('territory')
		.set({ contact_id: to })
		.where('contact_id', '=', from)
		.returning('id')
		.execute();
	const predecessors = await db
		.updateTable('archive')
		.set({ successor_id: to })
		.where('successor_id', '=', from)
		.where('service_id', '!=', to)
		.returning('service_id')
		.execute();
	const events = await db
		.updateTable('event')
		.set({ service_id: to })
		.where('service_id', '=', from)
		.returning('id')
		.execute();
	const enquiries = await db
		.updateTable('enquiry')
		.set({ service_id: to })
		.where('service_id', '=', from)
		.returning('id')
		.execute();
	return {
		standIns: standIns.map(({ id }) => id),
		themes: themes.map(({ slug }) => slug),
		communes: communes.map(({ slug }) => slug),
		isTerritoryContact: territory.length > 0,
		predecessors: predecessors.map(({ service_id }) => service_id),
		events: events.map(({ id }) => id),
		enquiries: enquiries.map(({ id }) => id),
		variants: await copyVariants(db, from, to),
		...(await copyAnnouncements(db, from, to)),
		permanences: await copyPermanences(db, from, to),
		verifications: await copyVerifications(db, from, to),
		maintainers: await copyMaintainers(db, from, to)
	};
}

async function copyVariants(db: Db, from: number, to: number): Promise<Moved['variants']> {
	const target = await db
		.selectFrom('service')
		.select('commune')
		.where('id', '=', to)
		.executeTakeFirstOrThrow();
	// A commune's own entry has no variant: it says its own words.
	if (target.commune !== null) return [];
	const rows = await db.selectFrom('service_variant').selectAll().where('service_id', '=', from).execute();
	const taken: Moved['variants'] = [];
	for (const row of rows) {
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('service_variant')
			.values({ ...row, service_id: to })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows) taken.push({ commune: row.commune, field: row.field });
	}
	return taken;
}

/** Copies the closures and messages that `to` lacks, under numbers of their own. */
async function copyAnnouncements(
	db: Db,
	from: number,
	to: number
): Promise<Pick<Moved, 'closures' | 'messages'>> {
	const lacking = <Row extends { service_id: number; debut: string; fin: string }>(rows: Row[]) =>
		rows.filter(
			(row) =>
				row.service_id === from &&
				!rows.some(
					({ service_id, debut, fin }) => service_id === to && debut === row.debut && fin === row.fin
				)
		);
	const moved: Pick<Moved, 'closures' | 'messages'> = { closures: [], messages: [] };
	const closures = await db.selectFrom('closure').selectAll().where('service_id', 'in', [from, to]).execute();
	for (const { debut, fin, motif } of lacking(closures))
		moved.closures.push(
			await insertAnnouncement(db, { id: to, variantOf: null }, 'fermeture', { debut, fin, texte: motif })
		);
	const messages = await db.selectFrom('message').selectAll().where('service_id', 'in', [from, to]).execute();
	for (const { commune, debut, fin, texte } of lacking(messages))
		moved.messages.push(
			await insertAnnouncement(db, { id: to, variantOf: commune }, 'message', { debut, fin, texte })
		);
	return moved;
}

async function copyPermanences(db: Db, from: number, to: number): Promise<number[]> {
	const rows = await db
		.selectFrom('permanence')
		.selectAll()
		.where('service_id', '=', from)
		.where('ended_at', 'is', null)
		.execute();
	const ids: number[] = [];
	for (const { commune, lieu, adresse, horaires_accueil, precisions, added_at, added_by } of rows) {
		const { id } = await db
			.insertInto('permanence')
			.values({ service_id: to, commune, lieu, adresse, horaires_accueil, precisions, added_at, added_by })
			.returning('id')
			.executeTakeFirstOrThrow();
		ids.push(id);
	}
	return ids;
}

/** Whoever answered for the one that goes answers for the one that stays, where nobody was chosen. */
async function copyMaintainers(db: Db, from: number, to: number): Promise<Rank[]> {
	const rows = await db.selectFrom('maintainer').selectAll().where('service_id', '=', from).execute();
	const ranks: Rank[] = [];
	for (const row of rows) {
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('maintainer')
			.values({ ...row, service_id: to })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows) ranks.push(row.rank);
	}
	return ranks;
}

async function copyVerifications(db: Db, from: number, to: number): Promise<number[]> {
	const rows = await db.selectFrom('verification').selectAll().where('service_id', '=', from).execute();
	const ids: number[] = [];
	for (const { verifie_le, verifie_par } of rows) {
		const { id } = await db
			.insertInto('verification')
			.values({ service_id: to, verifie_le, verifie_par })
			.returning('id')
			.executeTakeFirstOrThrow();
		ids.push(id);
	}
	return ids;
}

/** Undoes `moveAround`: what still leads to `to` because of it leads to `from` again. */
export async function putBack(db: Db, moved: Moved, from: number, to: number): Promise<void> {
	for (const id of moved.standIns)
		await db
			.updateTable('service')
			.set({ en_attendant_id: from })
			.where('id', '=', id)
			.where((eb) => eb.or([eb('en_attendant_id', '=', to), eb('id', '=', to)]))
			.execute();
	for (const slug of moved.themes)
		await db
			.updateTable('theme')
			.set({ contact_id: from })
			.where('slug', '=', slug)
			.where('contact_id', '=', to)
			.execute();
	for (const slug of moved.communes)
		await db
			.updateTable('commune')
			.set({ mairie_id: from })
			.where('slug', '=', slug)
			.where('mairie_id', '=', to)
			.execute();
	if (moved.isTerritoryContact)
		await db.updateTable('territory').set({ contact_id: from }).where('contact_id', '=', to).execute();
	for (const id of moved.predecessors)
		await db
			.updateTable('archive')
			.set({ successor_id: from })
			.where('service_id', '=', id)
			.where('successor_id', '=', to)
			.execute();
	for (const id of moved.events ?? [])
		await db
			.updateTable('event')
			.set({ service_id: from })
			.where('id', '=', id)
			.where('service_id', '=', to)
			.execute();
	for (const id of moved.enquiries ?? [])
		await db
			.updateTable('enquiry')
			.set({ service_id: from })
			.where('id', '=', id)
			.where('service_id', '=', to)
			.execute();
	for (const { commune, field } of moved.variants)
		await db
			.deleteFrom('service_variant')
			.where('service_id', '=', to)
			.where('commune', '=', commune)
			.where('field', '=', field)
			.execute();
	for (const id of moved.messages) await db.deleteFrom('message').where('id', '=', id).execute();
	for (const id of moved.permanences) await db.deleteFrom('permanence').where('id', '=', id).execute();
	for (const rank of moved.maintainers)
		await db.deleteFrom('maintainer').where('service_id', '=', to).where('rank', '=', rank).execute();
	for (const id of moved.closures) await db.deleteFrom('closure').where('id', '=', id).execute();
	for (const id of moved.verifications) await db.deleteFrom('verification').where('id', '=', id).execute();
}
