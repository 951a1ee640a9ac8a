import type { Difference, Facts } from '#lib/domain/editing/typing.ts';
import type { Editable } from '../editing/editable.ts';
import { composeMail } from '../mail/compose.ts';
import { queueMail } from '../mail/outbox.ts';
import type { Db } from '../database/schema.ts';
import { getTerritory } from '../territory.ts';
import { listHouse, type Person } from './people.ts';
import type { Review } from './reviews.ts';
import { whoOf } from './verify.ts';

/** What someone who may not publish wants to change, and of which state of the entry. */
export interface FiledCorrection {
	review: Review;
	editable: Editable;
	facts: Facts;
	differences: Difference[];
	person: Person;
}

/**
 * Hands a correction over to the house that answers for the entry: nothing changes until it publishes it. The one place
 * where corrections by mail's links become proposals.
 */
export async function fileCorrection(
	db: Db,
	origin: string,
	{ review, differences, person }: FiledCorrection
): Promise<void> {
	const { nom_court: territory } = await getTerritory(db);
	const letter = composeMail({
		subject: `Une correction à relire : ${review.nom}`.slice(0, 200),
		greeting: 'Bonjour,',
		paragraphs: [
			`${whoOf(person)} propose de corriger cette fiche. Rien n’est encore changé pour les habitants : publiez-le vous-même si c’est juste.`
		],
		items: differences.map(({ label, avant, apres }) => ({
			text: `${label} : « ${avant || 'rien'} » devient « ${apres || 'rien'} »`
		})),
		action: { label: 'Ouvrir la fiche', url: `${origin}/mairie/fiches/${review.slug}` },
		territory,
		reason: 'Vous recevez ce courriel parce que votre compte répond de cette fiche.'
	});
	for (const { courriel } of await listHouse(db, review)) await queueMail(db, { to: courriel, ...letter });
}
