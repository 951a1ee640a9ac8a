import { error, fail, redirect } from '@sveltejs/kit';
import {
	followCommonOrder,
	moveEntry,
	moves,
	setHidden,
	type ThemePlace
} from '#lib/server/editing/placement.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { editableThemeOf } from '../editable-theme.ts';
import type { RequestEvent } from './$types';

/** Moves an entry one place, or to the first; the page comes back on it. */
export async function move(event: RequestEvent) {
	const { place, slug, form } = await received(event);
	const wanted = moves.find((one) => one === textOf(form, 'sens'));
	if (!wanted) return fail(400, { order: 'Choisissez : monter, descendre, ou mettre en premier.' });
	const { db } = event.locals.app;
	if (!(await moveEntry(db, place, slug, wanted, signedIn(event.locals)))) notThere();
	back(event, `f-${slug}`, `range&fiche=${encodeURIComponent(slug)}`);
}

/** Hides a shared entry in the commune. */
export async function hide(event: RequestEvent) {
	const { place, slug } = await received(event);
	const isDone = await setHidden(event.locals.app.db, place, slug, true, signedIn(event.locals));
	if (!isDone) return fail(400, { order: 'Cette fiche ne peut pas être cachée ici.' });
	back(event, 'ordre', 'cache');
}

/** Shows a hidden entry again. */
export async function show(event: RequestEvent) {
	const { place, slug } = await received(event);
	if (!(await setHidden(event.locals.app.db, place, slug, false, signedIn(event.locals)))) notThere();
	back(event, `f-${slug}`, `montre&fiche=${encodeURIComponent(slug)}`);
}

/** The commune follows the common order again. */
export async function followOrder(event: RequestEvent) {
	const { place } = await received(event);
	await followCommonOrder(event.locals.app.db, place, signedIn(event.locals));
	back(event, 'ordre', 'ordre');
}

async function received({ locals, params, url, request }: RequestEvent) {
	const { slug: theme, variantOf } = await editableThemeOf(locals, params.theme, url);
	const form = await formOf(request);
	const place: ThemePlace = { theme, commune: variantOf };
	return { place, slug: textOf(form, 'fiche'), form };
}

function notThere(): never {
	error(404, 'Cette fiche n’est pas sur la page de ce thème.');
}

/** Goes back to this place of the page, which says what was done. */
function back({ url }: RequestEvent, anchor: string, done: string): never {
	const commune = url.searchParams.get('commune');
	const search = commune === null ? '' : `commune=${encodeURIComponent(commune)}&`;
	redirect(303, `${url.pathname}?${search}fait=${done}#${encodeURIComponent(anchor)}`);
}
