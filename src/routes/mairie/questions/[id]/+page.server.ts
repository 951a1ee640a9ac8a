import { fail, redirect } from '@sveltejs/kit';
import { formatDate, formatMoment } from '#lib/domain/dates.ts';
import { answerSchema, reportReasons } from '#lib/domain/enquiries/enquiry.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { pageLanguage } from '#lib/domain/page-language.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { findCommune, listCommunes } from '#lib/server/communes.ts';
import {
	AnsweredError,
	endEnquiry,
	handOver,
	keepEnquiry,
	reopenEnquiry
} from '#lib/server/enquiries/answer.ts';
import { pathToEnquiry } from '#lib/server/enquiries/enquiries.ts';
import { findPublishedFrom } from '#lib/server/enquiries/published.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { enquiryOf } from '../enquiry-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const { service, end, ...enquiry } = await enquiryOf(locals, params.id);
	const communes = await listCommunes(db);
	const place = enquiry.commune === null ? undefined : await findCommune(db, enquiry.commune);
	return {
		kind: enquiry.kind,
		text: enquiry.text,
		reasons: enquiry.reasons.map((reason) => reportReasons[reason]()),
		where: place?.nom ?? 'Toutes les communes',
		theme: enquiry.theme?.nom ?? null,
		when: formatMoment(enquiry.at),
		due: formatDate(enquiry.due, 'jour'),
		isLate: enquiry.isLate,
		courriel: enquiry.courriel,
		telephone: enquiry.telephone,
		language: pageLanguage(enquiry.langue) ?? null,
		doubt: enquiry.doubt,
		service: service && {
			nom: service.nom,
			page: pathToService(service, enquiry.commune ?? baseScope),
			/** Where whoever answers corrects the entry; an agent proposes. */
			desk:
				account.role === 'agent'
					? `/mairie/propositions/nouvelle?fiche=${service.slug}`
					: `/mairie/fiches/${service.slug}`
		},
		end: end && { ...end, when: formatMoment(end.at) },
		/** Who else may answer; empty for those who hand nothing over. */
		others: [
			{ slug: '', nom: 'La communauté de communes' },
			...communes.map(({ slug, nom }) => ({ slug, nom: `La mairie, ${nom}` }))
		].filter(({ slug }) => slug !== (enquiry.answers ?? '')),
		/** The number of the published answer made from it, when this account keeps it true. */
		published: await findPublishedFrom(db, account, Number(params.id)),
		publishes: account.role !== 'agent' && enquiry.kind === 'question',
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	repondre: ({ locals, params, request }) => answered(locals, params.id, request, 'repondu'),
	rappele: ({ locals, params, request }) => answered(locals, params.id, request, 'rappele'),
	corrige: ({ locals, params, request }) => answered(locals, params.id, request, 'corrige'),
	inchange: ({ locals, params, request }) => answered(locals, params.id, request, 'inchange'),
	classer: ({ locals, params, request }) => answered(locals, params.id, request, 'sans-suite'),
	ecarter: ({ locals, params, request }) => answered(locals, params.id, request, 'indesirable'),
	garder: async ({ locals, params }) => {
		const enquiry = await enquiryOf(locals, params.id);
		await keepEnquiry(locals.app.db, enquiry);
		redirect(303, pathToEnquiry(enquiry.id));
	},
	rouvrir: async ({ locals, params }) => {
		const enquiry = await enquiryOf(locals, params.id);
		await reopenEnquiry(locals.app.db, enquiry, signedIn(locals));
		redirect(303, pathToEnquiry(enquiry.id));
	},
	transmettre: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const enquiry = await enquiryOf(locals, params.id);
		const chosen = textOf(await formOf(request), 'a');
		if (chosen === 'personne' || (chosen !== '' && !(await findCommune(db, chosen))))
			return fail(400, { errors: { a: 'Choisissez dans la liste qui doit répondre.' } });
		try {
			await handOver(db, enquiry, signedIn(locals), chosen === '' ? null : chosen);
		} catch (problem) {
			if (problem instanceof AnsweredError) return fail(409, { before: true });
			throw problem;
		}
		// The account may no longer read it.
		redirect(303, '/mairie/questions');
	}
};

/** Ends an enquiry with what was typed, which stays where something is to correct. */
async function answered(
	locals: App.Locals,
	id: string,
	request: Request,
	outcome: 'repondu' | 'rappele' | 'corrige' | 'inchange' | 'sans-suite' | 'indesirable'
) {
	const enquiry = await enquiryOf(locals, id);
	const typed = textOf(await formOf(request), 'reponse');
	const { output, errors } = checkForm(answerSchema, { reponse: typed });
	if (errors) return fail(400, { typed, errors });
	if (outcome === 'repondu' && enquiry.courriel === null)
		return fail(400, { typed, errors: { reponse: 'Cette personne n’a pas laissé de courriel.' } });
	if (outcome === 'repondu' && output.reponse === null)
		return fail(400, { typed, errors: { reponse: 'Écrivez la réponse : elle part par courriel.' } });
	try {
		await endEnquiry(locals.app.db, enquiry, signedIn(locals), { outcome, answer: output.reponse });
	} catch (problem) {
		if (problem instanceof AnsweredError) return fail(409, { typed, before: true });
		throw problem;
	}
	redirect(303, `${pathToEnquiry(enquiry.id)}?fait=${outcome}`);
}
