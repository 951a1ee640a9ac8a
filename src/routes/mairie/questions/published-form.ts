import { publishedAnswerSchema } from '#lib/domain/enquiries/enquiry.ts';
import { checkForm, type FormErrors } from '#lib/domain/forms.ts';
import type { Account } from '#lib/domain/accounts.ts';
import { listCommunes } from '#lib/server/communes.ts';
import type { Db } from '#lib/server/database/schema.ts';
import type { AnswerWords } from '#lib/server/enquiries/published.ts';
import { listThemes } from '#lib/server/themes.ts';
import { textOf } from '../../form.ts';

/** Where an account may publish an answer: a mairie, in its communes; the administration, everywhere. */
export async function choicesOf(db: Db, account: Account) {
	const communes = (await listCommunes(db)).filter(
		({ slug }) => account.role === 'administration' || account.communes.includes(slug)
	);
	return {
		themes: (await listThemes(db)).map(({ slug, nom }) => ({ slug, nom })),
		places: [
			...(account.role === 'administration' ? [{ slug: '', nom: 'Toutes les communes' }] : []),
			...communes.map(({ slug, nom }) => ({ slug, nom }))
		]
	};
}

/** What was typed of a question to publish. */
export interface TypedAnswer {
	question: string;
	reponse: string;
	theme: string;
	commune: string;
}

/** What was typed, checked for this account. */
export async function receivedAnswer(
	db: Db,
	account: Account,
	form: FormData
): Promise<{ typed: TypedAnswer; words: AnswerWords | undefined; errors: FormErrors }> {
	const typed = {
		question: textOf(form, 'question'),
		reponse: textOf(form, 'reponse'),
		theme: textOf(form, 'theme'),
		commune: textOf(form, 'commune')
	};
	const { themes, places } = await choicesOf(db, account);
	const { output, errors = {} } = checkForm(publishedAnswerSchema, typed);
	if (!themes.some(({ slug }) => slug === typed.theme))
		errors.theme = 'Choisissez le thème dont la page montrera cette réponse.';
	if (!places.some(({ slug }) => slug === typed.commune))
		errors.commune = 'Choisissez la commune dont les pages montreront cette réponse.';
	if (!output || Object.keys(errors).length > 0) return { typed, words: undefined, errors };
	const { question, reponse: answer } = output;
	return {
		typed,
		words: { question, answer, theme: typed.theme, commune: typed.commune === '' ? null : typed.commune },
		errors
	};
}
