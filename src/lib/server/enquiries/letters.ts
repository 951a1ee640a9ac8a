import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { reportReasons } from '#lib/domain/enquiries/enquiry.ts';
import { isMailAddress } from '#lib/domain/mail.ts';
import { pageLanguage } from '#lib/domain/page-language.ts';
import { now } from '../clock.ts';
import { findCommune } from '../communes.ts';
import { findContact } from '../contacts.ts';
import type { Db } from '../database/schema.ts';
import { listHouse } from '../freshness/people.ts';
import { composeMail, type Letter } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { findOrigin, getTerritory } from '../territory.ts';
import { type Enquiry, getEnquiry, pathToEnquiry } from './enquiries.ts';

/** Tells those who answer that a resident wrote: once an hour each, the desk has the others. */
export async function writeToAnswerers(db: Db, id: number): Promise<void> {
	const enquiry = await getEnquiry(db, id);
	const hour = new Date(now()).toISOString().slice(0, 13);
	for (const { courriel } of await listAnswerers(db, enquiry))
		await write(db, courriel, `courrier ${courriel} ${hour}`, {
			subject: subjects[enquiry.kind],
			paragraphs: [
				...told(enquiry),
				`La personne sait qu’elle aura une réponse au plus tard le ${day(enquiry.due)}.`
			],
			action: { label: 'Lire et répondre', path: pathToEnquiry(id) },
			reason:
				'Vous recevez ce courriel parce que vous répondez à ce que les habitants écrivent. Il en part un par heure au plus : votre page « Questions » a tout le reste.'
		});
}

/** Tells those who answer that an enquiry is late: once each. */
export async function writeThatItIsLate(db: Db, enquiry: Enquiry): Promise<void> {
	for (const { courriel } of await listAnswerers(db, enquiry))
		await write(db, courriel, `courrier en retard ${enquiry.id} ${courriel}`, {
			subject: 'Un habitant attend toujours votre réponse',
			paragraphs: [...told(enquiry), `Une réponse lui était promise pour le ${day(enquiry.due)}.`],
			action: { label: 'Lire et répondre', path: pathToEnquiry(enquiry.id) },
			reason: 'Vous recevez ce courriel parce que vous répondez à ce que les habitants écrivent.'
		});
}

/** Sends its answer to whoever wrote and left an address; nothing for those who left none. */
export async function writeToResident(db: Db, id: number): Promise<void> {
	const { kind, courriel, text, service, end, at, answers, commune } = await getEnquiry(db, id);
	if (courriel === null || end === null || !isMailAddress(courriel)) return;
	const where = (await findCommune(db, answers ?? commune ?? '')) ?? null;
	const contact = await findContact(db, null, where);
	const when = day(dateOf(Date.parse(at)));
	const isReport = kind === 'signalement';
	const outcome =
		end.outcome === 'corrige'
			? 'C’est corrigé. Merci : vous rendez service à tous ceux qui cherchent.'
			: 'Nous avons vérifié : rien n’est à changer.';
	await write(db, courriel, `reponse ${id} ${end.at}`, {
		subject: isReport ? `Votre signalement : ${oneLine(service?.nom ?? '')}` : 'La réponse à votre question',
		paragraphs: [
			isReport
				? `Vous avez signalé une erreur le ${when}, sur « ${service?.nom ?? ''} ».`
				: `Vous avez écrit le ${when} : « ${excerpt(text)} »`,
			...(isReport ? [outcome] : []),
			...(end.answer === null ? [] : end.answer.split(/\n{2,}/)),
			...(contact?.telephone ? [`Une autre question ? ${contact.nom} : ${contact.telephone}.`] : [])
		],
		reason:
			'Vous recevez ce courriel parce que vous avez laissé votre adresse sur le site. Elle ne sert qu’à vous répondre.'
	});
}

/** The accounts that answer an enquiry and can be written to: its house, and the agents for what is asked of the communauté de communes. */
async function listAnswerers(db: Db, { answers, kind }: Enquiry): Promise<{ courriel: string }[]> {
	const house = await listHouse(db, { commune: answers });
	if (answers !== null || kind !== 'question') return house;
	const agents = await db
		.selectFrom('account')
		.select('courriel')
		.where('disabled_at', 'is', null)
		.where('role', '=', 'agent')
		.orderBy('id')
		.execute();
	return [...house, ...agents.filter(({ courriel }) => isMailAddress(courriel))];
}

const subjects = {
	question: 'Un habitant pose une question',
	accessibilite: 'Un habitant a du mal à utiliser le site',
	signalement: 'Un habitant signale une erreur'
};

function told({ service, theme, reasons, text, langue }: Enquiry): string[] {
	const about = service?.nom ?? theme?.nom;
	const language = pageLanguage(langue);
	return [
		...(about === undefined ? [] : [`À propos de : ${about}`]),
		...reasons.map((reason) => `${reportReasons[reason]()}.`),
		...(text === '' ? [] : [`« ${excerpt(text)} »`]),
		...(language === undefined ? [] : [`Cette personne lisait le site ${language}.`])
	];
}

async function write(
	db: Db,
	to: string,
	key: string,
	{
		action,
		...letter
	}: Pick<Letter, 'subject' | 'paragraphs' | 'reason'> & { action?: { label: string; path: string } }
): Promise<void> {
	const origin = await findOrigin(db);
	const { nom_court } = await getTerritory(db);
	const mail = composeMail({
		...letter,
		greeting: 'Bonjour,',
		...(action && origin !== undefined && { action: { label: action.label, url: origin + action.path } }),
		territory: nom_court
	});
	await queueMail(db, { to, key, ...mail });
}

function day(date: string): string {
	return formatDate(date, 'jour');
}

/** Longest text that a mail tells whole, in signs. */
const longestExcerpt = 500;

function excerpt(text: string): string {
	return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt).toWellFormed()}…` : text;
}

function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
