import type { Account } from '#lib/domain/accounts.ts';
import type { EnquiryKind, Outcome, ReportReason } from '#lib/domain/enquiries/enquiry.ts';
import type { Db } from '../database/schema.ts';
import { today } from '../reading.ts';

/** What a resident wrote, and what came of it. */
export interface Enquiry {
	id: number;
	kind: EnquiryKind;
	/** Where the person was reading; null in the common base. */
	commune: string | null;
	theme: { slug: string; nom: string } | null;
	service: { id: number; slug: string; nom: string; commune: string | null } | null;
	/** The language of the page that it was written from: a code of `languages`. */
	langue: string;
	reasons: ReportReason[];
	text: string;
	courriel: string | null;
	telephone: string | null;
	/** ISO 8601. */
	at: string;
	/** The last day to answer. */
	due: string;
	isLate: boolean;
	/** The commune whose mairie answers; null for the communauté de communes. */
	answers: string | null;
	/** Why it may not be a person's; null when nothing says so. */
	doubt: string | null;
	/** null while it waits. */
	end: { outcome: Outcome; at: string; by: string; answer: string | null } | null;
}

/** Where an enquiry waits: to be answered, to be sorted, or over. */
export type Box = 'a-repondre' | 'a-trier' | 'fini';

/** Those of a box that this account may read: those that wait the latest first, those that are over the newest first. */
export async function listEnquiries(db: Db, account: Account, box: Box, limit: number): Promise<Enquiry[]> {
	const rows = await inBox(readable(db, account), box)
		.orderBy(box === 'fini' ? 'ended_at' : 'due_on', box === 'fini' ? 'desc' : 'asc')
		.orderBy('enquiry.id')
		.limit(limit)
		.execute();
	return rows.map(enquiryOf);
}

/** How many there are in a box for this account. */
export async function countEnquiries(db: Db, account: Account, box: Box): Promise<number> {
	const { count } = await db
		.selectFrom(inBox(readable(db, account), box).as('waiting'))
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return count;
}

/** The errors reported on an entry that wait for this account, the latest first. */
export async function listReportsOn(db: Db, account: Account, serviceId: number): Promise<Enquiry[]> {
	const rows = await inBox(readable(db, account), 'a-repondre')
		.where('kind', '=', 'signalement')
		.where('service_id', '=', serviceId)
		.orderBy('enquiry.id', 'desc')
		.execute();
	return rows.map(enquiryOf);
}

/** The enquiry of this number; undefined when it isn't there, and for an account that doesn't answer it. */
export async function findEnquiry(db: Db, account: Account, id: number): Promise<Enquiry | undefined> {
	const row = await readable(db, account).where('enquiry.id', '=', id).executeTakeFirst();
	return row && enquiryOf(row);
}

/** The enquiry of this number, for the server itself. */
export async function getEnquiry(db: Db, id: number): Promise<Enquiry> {
	return enquiryOf(await enquiries(db).where('enquiry.id', '=', id).executeTakeFirstOrThrow());
}

/** Those that wait past their day, whoever answers. */
export async function listLate(db: Db): Promise<Enquiry[]> {
	const rows = await inBox(enquiries(db), 'a-repondre')
		.where('due_on', '<', today())
		.orderBy('enquiry.id')
		.execute();
	return rows.map(enquiryOf);
}

/** The page where an enquiry is read and answered. */
export function pathToEnquiry(id: number): string {
	return `/mairie/questions/${id}`;
}

/**
 * What an account answers: the administration, all of it; a mairie, what is hers; an agent, the questions asked of the
 * communauté de communes.
 */
function readable(db: Db, { role, communes }: Account) {
	const all = enquiries(db);
	if (role === 'administration') return all;
	if (role === 'mairie') return all.where('answers', 'in', communes);
	if (role === 'agent') return all.where('answers', 'is', null).where('kind', '=', 'question');
	return all.where('enquiry.id', '=', -1);
}

function enquiries(db: Db) {
	return db
		.selectFrom('enquiry')
		.leftJoin('theme', 'theme.slug', 'enquiry.theme')
		.leftJoin('service', 'service.id', 'enquiry.service_id')
		.selectAll('enquiry')
		.select(['theme.nom as theme_nom', 'service.slug', 'service.nom', 'service.commune as entry_commune']);
}

type Query = ReturnType<typeof enquiries>;

function inBox(query: Query, box: Box): Query {
	if (box === 'fini') return query.where('outcome', 'is not', null);
	return query.where('outcome', 'is', null).where('doubt', box === 'a-trier' ? 'is not' : 'is', null);
}

type Row = Awaited<ReturnType<Query['executeTakeFirstOrThrow']>>;

function enquiryOf(row: Row): Enquiry {
	return {
		id: row.id,
		kind: row.kind,
		commune: row.commune,
		theme: row.theme === null ? null : { slug: row.theme, nom: row.theme_nom ?? row.theme },
		service:
			row.service_id === null
				? null
				: { id: row.service_id, slug: row.slug ?? '', nom: row.nom ?? '', commune: row.entry_commune },
		langue: row.langue,
		reasons: JSON.parse(row.reasons) as ReportReason[],
		text: row.text,
		courriel: row.courriel,
		telephone: row.telephone,
		at: row.received_at,
		due: row.due_on,
		isLate: row.outcome === null && row.due_on < today(),
		answers: row.answers,
		doubt: row.doubt,
		end:
			row.outcome === null
				? null
				: { outcome: row.outcome, at: row.ended_at ?? '', by: row.ended_by ?? '', answer: row.answer }
	};
}
