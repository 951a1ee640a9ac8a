import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { momentDifferences } from '#lib/domain/moments/differences.ts';
import { momentLabels } from '#lib/domain/moments/form.ts';
import { isVaried, momentLimits, noVariant } from '#lib/domain/moments/state.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { ownMomentWords } from '#lib/server/editing/moments/beneath.ts';
import { momentChoices, warningsOn } from '#lib/server/editing/moments/choices.ts';
import { dropMomentDraft, findMomentDraft, keepMomentDraft } from '#lib/server/editing/moments/drafts.ts';
import {
	type EditableMoment,
	listCommunesVarying,
	momentNames
} from '#lib/server/editing/moments/editable.ts';
import { readWith, type Words } from '#lib/server/editing/moments/meanwhile.ts';
import { kept, publishMoment, publishOwnWords, without } from '#lib/server/editing/moments/publish.ts';
import { ArchivedError, ConflictError } from '#lib/server/editing/publish.ts';
import { listThemes } from '#lib/server/themes.ts';
import { communeSearch, withSearch } from '../../fiches/editable-of.ts';
import { signedIn } from '../../signed-in.ts';
import { momentOf } from '../editable-moment.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { changed, receivedMoment, searched, startOf, withMeanwhile, wordsTyped } from './moment-form.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const moment = await momentOf(locals, params.moment, url);
	const { variantOf, common, own, id, slug, archive } = moment;
	const communes = await listCommunes(db);
	const here = communes.find((one) => one.slug === variantOf);
	const names = await momentNames(db);
	const draft = await findMomentDraft(db, moment, account.id);
	const isResumed = url.searchParams.get('brouillon') === 'reprendre';
	const start: Start = draft && isResumed ? await resumed(locals, moment, draft) : startOf(moment);
	const varying = variantOf === null ? await listCommunesVarying(db, id) : [];
	const others = communes.filter((one) => account.communes.includes(one.slug));
	return {
		nom: common.nom,
		slug,
		commune: here ? { slug: here.slug, nom: here.nom, lieu: here.lieu } : null,
		isAdministration: account.role === 'administration',
		search: communeSearch(url),
		...start,
		common: {
			introduction: common.introduction,
			etapes: common.etapes.map((step) => ({
				cle: step.cle,
				titre: step.titre,
				texte: step.texte,
				fiche: step.fiche === null ? null : names.entry(step.fiche)
			}))
		},
		own: {
			words: ownMomentWords(common, own),
			hidden: common.etapes.filter(({ cle }) => own.cachees.includes(cle)).map(({ titre }) => titre),
			added: own.ajouts.map(({ titre }) => titre),
			isVaried: isVaried(own)
		},
		/** The communes that may say it in their own way, for administration: those that do, and whether the text changed. */
		communes:
			moment.isPublished && !archive && variantOf === null
				? communes.map((one) => {
						const state = varying.find(({ slug }) => slug === one.slug)?.state;
						return {
							slug: one.slug,
							nom: one.nom,
							isVaried: state !== undefined && isVaried(state),
							hasChanged:
								state !== undefined && ownMomentWords(common, state).some(({ hasChanged }) => hasChanged)
						};
					})
				: [],
		/** The other communes that the account speaks for. */
		others: others.length > 1 ? others.map((one) => ({ slug: one.slug, nom: one.nom })) : [],
		themes: (await listThemes(db)).map(({ slug, nom }) => ({ code: slug, fr: nom })),
		names: (await momentChoices(db, moment)).names,
		page: moment.isPublished && !archive ? pathTo(variantOf ?? baseScope, 'moments', slug) : null,
		archive: archive && { who: archive.who, when: formatMoment(archive.at) },
		draft: draft && { when: formatMoment(draft.savedAt), isResumed },
		limits: momentLimits,
		done: url.searchParams.get('fait'),
		created: url.searchParams.has('cree')
	};
};

interface Start {
	typed: ReturnType<typeof startOf>['typed'];
	version: number;
	meanwhile?: Awaited<ReturnType<typeof withMeanwhile>>['conflict'];
}

/** The form as it was kept; with what was published since, when something was and both can be read. */
async function resumed(
	locals: App.Locals,
	moment: EditableMoment,
	{ typed, version }: { typed: Start['typed']; version: number }
): Promise<Start> {
	if (version === moment.version) return { typed, version };
	const { db } = locals.app;
	const { words } = await wordsTyped(db, moment, typed);
	if (!words) return { typed, version: moment.version };
	const { conflict, ...start } = await withMeanwhile(db, moment, words, version, signedIn(locals).id);
	return conflict.theirs.length > 0 ? { ...start, meanwhile: conflict } : start;
}

