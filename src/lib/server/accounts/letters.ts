import type { Account, NewAccount } from '#lib/domain/accounts.ts';
import { formatList } from '#lib/domain/dates.ts';
import type { App } from '../app.ts';
import { listCommunes } from '../communes.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { composeMail } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { getTerritory } from '../territory.ts';
import { createAccount, findAccountByMail } from './accounts.ts';
import { giveLink, wasJustGiven } from './links.ts';

/** Who does something to accounts: someone signed in, or a command, by its name. */
type Doer = Account | string;

/** Who is invited. */
type Invited = Pick<Account, 'id' | 'nom' | 'courriel' | 'communes'>;

/**
 * Creates an account and invites its person by mail: all of it, or nothing. Gives the link that the mail carries.
 * @throws AccountError when the address has an account, or a commune isn't of the territory
 */
export async function invite(db: Db, origin: string, wanted: NewAccount, by: Doer): Promise<string> {
	return inTransaction(db, async (db) => {
		const id = await createAccount(db, wanted, nameOf(by));
		await record(db, by, 'compte-cree', wanted.courriel);
		return sendInvitation(db, origin, { id, ...wanted }, by);
	});
}

/** Sends another invitation to someone who has no password yet; the one before no longer works. */
export async function inviteAgain(db: Db, origin: string, account: Invited, by: Doer): Promise<void> {
	await inTransaction(db, (db) => sendInvitation(db, origin, account, by));
}

/** Asked again within this time (milliseconds), no other mail leaves: nobody fills someone's box, nor spoils the link they hold. */
const quietTime = 2 * 60_000;

/** Sends a link to choose another password, to whoever this address is; to nobody when it has no account. */
export async function sendPasswordLink(
	{ db, settings }: Pick<App, 'db' | 'settings'>,
	courriel: string
): Promise<void> {
	await inTransaction(db, async (db) => {
		const account = await findAccountByMail(db, courriel);
		if (!account || (await wasJustGiven(db, account.id, 'mot-de-passe', quietTime))) return;
		const secret = await giveLink(db, account.id, 'mot-de-passe');
		const { nom_court } = await getTerritory(db);
		const mail = composeMail({
			subject: 'Choisir un nouveau mot de passe',
			greeting: 'Bonjour,',
			paragraphs: [
				`Vous avez demandé un nouveau mot de passe pour l’annuaire ${nom_court}. Le lien ci-dessous est valable une heure et ne sert qu’une fois.`,
				'Ce n’est pas vous ? Ne faites rien : votre mot de passe n’a pas changé.'
			],
			action: {
				label: 'Choisir un nouveau mot de passe',
				url: `${settings.origin}/connexion/mot-de-passe/${secret}`
			},
			territory: nom_court,
			reason: 'Vous recevez ce courriel parce que cette adresse a un compte dans l’annuaire.'
		});
		await queueMail(db, { to: account.courriel, ...mail });
	});
}

async function sendInvitation(
	db: Db,
	origin: string,
	{ id, nom, courriel, communes }: Invited,
	by: Doer
): Promise<string> {
	const url = `${origin}/connexion/invitation/${await giveLink(db, id, 'invitation')}`;
	const { nom_court } = await getTerritory(db);
	const places = (await listCommunes(db)).filter(({ slug }) => communes.includes(slug));
	const where = places.length === 0 ? '' : `, ${formatList(places.map(({ lieu }) => lieu))}`;
	const mail = composeMail({
		subject: `Votre compte dans l’annuaire ${nom_court}`,
		greeting: `Bonjour ${nom},`,
		paragraphs: [
			`Un compte vous est ouvert dans l’annuaire des services ${nom_court}, pour tenir à jour ce que lisent les habitants${where}.`,
			'Choisissez votre mot de passe : cela prend une minute. Le lien est valable quatorze jours et ne sert qu’une fois.'
		],
		action: { label: 'Choisir mon mot de passe', url },
		territory: nom_court,
		reason: `Vous recevez ce courriel parce que votre adresse a été donnée par : ${nameOf(by)}.`
	});
	await queueMail(db, { to: courriel, ...mail });
	await record(db, by, 'invitation', courriel);
	return url;
}

function nameOf(by: Doer): string {
	return typeof by === 'string' ? by : by.nom;
}
