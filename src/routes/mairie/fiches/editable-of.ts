import { error, redirect } from '@sveltejs/kit';
import { type Editable, findEditable } from '#lib/server/editing/editable.ts';
import { findRenamed } from '#lib/server/editing/slugs.ts';
import { signedIn } from '../signed-in.ts';

/**
 * The entry of this address, that the person may change; otherwise 404, whether or not it exists. An address that it had
 * before leads to the present one.
 */
export async function editableOf(locals: App.Locals, slug: string, url: URL): Promise<Editable> {
	const commune = url.searchParams.get('commune') ?? undefined;
	const account = signedIn(locals);
	const editable = await findEditable(locals.app.db, account, slug, commune);
	if (editable) return editable;
	const renamed = await findRenamed(locals.app.db, slug);
	const present = renamed && (await findEditable(locals.app.db, account, renamed.slug, commune));
	if (!present) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	// A form still open at the former address is sent whole to the present one.
	redirect(308, url.pathname.replace(`/fiches/${slug}`, `/fiches/${present.slug}`) + url.search);
}

/** The same, where the person may change the entry itself: a commune's words on a shared one are not enough. */
export async function wholeOf(locals: App.Locals, slug: string, url: URL): Promise<Editable> {
	const editable = await editableOf(locals, slug, url);
	if (editable.variantOf !== null) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	return editable;
}

/** The commune that the address names, for whoever speaks for several: `?commune=` and its slug, or nothing. */
export function communeSearch(url: URL): string {
	const commune = url.searchParams.get('commune');
	return commune === null ? '' : `?commune=${encodeURIComponent(commune)}`;
}

/** The address of the same page, said to have done something: `publie=oui` after what names the commune. */
export function withSearch(url: URL, done: string): string {
	const search = communeSearch(url);
	return `${url.pathname}${search === '' ? '?' : `${search}&`}${done}`;
}
