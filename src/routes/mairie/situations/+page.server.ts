import { error, fail, redirect } from '@sveltejs/kit';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { changedMoments } from '#lib/server/editing/moments/beneath.ts';
import { momentScope } from '#lib/server/editing/moments/editable.ts';
import { listUnreadMoments } from '#lib/server/editing/moments/life.ts';
import {
	followCommonMomentOrder,
	hasOwnMomentOrder,
	listPlacedMoments,
	moveMoment,
	setMomentHidden
} from '#lib/server/editing/moments/placement.ts';
import { moves } from '#lib/server/editing/placement.ts';
import type { KnownMoment } from '#lib/server/moments.ts';
import { formOf, textOf } from '../../form.ts';
import { communeSearch, withSearch } from '../fiches/editable-of.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** How many situations a home shows. */
const onHome = 6;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const scope = await scopeOf(locals, url);
	const communes = await listCommunes(db);
	const here = communes.find(({ slug }) => slug === scope);
	const { shown, hidden } = await listPlacedMoments(db, scope);
	const changed = scope === null ? [] : await changedMoments(db, [scope]);
	const search = communeSearch(url);
	const lineOf = ({ slug, state, isVaried }: KnownMoment) => ({
		slug,
		nom: state.nom,
		accroche: state.accroche,
		urgence: state.urgence,
		isVaried,
		hasChanged: changed.some(({ path }) => path.startsWith(`/mairie/situations/${slug}?`)),
		path: `/mairie/situations/${slug}${search}`
	});
	const isAdministration = account.role === 'administration';
	const switchable = isAdministration
		? communes
		: communes.filter(({ slug }) => account.communes.includes(slug));
	const unread = scope === null ? await listUnreadMoments(db) : [];
	return {
		isAdministration,
		commune: here ? { slug: here.slug, nom: here.nom, lieu: here.lieu } : null,
		search,
		onHome,
		shown: shown.map(lineOf),
		hidden: hidden.map(lineOf),
		drafts: unread.filter(({ archivedAt }) => archivedAt === null),
		archived: unread.flatMap(({ archivedAt, slug, nom }) =>
			archivedAt === null ? [] : [{ slug, nom, since: formatDate(dateOf(Date.parse(archivedAt)), 'annee') }]
		),
		communes:
			isAdministration || switchable.length > 1 ? switchable.map(({ slug, nom }) => ({ slug, nom })) : [],
		ownOrder: await hasOwnMomentOrder(db, scope),
		page: pathTo(scope ?? baseScope, 'moments'),
		done: url.searchParams.get('fait'),
		/** The situation that was just moved, or shown again. */
		placed: url.searchParams.get('situation')
	};
};

export const actions: Actions = {
	deplacer: async (event) => {
		const { scope, slug, form } = await received(event);
		const wanted = moves.find((one) => one === textOf(form, 'sens'));
		if (!wanted) return fail(400, { problem: 'Choisissez : monter, descendre, ou mettre en premier.' });
		if (!(await moveMoment(event.locals.app.db, scope, slug, wanted, signedIn(event.locals)))) notThere();
		back(event, `s-${slug}`, `range&situation=${encodeURIComponent(slug)}`);
	},
	cacher: async (event) => {
		const { commune, slug } = await ofCommune(event);
		if (!(await setMomentHidden(event.locals.app.db, commune, slug, true, signedIn(event.locals))))
			return fail(400, { problem: 'Cette situation ne peut pas être cachée : une urgence reste partout.' });
		back(event, 'liste', 'cache');
	},
	montrer: async (event) => {
		const { commune, slug } = await ofCommune(event);
		if (!(await setMomentHidden(event.locals.app.db, commune, slug, false, signedIn(event.locals))))
			notThere();
		back(event, `s-${slug}`, `montre&situation=${encodeURIComponent(slug)}`);
	},
	ordre: async (event) => {
		const { commune } = await ofCommune(event);
		await followCommonMomentOrder(event.locals.app.db, commune, signedIn(event.locals));
		back(event, 'liste', 'ordre');
	}
};

/** The commune whose list it is; null for the common one. */
async function scopeOf(locals: App.Locals, url: URL): Promise<string | null> {
	const wanted = url.searchParams.get('commune') ?? undefined;
	const scope = await momentScope(locals.app.db, signedIn(locals), wanted);
	if (scope === undefined) error(404, 'Cette commune n’existe pas, ou n’est pas la vôtre.');
	return scope;
}

async function received({ locals, url, request }: RequestEvent) {
	const scope = await scopeOf(locals, url);
	const form = await formOf(request);
	return { scope, slug: textOf(form, 'situation'), form };
}

/** The same, for what only a commune does. */
async function ofCommune(event: RequestEvent) {
	const { scope, slug } = await received(event);
	if (scope === null) error(404, 'Une situation se cache commune par commune.');
	return { commune: scope, slug };
}

function notThere(): never {
	error(404, 'Cette situation n’est pas dans la liste.');
}

/** Goes back to this place of the page, which says what was done. */
function back({ url }: RequestEvent, anchor: string, done: string): never {
	redirect(303, `${withSearch(url, `fait=${done}`)}#${encodeURIComponent(anchor)}`);
}
