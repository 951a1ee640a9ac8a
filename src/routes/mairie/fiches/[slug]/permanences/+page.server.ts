import { error, fail, redirect } from '@sveltejs/kit';
import { formatDate, dayOf, localOf } from '#lib/domain/dates.ts';
import { hoursSentence } from '#lib/domain/fiche.ts';
import { readPermanence, type TypedPermanence } from '#lib/domain/permanence.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listCommunesServed } from '#lib/server/services.ts';
import {
	addPermanence,
	EndedError,
	endPermanence,
	type KeptPermanence,
	listPermanences,
	resumePermanence
} from '#lib/server/permanences.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { entry, communes } = await entryOf(locals, params.slug, url);
	const permanences = await listPermanences(
		locals.app.db,
		entry.id,
		communes.map(({ slug }) => slug)
	);
	const shown = permanences.map((permanence) => lineOf(permanence, communes));
	const corrected = permanences.find(({ id }) => String(id) === url.searchParams.get('corriger'));
	return {
		nom: String(entry.facts.nom),
		search: communeSearch(url),
		communes,
		page: pathToService(entry, entry.variantOf ?? entry.commune ?? baseScope),
		present: shown.filter(({ ended }) => ended === null),
		past: shown.filter(({ ended }) => ended !== null).toReversed(),
		typed: corrected ? typedOf(corrected) : emptyForm(communes[0]?.slug ?? ''),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	relire: async ({ locals, params, url, request }) => {
		const { entry } = await entryOf(locals, params.slug, url);
		const typed = await received(request);
		const { permanence, assumptions, errors } = await reading(locals, entry.id, typed);
		if (errors) return fail(400, { typed, errors });
		return { typed, check: { ...permanence, horaires: hoursSentence(permanence), assumptions } };
	},
	revenir: async ({ request }) => ({ typed: await received(request) }),
	publier: async ({ locals, params, url, request }) => {
		const { entry, communes } = await entryOf(locals, params.slug, url);
		const typed = await received(request);
		const { permanence, errors } = await reading(locals, entry.id, typed);
		if (errors) return fail(400, { typed, errors });
		const commune = communeOf(typed.commune, communes);
		const instead = typed.instead === '' ? undefined : Number(typed.instead);
		try {
			await addPermanence(locals.app.db, entry, { ...permanence, commune }, signedIn(locals), instead);
		} catch (problem) {
			if (!(problem instanceof EndedError)) throw problem;
			const sentence =
				'Quelqu’un a changé cette permanence pendant que vous écriviez : regardez la liste. Ce que vous avez écrit est ci-dessous ; l’envoyer l’ajoutera.';
			return fail(409, { typed: { ...typed, instead: '' }, errors: { lieu: sentence } });
		}
		redirect(303, address(url, 'publiee'));
	},
	retirer: async ({ locals, params, url, request }) => {
		const { entry, communes } = await entryOf(locals, params.slug, url);
		const form = await formOf(request);
		const commune = communeOf(textOf(form, 'commune'), communes);
		try {
			await endPermanence(locals.app.db, entry, commune, Number(textOf(form, 'id')), signedIn(locals));
		} catch (problem) {
			// Whoever was first wanted the same.
			if (!(problem instanceof EndedError)) throw problem;
		}
		redirect(303, address(url, 'retiree'));
	},
	remettre: async ({ locals, params, url, request }) => {
		const { entry, communes } = await entryOf(locals, params.slug, url);
		const form = await formOf(request);
		const commune = communeOf(textOf(form, 'commune'), communes);
		await resumePermanence(locals.app.db, entry, commune, Number(textOf(form, 'id')), signedIn(locals));
		redirect(303, address(url, 'publiee'));
	}
};

interface Typed extends TypedPermanence {
	commune: string;
	/** The number of the permanence that this one replaces; empty for a new one. */
	instead: string;
}

type Communes = { slug: string; nom: string }[];

/** The entry of this address, and the communes whose permanences the person may change there. */
async function entryOf(locals: App.Locals, slug: string, url: URL) {
	const { db } = locals.app;
	const entry = await editableOf(locals, slug, url);
	const one = entry.variantOf ?? entry.commune;
	const communes =
		one === null
			? await listCommunesServed(db, entry.id)
			: (await listCommunes(db)).filter((commune) => commune.slug === one);
	return { entry, communes: communes.map(({ slug, nom }) => ({ slug, nom })) };
}

function communeOf(slug: string, communes: Communes): string {
	const found = communes.find((commune) => commune.slug === slug);
	if (!found) error(404, 'Cette commune n’est pas la vôtre, ou ce service n’y est pas proposé.');
	return found.slug;
}

/** What was typed, beside the permanence that it replaces, ended or not. */
async function reading(locals: App.Locals, serviceId: number, typed: Typed) {
	const { commune, lieu, adresse, horaires, precisions, instead } = typed;
	const permanences = await listPermanences(locals.app.db, serviceId, [commune]);
	return readPermanence(
		{ lieu, adresse, horaires, precisions },
		permanences.find(({ id }) => String(id) === instead)
	);
}

async function received(request: Request): Promise<Typed> {
	const form = await formOf(request);
	return {
		commune: textOf(form, 'commune'),
		lieu: textOf(form, 'lieu'),
		adresse: textOf(form, 'adresse'),
		horaires: textOf(form, 'horaires'),
		precisions: textOf(form, 'precisions'),
		instead: textOf(form, 'instead')
	};
}

function emptyForm(commune: string): Typed {
	return { commune, lieu: '', adresse: '', horaires: '', precisions: '', instead: '' };
}

function typedOf(permanence: KeptPermanence): Typed {
	return {
		commune: permanence.commune,
		lieu: permanence.lieu,
		adresse: permanence.adresse ?? '',
		horaires: hoursSentence(permanence) ?? permanence.horaires_accueil,
		precisions: permanence.precisions ?? '',
		instead: permanence.ended_at === null ? String(permanence.id) : ''
	};
}

function lineOf(permanence: KeptPermanence, communes: Communes) {
	const { id, commune, lieu, adresse, precisions, ended_at, ended_by } = permanence;
	return {
		id,
		commune,
		nom: communes.find(({ slug }) => slug === commune)?.nom ?? commune,
		where: [lieu, adresse].filter(Boolean).join(', '),
		when: hoursSentence(permanence) ?? permanence.horaires_accueil,
		precisions,
		ended:
			ended_at === null
				? null
				: `Retirée le ${formatDate(dayOf(localOf(Date.parse(ended_at))), 'annee')} par ${ended_by ?? ''}`
	};
}

/** This page again, which says what was done. */
function address(url: URL, done: string): string {
	const search = communeSearch(url);
	return `${url.pathname}${search === '' ? '?' : `${search}&`}fait=${done}`;
}
