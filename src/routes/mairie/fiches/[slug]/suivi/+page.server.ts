import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { mailAddress } from '#lib/domain/accounts.ts';
import { formatDate, formatList } from '#lib/domain/dates.ts';
import { checkForm, type FormErrors } from '#lib/domain/forms.ts';
import { type Rhythm, rhythmNames, rhythmsFor } from '#lib/domain/freshness/rhythm.ts';
import { allLines } from '#lib/domain/freshness/summary.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import type { Editable } from '#lib/server/editing/editable.ts';
import {
	type ChosenPerson,
	findMaintainers,
	setMaintainer,
	setRhythm
} from '#lib/server/freshness/maintainers.ts';
import { askNow } from '#lib/server/freshness/remind.ts';
import { findReview } from '#lib/server/freshness/reviews.ts';
import { verifyEntry } from '#lib/server/freshness/verify.ts';
import { today } from '#lib/server/reading.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { editableOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

/** What is typed of a person; both empty: nobody is chosen. */
const personSchema = v.object({
	nom: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty('Écrivez aussi le nom : les habitants le liront à côté de la date.'),
		v.maxLength(100, 'Ce nom est trop long : 100 caractères au plus.')
	),
	courriel: mailAddress
});

/** The entry whose follow-up this account may change: the whole of it, not a commune's words on a shared one. */
async function keptEntry(locals: App.Locals, slug: string, url: URL): Promise<Editable> {
	const editable = await editableOf(locals, slug, url);
	if (editable.variantOf !== null) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	return editable;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const editable = await keptEntry(locals, params.slug, url);
	const review = await findReview(db, editable.id, today());
	const chosen = await findMaintainers(db, editable.id);
	const nom = String(editable.facts.nom);
	const typed = (rank: 1 | 2) => ({
		nom: chosen[rank]?.nom ?? '',
		courriel: chosen[rank]?.courriel ?? '',
		publishes: chosen[rank]?.publishes ?? false
	});
	return {
		nom,
		done: url.searchParams.get('fait'),
		people: { first: typed(1), second: typed(2) },
		review: review
			? {
					version: editable.version,
					page: pathToService(editable, editable.commune ?? baseScope),
					verified: review.verification
						? `Vérifiée le ${formatDate(review.verification.on, 'annee')} par ${review.verification.by}.`
						: 'Jamais vérifiée : les habitants lisent « à confirmer ».',
					next: review.next ? formatDate(review.next, 'annee') : null,
					isDue: review.isDue,
					isWorthwhile: review.standing !== 'a-completer',
					silences: review.progress.silences,
					lastAsked: review.progress.lastAsked ? formatDate(review.progress.lastAsked, 'annee') : null,
					isAskedToday: review.progress.lastAsked === today(),
					first: review.people.first.map(({ nom, courriel }) => ({ nom, courriel })),
					second: review.people.second.map(({ nom, courriel }) => ({ nom, courriel })),
					isDefault: review.people.isDefault,
					rhythm: review.isDefaultRhythm ? '' : review.rhythm,
					defaultRhythm: review.isDefaultRhythm ? rhythmNames[review.rhythm] : null,
					rhythms: rhythmsFor(review).map((code) => ({ code, label: rhythmNames[code] })),
					lines: allLines(editable.facts)
				}
			: null
	};
};

export const actions: Actions = {
	exact: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await keptEntry(locals, params.slug, url);
		const form = await formOf(request);
		if (!editable.isPublished) error(404, 'Cette fiche n’est pas encore en ligne.');
		if (textOf(form, 'version') !== String(editable.version)) redirect(303, `${url.pathname}?fait=change`);
		await verifyEntry(db, editable, signedIn(locals));
		redirect(303, `${url.pathname}?fait=exact`);
	},
	demander: async ({ locals, params, url }) => {
		const { db, settings } = locals.app;
		const editable = await keptEntry(locals, params.slug, url);
		const sent = await askNow(db, settings.origin, [editable], signedIn(locals));
		if (sent.length === 0) redirect(303, `${url.pathname}?fait=personne`);
		return { asked: formatList(sent.map(({ nom, courriel }) => `${nom} (${courriel})`)) };
	},
	rythme: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await keptEntry(locals, params.slug, url);
		const wanted = textOf(await formOf(request), 'rythme');
		const review = await findReview(db, editable.id, today());
		const rhythm = review && rhythmsFor(review).find((one): one is Rhythm => one === wanted);
		if (wanted !== '' && rhythm === undefined)
			return fail(400, { errors: { rythme: 'Choisissez dans la liste.' } });
		await setRhythm(db, editable, rhythm ?? null, signedIn(locals));
		redirect(303, `${url.pathname}?fait=rythme`);
	},
	personnes: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await keptEntry(locals, params.slug, url);
		const form = await formOf(request);
		const typed = { first: typedPerson(form, '1'), second: typedPerson(form, '2') };
		const [first, second] = [checkPerson(typed.first, '1'), checkPerson(typed.second, '2')];
		const errors = { ...first.errors, ...second.errors };
		if (first.person && first.person.courriel === second.person?.courriel)
			errors.courriel_2 = 'Choisissez quelqu’un d’autre, ou laissez vide : c’est déjà la première personne.';
		if (Object.keys(errors).length > 0) return fail(400, { people: typed, errors });
		const before = await findMaintainers(db, editable.id);
		for (const [rank, { person }] of [
			[1, first],
			[2, second]
		] as const)
			if (JSON.stringify(person) !== JSON.stringify(before[rank] ?? null))
				await setMaintainer(db, editable, rank, person, signedIn(locals));
		redirect(303, `${url.pathname}?fait=personnes`);
	}
};

type TypedPerson = { nom: string; courriel: string; publishes: boolean };

function typedPerson(form: FormData, rank: '1' | '2'): TypedPerson {
	const names =
		rank === '1'
			? [textOf(form, 'nom_1'), textOf(form, 'courriel_1'), textOf(form, 'publie_1')]
			: [textOf(form, 'nom_2'), textOf(form, 'courriel_2'), textOf(form, 'publie_2')];
	const [nom = '', courriel = '', publie] = names;
	return { nom, courriel, publishes: publie === 'oui' };
}

function checkPerson(
	{ nom, courriel, publishes }: TypedPerson,
	rank: '1' | '2'
): { person: ChosenPerson | null; errors: FormErrors } {
	if (nom.trim() === '' && courriel.trim() === '') return { person: null, errors: {} };
	const { output, errors } = checkForm(personSchema, { nom, courriel });
	return errors
		? {
				person: null,
				errors: Object.fromEntries(Object.entries(errors).map(([name, text]) => [`${name}_${rank}`, text]))
			}
		: { person: { courriel: output.courriel, nom: output.nom, publishes }, errors: {} };
}
