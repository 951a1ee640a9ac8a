import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { checkForm, tidyText } from '#lib/domain/forms.ts';
import { momentLimits } from '#lib/domain/moments/state.ts';
import { tooLong } from '#lib/domain/typography.ts';
import { createMoment } from '#lib/server/editing/moments/life.ts';
import { listThemes } from '#lib/server/themes.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	themes: (await listThemes(locals.app.db)).map(({ slug, nom }) => ({ code: slug, fr: nom }))
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const { db } = locals.app;
		const form = await formOf(request);
		const typed = { nom: textOf(form, 'nom'), theme: textOf(form, 'theme') };
		const themes = (await listThemes(db)).map(({ slug }) => slug);
		const schema = v.object({
			nom: v.pipe(
				v.string(),
				v.transform(tidyText),
				v.nonEmpty('Ce texte ne peut pas être vide.'),
				v.maxLength(momentLimits.nom, ({ input }) => tooLong(input.length, momentLimits.nom))
			),
			theme: v.picklist(themes, 'Choisissez un thème.')
		});
		const { output, errors } = checkForm(schema, typed);
		if (errors) return fail(400, { typed, errors });
		const slug = await createMoment(db, output, signedIn(locals));
		redirect(303, `/mairie/situations/${slug}?cree=oui`);
	}
};