/** The form that was sent, and the situation it is of. */
async function received(event: RequestEvent) {
	const moment = await momentOf(event.locals, event.params.moment, event.url);
	const sent = await receivedMoment(event.request);
	const { typed, found } = await searched(event.locals.app.db, sent.typed, moment.variantOf);
	return { moment, ...sent, typed, found };
}

export const actions: Actions = {
	etapes: async (event) => {
		const { typed, version, geste, found } = await received(event);
		return { typed: changed(typed, geste), version, ...(geste === '' && { found }) };
	},
	relire: async (event) => {
		const { db } = event.locals.app;
		const { moment, typed, version, found } = await received(event);
		// Whoever was still searching chooses first: nothing is published without the entry that was wanted.
		if (Object.keys(found).length > 0) return { typed, version, found, searching: Object.keys(found) };
		const { words, errors } = await wordsTyped(db, moment, typed);
		if (!words) return fail(400, failed(moment, { typed, version, errors }));
		const after = readWith(moment, words);
		const differences = momentDifferences(readWith(moment), after, await momentNames(db));
		if (differences.length === 0 && moment.isPublished) return { typed, version, unchanged: true };
		await keepMomentDraft(db, moment, signedIn(event.locals).id, { typed, version });
		const warnings = await warningsOn(db, after, moment.variantOf);
		return { typed, version, check: { differences, warnings } };
	},
	corriger: async (event) => {
		const { typed, version } = await received(event);
		return { typed, version };
	},
	brouillon: async (event) => {
		const { moment, typed, version } = await received(event);
		await keepMomentDraft(event.locals.app.db, moment, signedIn(event.locals).id, { typed, version });
		redirect(303, withSearch(event.url, 'brouillon=garde'));
	},
	abandonner: async (event) => {
		const { moment } = await received(event);
		await dropMomentDraft(event.locals.app.db, moment, signedIn(event.locals).id);
		redirect(303, withSearch(event.url, 'fait=abandonne'));
	},
	publier: async (event) => {
		const { moment, typed, version } = await received(event);
		const { words, errors } = await wordsTyped(event.locals.app.db, moment, typed);
		if (!words) return fail(400, failed(moment, { typed, version, errors }));
		return publishing(event, moment, words, { typed, version });
	},
	garder: async (event) => {
		const { moment, typed, version, champ } = await received(event);
		return deciding(event, moment, { own: kept(moment, champ) }, { typed, version }, 'garde');
	},
	reprendre: async (event) => {
		const { moment, typed, version, champ } = await received(event);
		const own = champ === 'tout' ? noVariant : without(moment.own, champ);
		return deciding(event, moment, { own }, { typed, version }, 'repris');
	}
};

interface Sent {
	typed: Start['typed'];
	version: number;
}

function failed(moment: EditableMoment, sent: Sent & { errors: Record<string, string> }) {
	return { ...sent, labels: momentLabels(sent.typed, moment.variantOf === null ? undefined : moment.common) };
}

/** A commune keeps its words, or takes the common ones: no form was typed. */
async function deciding(event: RequestEvent, moment: EditableMoment, words: Words, sent: Sent, said: string) {
	if (moment.variantOf === null) error(404, 'Le texte commun n’est celui d’aucune commune.');
	return publishing(event, moment, words, { ...sent, typed: startOf(moment).typed }, said);
}

/** Publishes. Someone who published meanwhile is told of, and nothing typed is lost. */
async function publishing(
	{ locals, params, url }: RequestEvent,
	moment: EditableMoment,
	words: Words,
	{ typed, version }: Sent,
	said = 'publie'
) {
	const { db } = locals.app;
	const account = signedIn(locals);
	try {
		if ('common' in words) await publishMoment(db, { ...moment, version }, words.common, account);
		else
			await publishOwnWords(db, { ...moment, version }, words.own, account, {
				keepsDraft: said !== 'publie'
			});
	} catch (problem) {
		if (problem instanceof ArchivedError) {
			await keepMomentDraft(db, moment, account.id, { typed, version });
			return fail(409, { typed, version, archived: true });
		}
		if (!(problem instanceof ConflictError)) throw problem;
		const present = await momentOf(locals, params.moment, url);
		return fail(409, await withMeanwhile(db, present, words, version, account.id));
	}
	redirect(303, withSearch(url, `fait=${said}`));
}
