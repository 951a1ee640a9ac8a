import type { Account } from '#lib/domain/accounts.ts';
import type { App } from '../app.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { composeMail } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { getTerritory } from '../territory.ts';
import { createAccount, findAccount, findAccountByMail } from './accounts.ts';
import { giveLink } from './links.ts';
import type { NewAccount } from '#lib/domain/accounts.ts';

/**
 * Creates an account and invites its person by mail: all of it, or nothing.
 * @throws AccountError when the address has an account, or a commune isn't of the territory
 */
export async function invite({ db, settings }: App, wanted: NewAccount, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		const id = await createAccount(db, wanted, by.nom);
		await record(db, by, 'compte-cree', wanted.courriel);
		await sendInvitation(db, settings.origin, id, by);
	});
}

/** Sends another invitation to someone who has no password yet; the one before no longer works. */
export async function inviteAgain({ db, settings }: App, id: number, by: Account): Promise<void> {
	await inTransaction(db, (db) => sendInvitation(db, settings.origin, id, by));
}

/** Sends a link to choose another password, to whoever this address is; to nobody when it has no account. */
export async function sendPasswordLink({ db, settings }: App, courriel: string): Promise<void> {
	await inTransaction(db, async (db) => {
		const account = await findAccountByMail(db, courriel);
		if (!account) return;
		const secret = await giveLink(db, account.id, 'mot-de-passe');
		const { nom_court } = await getTerritory(db);
		const mail = composeMail({
			subject: 'Choisir un nouveau mot de passe',
			greeting: 'Bonjour,',
			paragraphs: [
				`Vous avez demandé un nouveau mot de passe pour l’annuaire ${nom_court}. Le lien ci-dessous est valable une heure et ne sert qu’une fois.`,
				'Ce n’est pas vous ? Ne faites rien : votre mot de passe n’a pas changé.'
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

async function sendInvitation(db: Db, origin: string, id: number, by: Account): Promise<void> {
	const account = await findAccount(db, id);
	if (!account) return;
	const secret = await giveLink(db, id, 'invitation');
	const { nom_court } = await getTerritory(db);
	const mail = composeMail({
		subject: `Votre compte dans l’annuaire ${nom_court}`,
		greeting: 'Bonjour,',
		paragraphs: [
			`${by.nom} vous ouvre un compte dans l’annuaire des services ${nom_court}, pour tenir à jour ce que lisent les habitants.`,
			'Choisissez votre mot de passe : cela prend une minute. Le lien est valable quatorze jours et ne sert qu’une fois.'
		],
		action: { label: 'Choisir mon mot de passe', url: `${origin}/connexion/invitation/${secret}` },
		territory: nom_court,
		reason: `Vous recevez ce courriel parce que ${by.nom} a donné votre adresse.`
	});
	await queueMail(db, { to: account.courriel, ...mail });
	await record(db, by, 'invitation', account.courriel);
}
