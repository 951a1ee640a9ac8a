import { dayOf, formatDate, formatTime, localOf } from '#lib/domain/dates.ts';
import { isMailAddress } from '#lib/domain/mail.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { composeMail } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import { findOrigin, getTerritory } from '../territory.ts';

/** What changed in an account, that its person must learn even if someone else did it. */
export type AccountChange =
	| { kind: 'mot-de-passe' }
	| { kind: 'second-facteur-active' }
	/** `by`: who did it, when it wasn't the person. */
	| { kind: 'second-facteur-retire'; by?: string }
	/** `role`: what the account is from now on, in words. */
	| { kind: 'role'; role: string; by: string }
	/** `courriel`: the address from now on. */
	| { kind: 'adresse'; courriel: string; by: string };

/**
 * Tells by mail what changed in an account, with what to do if it wasn't meant. It holds no secret: its button leads to
 * a page that anyone can open. `to` is the address that is told, which may be the former one.
 */
export async function warnOf(db: Db, to: string, change: AccountChange): Promise<void> {
	if (!isMailAddress(to)) return;
	const { nom_court, nom_avec_article } = await getTerritory(db);
	const origin = await findOrigin(db);
	const { subject, what } = wordsOf(change);
	const local = localOf(now());
	const isTheirs = change.kind === 'mot-de-passe' || change.kind.startsWith('second-facteur');
	const mail = composeMail({
		subject,
		greeting: 'Bonjour,',
		paragraphs: [
			what,
			`C’était le ${formatDate(dayOf(local), 'annee')} à ${formatTime(local)}, dans l’annuaire ${nom_court}.`,
			isTheirs
				? `C’est vous, ou vous l’avez demandé ? Il n’y a rien à faire. Ce n’est pas vous ? Choisissez tout de suite un autre mot de passe, puis prévenez ${nom_avec_article}.`
				: `C’est prévu ? Il n’y a rien à faire. Cela vous étonne ? Prévenez ${nom_avec_article}.`
		],
		...(origin !== undefined && {
			action: isTheirs
				? { label: 'Choisir un autre mot de passe', url: `${origin}/connexion/oubli` }
				: { label: 'Me connecter', url: `${origin}/connexion` }
		}),
		territory: nom_court,
		reason: 'Vous recevez ce courriel parce que cette adresse a, ou avait, un compte dans l’annuaire.'
	});
	await queueMail(db, { to, ...mail });
}

function wordsOf(change: AccountChange): { subject: string; what: string } {
	switch (change.kind) {
		case 'mot-de-passe':
			return {
				subject: 'Votre mot de passe a changé',
				what: 'Le mot de passe de votre compte vient d’être changé. Vous êtes déconnecté partout ailleurs.'
			};
		case 'second-facteur-active':
			return {
				subject: 'La double vérification est active',
				what: 'La double vérification de votre compte vient d’être activée sur un téléphone. Vous êtes déconnecté partout ailleurs.'
			};
		case 'second-facteur-retire':
			return {
				subject: 'La double vérification est retirée',
				what:
					change.by === undefined
						? 'La double vérification de votre compte vient d’être retirée : le mot de passe suffit maintenant.'
						: `${change.by} a retiré la double vérification de votre compte : le mot de passe suffit maintenant.`
			};
		case 'role':
			return {
				subject: 'Ce que vous pouvez faire dans l’annuaire a changé',
				what: `${change.by} a changé ce que peut faire votre compte. Il est maintenant : ${change.role}. Connectez-vous de nouveau pour continuer.`
			};
		case 'adresse':
			return {
				subject: 'L’adresse de votre compte a changé',
				what: `${change.by} a changé l’adresse de votre compte. C’est maintenant avec ${change.courriel} qu’on s’y connecte.`
			};
	}
}
