import { fail, redirect } from '@sveltejs/kit';
import { questionSchema } from '#lib/domain/enquiries/enquiry.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { pathTo } from '#lib/domain/paths.ts';
import { now } from '#lib/server/clock.ts';
import { receive } from '#lib/server/enquiries/receive.ts';
import { listEmergencyNumbers } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import { formOf, textOf } from '../../../../form.ts';
import { aboutOf, communeOf, promiseOf, subjectOf, wayOf } from '../writing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { db, settings } = locals.app;
	const { place, commune } = await parent();
	const subject = await subjectOf(locals.app, commune, questionAbout(url));
	const numbers = await listEmergencyNumbers(db, commune?.slug);
	return scriptless({
		kind: subject.kind,
		theme: subject.theme,
		service: subject.service && { slug: subject.service.slug, nom: subject.service.nom },
		promise: await promiseOf(locals.app, subject, place.slug),
		themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
		emergencies: numbers.map(({ nom, nom_court, telephone, sms }) => ({ nom, nom_court, telephone, sms })),
		months: settings.conservation,
		opened: now()
	});
};

export const actions: Actions = {
	default: async ({ locals, params, request, url }) => {
		const form = await formOf(request);
		const typed = {
			texte: textOf(form, 'texte'),
			theme: textOf(form, 'theme'),
			courriel: textOf(form, 'courriel'),
			telephone: textOf(form, 'telephone')
		};
		const { output, errors } = checkForm(questionSchema, typed);
		if (errors) return fail(400, { typed, errors });
		const about = { ...questionAbout(url), ...(form.has('theme') && { theme: typed.theme }) };
		const subject = await subjectOf(locals.app, await communeOf(locals.app, params.commune), about);
		const { texte: text, courriel, telephone } = output;
		await receive(locals.app.db, subject, { text, courriel, telephone, reasons: [] }, wayOf(form, locals));
		const query = new URLSearchParams({
			...(subject.kind === 'accessibilite' && { sujet: subject.kind }),
			...(subject.theme !== null && { theme: subject.theme }),
			...(subject.service && { fiche: subject.service.slug })
		});
		redirect(303, `${pathTo(params.commune, 'question', 'merci')}?${query}`);
	}
};

/** A report has a page of its own. */
function questionAbout(url: URL) {
	const about = aboutOf(url);
	return about.kind === 'signalement' ? { ...about, kind: 'question' as const } : about;
}
