import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Choice } from '#lib/domain/editing/choices.ts';
import { entryNature } from '#lib/domain/editing/entry-fields.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { longestName, serviceEntries } from '#lib/domain/service.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { tidyTyped } from '#lib/domain/typography.ts';
import { listCommunes } from '#lib/server/communes.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { choicesFor } from '#lib/server/editing/choices.ts';
import { createEntry, placesToCreate } from '#lib/server/editing/create.ts';
import { type Editable, findEditable } from '#lib/server/editing/editable.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const model = await modelOf(locals, url.searchParams.get('modele') ?? '');
	const [place = ''] = (model?.facts.themes as string[] | undefined) ?? [];
	return {
		...(await choices(locals)),
		natures: entryNature.terms ?? [],
		natureHelp: entryNature.aide,
		sections: [...Map.groupBy(await sections(db), ({ groupe = '' }) => groupe)],
		model: model ? { slug: model.slug, nom: String(model.facts.nom) } : null,
		typed: {
			nom: '',
			nature: typeof model?.facts.nature === 'string' ? model.facts.nature : 'service',
			place,
			pour: ''
		}
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const form = await formOf(request);
		const typed = {
			nom: textOf(form, 'nom'),
			nature: textOf(form, 'nature'),
			place: textOf(form, 'place'),
			pour: textOf(form, 'pour')
		};
		const { places } = await choices(locals);
		const only = places.length === 1 ? places[0]?.code : undefined;
		const { output, errors } = checkForm(
			schemaOf(
				places.map(({ code }) => code),
				await sections(db)
			),
			{ ...typed, pour: only ?? typed.pour }
		);
		if (errors) return fail(400, { typed, errors });
		const { nom, nature, place, pour } = output;
		const model = await modelOf(locals, textOf(form, 'modele'));
		const slug = await createEntry(
			db,
			{ nom, nature, place, commune: pour === baseScope ? null : pour },
			account,
			model
		);
		redirect(303, `/mairie/fiches/${slug}?cree=oui`);
	}
};

function schemaOf(places: readonly string[], sections: readonly Choice[]) {
	const oneOf = (codes: readonly string[], message: string) =>
		v.pipe(
			v.string(),
			v.check((code) => codes.includes(code), message)
		);
	return v.object({
		nom: v.pipe(
			serviceEntries.nom,
			v.transform((nom) => tidyTyped(nom, '', longestName))
		),
		nature: v.picklist(serviceEntries.nature.options, 'Choisissez dans la liste.'),
		place: oneOf(
			sections.map(({ code }) => code),
			'Choisissez un thème : c’est là que les gens la trouveront.'
		),
		pour: oneOf(places, 'Choisissez pour qui est cette fiche.')
	});
}

/** For whom the account creates entries. */
async function choices(locals: App.Locals) {
	const communes = await listCommunes(locals.app.db);
	const places = placesToCreate(
		signedIn(locals),
		communes.map(({ slug }) => slug)
	);
	return {
		places: places.map((slug) => ({
			code: slug ?? baseScope,
			fr: communes.find((commune) => commune.slug === slug)?.nom ?? 'Toutes les communes'
		}))
	};
}

async function sections(db: Db): Promise<readonly Choice[]> {
	return (await choicesFor(db, undefined, null)).themes ?? [];
}

/** The entry that is copied: one that the account may change. */
async function modelOf(locals: App.Locals, slug: string): Promise<Editable | undefined> {
	return slug === '' ? undefined : findEditable(locals.app.db, signedIn(locals), slug);
}
