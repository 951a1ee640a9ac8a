import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { mailAddress } from '#lib/domain/accounts.ts';
import { formatDate } from '#lib/domain/dates.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { essentialLines } from '#lib/domain/freshness/summary.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { tidyTyped } from '#lib/domain/typography.ts';
import { versionOf } from '#lib/server/editing/revisions.ts';
import { confirm } from '#lib/server/freshness/confirm.ts';
import { leave } from '#lib/server/freshness/departures.ts';
import { communeNames } from '#lib/server/freshness/names.ts';
import { renewLink } from '#lib/server/freshness/remind.ts';
import { listServicesAnywhere } from '#lib/server/services.ts';
import { formOf, listOf, textOf } from '../../form.ts';
import { openedOf } from '../opened.ts';
import type { Actions, PageServerLoad } from './$types';

const optional = (max: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(max, `C’est trop long : ${max} caractères au plus.`),
		v.transform((text) => (text === '' ? null : tidyTyped(text, '', max)))
	);
const farewell = v.object({
	fiches: v.pipe(v.array(v.string()), v.minLength(1, 'Cochez les fiches dont vous ne vous occupez plus.')),
	successorName: optional(100),
	successorMail: v.union(
		[
			v.pipe(
				v.string(),
				v.trim(),
				v.literal(''),
				v.transform(() => null)
			),
			mailAddress
		],
		'Ce courriel n’est pas complet : écrivez par exemple accueil@exemple.fr, ou laissez vide.'
	),
	note: optional(500)
});

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const { sentOn, entries } = await openedOf(locals, params.secret);
	const nameOf = await communeNames(db);
	const services = new Map(
		(
			await listServicesAnywhere(
				db,
				entries.map(({ review }) => review.id)
			)
		).map((service) => [service.id, service])
	);
	return {
		done: url.searchParams.get('fait'),
		changed: url.searchParams.has('change'),
		entries: await Promise.all(
			entries.map(async ({ review }) => {
				const { id, slug, nom, commune, verification } = review;
				const service = services.get(id);
				return {
					slug,
					nom,
					where: nameOf(commune),
					page: pathToService(review, baseScope),
					lines: service ? essentialLines(service) : [],
					verified: verification
						? `Vérifiée le ${formatDate(verification.on, 'annee')} par ${verification.by}`
						: 'Jamais vérifiée',
					isDone: verification !== null && verification.on >= sentOn,
					version: await versionOf(db, id, null)
				};
			})
		)
	};
};

export const actions: Actions = {
	exact: async ({ locals, params, request }) => {
		const { entries } = await openedOf(locals, params.secret);
		const form = await formOf(request);
		const { changed } = await confirm(locals.app.db, entries, textOf(form, 'vu').split(' '));
		redirect(303, `/verifier/${params.secret}?${changed.length > 0 ? 'change=oui' : 'fait=exact'}`);
	},
	plusMoi: async ({ locals, params, request }) => {
		const { app } = locals;
		const { entries } = await openedOf(locals, params.secret);
		const form = await formOf(request);
		const typed = {
			fiches: listOf(form, 'fiches'),
			successorName: textOf(form, 'successorName'),
			successorMail: textOf(form, 'successorMail'),
			note: textOf(form, 'note')
		};
		const { output, errors } = checkForm(farewell, typed);
		if (errors) return fail(400, { typed, errors });
		const left = entries.filter(({ review }) => output.fiches.includes(review.slug));
		if (left.length === 0) return fail(400, { typed, errors: { fiches: 'Cochez au moins une fiche.' } });
		await leave(app.db, app.settings.origin, left, output);
		redirect(
			303,
			left.length === entries.length ? '/verifier/merci?depart=oui' : `/verifier/${params.secret}?fait=depart`
		);
	},
	nouveau: async ({ locals, params }) => {
		const { db, settings } = locals.app;
		await renewLink(db, settings.origin, params.secret);
		redirect(303, '/verifier/merci');
	}
};
