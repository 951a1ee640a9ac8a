import { error, fail, redirect } from '@sveltejs/kit';
import { reportReasons, reportSchema } from '#lib/domain/enquiries/enquiry.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { pathTo, pathToService } from '#lib/domain/paths.ts';
import { now } from '#lib/server/clock.ts';
import type { Commune } from '#lib/server/communes.ts';
import { receive } from '#lib/server/enquiries/receive.ts';
import { findMovedTo } from '#lib/server/moved.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import { formOf, listOf, textOf } from '../../../../../../form.ts';
import { communeOf, promiseOf, subjectOf, wayOf } from '../../../writing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { place, commune } = await parent();
	const { subject, service } = await reportedOf(locals, params, commune);
	return scriptless({
		service: { nom: service.nom, chemin: pathToService(service, place.slug) },
		promise: await promiseOf(locals.app, subject, place.slug),
		reasons: Object.entries(reportReasons).map(([reason, words]) => [reason, words()] as const),
		months: locals.app.settings.conservation,
		opened: now()
	});
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const commune = await communeOf(locals.app, params.commune);
		const { subject, service } = await reportedOf(locals, params, commune);
		const form = await formOf(request);
		const typed = {
			raisons: listOf(form, 'raisons'),
			texte: textOf(form, 'texte'),
			courriel: textOf(form, 'courriel')
		};
		const { output, errors } = checkForm(reportSchema, typed);
		if (errors) return fail(400, { typed, errors });
		const { raisons: reasons, texte: text, courriel } = output;
		await receive(locals.app.db, subject, { text, courriel, telephone: null, reasons }, wayOf(form, locals));
		const query = new URLSearchParams({ sujet: 'signalement', fiche: service.slug });
		redirect(303, `${pathTo(params.commune, 'question', 'merci')}?${query}`);
	}
};

/** The entry that is reported, as this commune reads it; its present address when it had another. */
async function reportedOf(
	{ app }: App.Locals,
	params: { commune: string; slug: string },
	commune: Commune | null
) {
	const subject = await subjectOf(app, commune, { kind: 'signalement', fiche: params.slug });
	if (subject.service) return { subject, service: subject.service };
	const moved = await findMovedTo(app.db, params.slug, commune?.slug);
	if (moved) redirect(303, `${pathToService(moved, params.commune)}/signaler`);
	error(404, await notFoundIn(app.db, commune));
}
