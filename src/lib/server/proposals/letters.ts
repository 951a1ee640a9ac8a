import { formatDate, dateOf } from '#lib/domain/dates.ts';
import { answeredFields, type AnsweredField, proposedFields } from '#lib/domain/editing/proposal.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { isMailAddress } from '#lib/domain/mail.ts';
import type { Db } from '../database/schema.ts';
import { findEditableById } from '../editing/editable.ts';
import { listHouse } from '../freshness/people.ts';
import { composeMail, type Letter } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { findOrigin, getTerritory } from '../territory.ts';
import { getProposal, ownerOf, pathToProposal, type Proposal } from './proposals.ts';

/** Tells those who decide that a proposal came: the mairie's accounts when it is hers, else the communauté de communes. */
export async function writeToOwners(db: Db, id: number): Promise<void> {
	const proposal = await getProposal(db, id);
	const { entry, who, word } = proposal;
	const present = await findEditableById(db, entry.id, proposal.variantOf);
	const changes = proposedFields(proposal, present?.facts ?? proposal.before);
	for (const { courriel } of await listHouse(db, { commune: ownerOf(proposal) }))
		await write(db, courriel, {
			subject: `Un changement proposé pour « ${oneLine(entry.nom)} »`,
			paragraphs: [
				`${who} propose de changer cette fiche.`,
				...(word === null ? [] : [`Pourquoi : « ${word} »`]),
				'Rien n’est changé pour l’instant. Vous pouvez accepter, corriger ou refuser.'
			],
			items: changes.map(({ label, maintenant, propose }) => ({
				text: `${label} : ${excerpt(propose) || 'rien'} (aujourd’hui : ${excerpt(maintenant) || 'rien'})`
			})),
			action: { label: 'Lire la proposition', path: pathToProposal(id) },
			reason: 'Vous recevez ce courriel parce que vous tenez cette fiche à jour.'
		});
}

/** Tells whoever proposed what came of it: what people read now, field by field, and the word that goes with it. */
export async function writeToProposer(db: Db, id: number): Promise<void> {
	const proposal = await getProposal(db, id);
	const { entry, end } = proposal;
	const to = await mailOfProposer(db, proposal);
	if (to === undefined || end === null) return;
	const isAccepted = end.outcome === 'acceptee';
	const nom = `« ${oneLine(entry.nom)} »`;
	const day = formatDate(dateOf(Date.parse(proposal.at)), 'court');
	await write(db, to, {
		subject: isAccepted
			? `Votre proposition est publiée : ${nom}`
			: `Votre proposition n’est pas retenue : ${nom}`,
		paragraphs: [
			isAccepted
				? `Merci. ${end.by} a accepté ce que vous proposiez le ${day}. Les habitants le lisent déjà.`
				: `${end.by} n’a pas retenu ce que vous proposiez le ${day}. La fiche reste comme elle est.`,
			...(end.answer === null ? [] : [`${end.by} vous écrit : « ${end.answer} »`])
		],
		items: isAccepted
			? answeredFields(proposal, end.published).map((field) => ({ text: sentenceOf(field) }))
			: proposedFields(proposal, proposal.before as Facts).map(({ label, propose }) => ({
					text: `${label} : ${excerpt(propose) || 'rien'}`
				})),
		...(proposal.accountId !== null && {
			action: { label: 'Voir ma proposition', path: pathToProposal(id) }
		}),
		reason: 'Vous recevez ce courriel parce que vous avez proposé un changement.'
	});
}

function sentenceOf({ label, publie, state }: AnsweredField): string {
	const now = excerpt(publie) || 'rien';
	if (state === 'taken') return `${label} : ${now}`;
	return state === 'amended' ? `${label}, corrigé : ${now}` : `${label}, laissé comme avant : ${now}`;
}

async function write(
	db: Db,
	to: string,
	{
		action,
		...letter
	}: Pick<Letter, 'subject' | 'paragraphs' | 'items' | 'reason'> & {
		action?: { label: string; path: string };
	}
): Promise<void> {
	const origin = await findOrigin(db);
	const { nom_court } = await getTerritory(db);
	const mail = composeMail({
		...letter,
		greeting: 'Bonjour,',
		...(action && origin !== undefined && { action: { label: action.label, url: origin + action.path } }),
		territory: nom_court
	});
	await queueMail(db, { to, ...mail });
}

/** Where whoever proposed is written to; nowhere once their account is closed. */
async function mailOfProposer(db: Db, { accountId, courriel }: Proposal): Promise<string | undefined> {
	if (accountId === null) return courriel !== null && isMailAddress(courriel) ? courriel : undefined;
	const account = await db
		.selectFrom('account')
		.select('courriel')
		.where('id', '=', accountId)
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	return account && isMailAddress(account.courriel) ? account.courriel : undefined;
}

/** Longest value that a mail tells whole, in signs: the page has the rest. */
const longestExcerpt = 200;

function excerpt(text: string): string {
	const line = oneLine(text);
	return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt).toWellFormed()}…` : line;
}

/** On one line, as a subject or an item must be. */
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
