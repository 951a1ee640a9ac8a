import { listUnsentMail, type Mail } from '#lib/server/mail/outbox.ts';
import { sendUnattended } from '#lib/server/mail/postman.ts';
import type { Command } from './command.ts';

export const courrier: Command = {
	usage: 'courrier [--envoyer]',
	summary: 'les courriels qui attendent et ceux qui ont été abandonnés, avec la raison',
	needs: 'app',
	async run(app, _args, { envoyer }) {
		const busy = envoyer && !(await sendUnattended(app));
		const { waiting, givenUp } = await listUnsentMail(app.db);
		return {
			data: { en_attente: waiting.map(mailData), abandonnes: givenUp.map(mailData) },
			lines: [
				`En attente : ${waiting.length}`,
				...waiting.map((mail) => `${mailLine(mail)} ; prochain essai ${mail.next_attempt_at}`),
				`Abandonnés : ${givenUp.length}`,
				...givenUp.map(mailLine)
			],
			...(busy && { warnings: ['Le site est en marche : il envoie lui-même.'] })
		};
	}
};

function mailData(mail: Mail) {
	return {
		id: mail.id,
		message_id: mail.message_id,
		destinataire: mail.recipient,
		objet: mail.subject,
		cree_le: mail.created_at,
		essais: mail.attempts,
		prochain_essai: mail.given_up_at === null ? mail.next_attempt_at : null,
		derniere_erreur: mail.last_error,
		abandonne_le: mail.given_up_at
	};
}

function mailLine({ id, recipient, subject, attempts, last_error }: Mail): string {
	return `  ${id}  ${recipient}  « ${subject} »  essais : ${attempts}${last_error === null ? '' : ` ; ${last_error}`}`;
}
