import { fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { archiveMoment, restoreMoment } from '#lib/server/editing/moments/life.ts';
import { momentsIn } from '#lib/server/moments.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { commonMomentOf } from '../../editable-moment.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { id, slug, common, isPublished, archive } = await commonMomentOf(locals, params.moment, url);
	return {
		nom: common.nom,
		isPublished,
		archive: archive && { who: archive.who, when: formatMoment(archive.at) },
		page: pathTo(baseScope, 'moments', slug),
		successor: String(archive?.successor ?? ''),
		successors: await successorsOf(locals.app.db, id),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	archiver: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const moment = await commonMomentOf(locals, params.moment, url);
		const chosen = textOf(await formOf(request), 'remplacante');
		const allowed = await successorsOf(db, moment.id);
		if (chosen !== '' && !allowed.some(({ code }) => code === chosen))
			return fail(400, { typed: chosen, errors: { remplacante: 'Choisissez dans la liste.' } });
		await archiveMoment(db, moment, signedIn(locals), chosen === '' ? null : Number(chosen));
		redirect(303, `${url.pathname}?fait=archivee`);
	},
	remettre: async ({ locals, params, url }) => {
		const moment = await commonMomentOf(locals, params.moment, url);
		await restoreMoment(locals.app.db, moment, signedIn(locals));
		redirect(303, `${url.pathname}?fait=remise`);
	}
};

/** The situations that may replace this one: those that people read. */
async function successorsOf(db: Db, id: number) {
	const others = (await momentsIn(db)).filter((one) => one.id !== id);
	return others.map(({ id, state }) => ({ code: String(id), fr: state.nom }));
}
