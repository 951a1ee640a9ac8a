import { fail, redirect } from '@sveltejs/kit';
import { anonymise } from '#lib/domain/enquiries/anonymise.ts';
import { tidyFrench } from '#lib/domain/typography.ts';
import { publishAnswer } from '#lib/server/enquiries/published.ts';
import { formOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { enquiryOf } from '../../enquiry-of.ts';
import { choicesOf, receivedAnswer } from '../../published-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { text, theme, commune, end } = await enquiryOf(locals, params.id);
	const choices = await choicesOf(locals.app.db, signedIn(locals));
	const [first] = choices.places;
	const isOffered = choices.places.some(({ slug }) => slug === commune);
	return {
		...choices,
		text,
		typed: {
			question: tidyFrench(anonymise(text)),
			reponse: anonymise(end?.answer ?? ''),
			theme: theme?.slug ?? '',
			commune: first?.slug === '' || !isOffered ? (first?.slug ?? '') : (commune ?? '')
		}
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const { id } = await enquiryOf(locals, params.id);
		const { typed, words, errors } = await receivedAnswer(db, account, await formOf(request));
		if (!words) return fail(400, { typed, errors });
		await publishAnswer(db, { ...words, enquiry_id: id }, account);
		redirect(303, '/mairie/questions/publiees?fait=publiee');
	}
};
