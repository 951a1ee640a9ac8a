import { readFileSync } from 'node:fs';
import { newAccountSchema } from '#lib/domain/accounts.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { passwordProblem } from '#lib/domain/passwords.ts';
import { AccountError, createAccount, setPasswordHash } from '#lib/server/accounts/accounts.ts';
import { invite } from '#lib/server/accounts/letters.ts';
import { hashPassword } from '#lib/server/accounts/passwords.ts';
import type { App } from '#lib/server/app.ts';
import { DatabaseError, inTransaction } from '#lib/server/database/open.ts';
import { record } from '#lib/server/journal.ts';
import { findOrigin } from '#lib/server/territory.ts';
import { UsageError } from '../run.ts';
import type { Command, Options, Result } from './command.ts';

const by = 'ligne de commande';

export const compte: Command = {
	usage:
		'compte creer --courriel X --role administration|mairie|agent|lecture [--commune SLUG]… [--nom N] [--mot-de-passe-stdin]',
	summary: 'ouvre un compte et l’invite par courriel ; ou lui donne le mot de passe lu sur l’entrée',
	needs: 'app',
	async run(app, [verb, extra], options) {
		if (verb !== 'creer') throw new UsageError(`« compte ${verb ?? ''} » n’existe pas : « compte creer ».`);
		if (extra !== undefined)
			throw new UsageError(`« compte creer » ne prend que des options : « ${extra} » est de trop.`);
		const { courriel = '', role, commune: communes = [], nom = courriel } = options;
		const { output, errors } = checkForm(newAccountSchema, { courriel, role, communes, nom });
		if (errors) throw new UsageError(Object.values(errors).join(' '));
		try {
			return await open(app, output, options);
		} catch (error) {
			if (error instanceof AccountError) throw new UsageError(error.message);
			throw error;
		}
	}
};

type Wanted = NonNullable<ReturnType<typeof checkForm<typeof newAccountSchema>>['output']>;

async function open({ db }: App, wanted: Wanted, options: Options): Promise<Result> {
	const { courriel, role, communes } = wanted;
	if (options['mot-de-passe-stdin']) {
		const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
		const problem = passwordProblem(password, courriel);
		if (problem !== undefined) throw new UsageError(problem);
		const hash = await hashPassword(password);
		await inTransaction(db, async (db) => {
			const id = await createAccount(db, wanted, by);
			await setPasswordHash(db, id, hash);
			await record(db, by, 'compte-cree', courriel);
		});
		return { lines: [`Compte ouvert : ${courriel}.`], data: { courriel, role, communes } };
	}
	const origin = await findOrigin(db);
	if (origin === undefined)
		throw new DatabaseError('L’adresse du site n’est pas connue : démarrez-le une fois (npm start).');
	const lien = await invite(db, origin, wanted, by);
	return {
		lines: [`Compte ouvert : ${courriel}. Une invitation part par courriel ; elle contient ce lien :`, lien],
		data: { courriel, role, communes, lien }
	};
}
