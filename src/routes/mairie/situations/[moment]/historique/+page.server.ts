import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { momentDifferences, type Names } from '#lib/domain/moments/differences.ts';
import { type MomentState, type MomentVariant, rebased } from '#lib/domain/moments/state.ts';
import { type EditableMoment, momentNames } from '#lib/server/editing/moments/editable.ts';
import { readWith, type Words } from '#lib/server/editing/moments/meanwhile.ts';
import { publishMoment, publishOwnWords } from '#lib/server/editing/moments/publish.ts';
import { listMomentRevisions, type MomentRevision } from '#lib/server/editing/moments/revisions.ts';
import { ArchivedError, ConflictError } from '#lib/server/editing/publish.ts';
import { formOf, textOf } from '../../../../form.ts';
import { communeSearch, withSearch } from '../../../fiches/editable-of.ts';
import { signedIn } from '../../../signed-in.ts';
import { momentOf } from '../../editable-moment.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const moment = await momentOf(locals, params.moment, url);
	const names = await momentNames(db);
	const revisions = await listMomentRevisions(db, moment.id, moment.variantOf);
	const states = revisions.map((revision, i) => ({
		id: revision.id,
		when: formatMoment(revision.at),
		who: revision.who === 'amorce' ? 'L’annuaire, à sa création' : revision.who,
		...toldOf(moment, revision, revisions[i + 1], names),
		isPresent: i === 0 && moment.isPublished && !moment.archive,
		canRestore: i > 0 && canRestore(moment, revision),
		differences: momentDifferences(readWith(moment), readWith(moment, wordsOf(moment, revision)), names)
	}));
	const wanted = url.searchParams.get('version');
	const chosen = states.find((one) => one.canRestore && String(one.id) === wanted);
	if (wanted !== null && !chosen) error(404, 'Cet état de la situation n’existe pas.');
	return {
		nom: moment.common.nom,
		search: communeSearch(url),
		version: moment.version,
		done: url.searchParams.has('retabli'),
		chosen: chosen && {
			id: String(chosen.id),
			when: chosen.when,
			who: chosen.who,
			changes: chosen.differences
		},
		states: states.map(({ differences, ...state }) => ({
			...state,
			changes: differences.map(({ label }) => label)
		}))
	};
};

/** What a state says from now on: a commune's words stand over the common text of today. */
function wordsOf({ variantOf, common }: EditableMoment, { state }: MomentRevision): Words {
	return variantOf === null
		? { common: state as MomentState }
		: { own: rebased(state as MomentVariant, common) };
}

/** A situation was begun without its steps: nobody ever read it so. */
function canRestore({ variantOf, archive }: EditableMoment, { state }: MomentRevision): boolean {
	if (archive) return false;
	return variantOf !== null || (state as MomentState).etapes.length > 0;
}

/** What a state changed of the one before. */
function toldOf(
	moment: EditableMoment,
	now: MomentRevision,
	before: MomentRevision | undefined,
	names: Names
) {
	const read = (revision: MomentRevision) => readWith(moment, wordsOf(moment, revision));
	return {
		isFirst: !before,
		changed: before ? momentDifferences(read(before), read(now), names) : []
	};
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const moment = await momentOf(locals, params.moment, url);
		const form = await formOf(request);
		const wanted = Number(textOf(form, 'etat'));
		const revision = (await listMomentRevisions(db, moment.id, moment.variantOf)).find(
			({ id }) => id === wanted
		);
		if (!revision || !canRestore(moment, revision)) error(404, 'Cet état de la situation n’existe pas.');
		const words = wordsOf(moment, revision);
		const changes = momentDifferences(readWith(moment), readWith(moment, words), await momentNames(db));
		if (changes.length === 0) return fail(400, { unchanged: true });
		const editable = { ...moment, version: Number(textOf(form, 'version')) };
		const by = signedIn(locals);
		try {
			if ('common' in words) await publishMoment(db, editable, words.common, by);
			else await publishOwnWords(db, editable, words.own, by, { keepsDraft: true });
		} catch (problem) {
			if (problem instanceof ArchivedError)
				error(409, 'Cette situation est archivée : remettez-la d’abord en ligne.');
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de publier cette situation : revenez à son histoire, et recommencez.');
		}
		redirect(303, withSearch(url, 'retabli=oui'));
	}
};
