import { error } from '@sveltejs/kit';
import { type Editable, findEditable } from '#lib/server/editing/editable.ts';
import { signedIn } from '../signed-in.ts';

/** The entry of this address, that the person may change; otherwise 404, whether or not it exists. */
export async function editableOf(locals: App.Locals, slug: string, url: URL): Promise<Editable> {
	const commune = url.searchParams.get('commune') ?? undefined;
	const editable = await findEditable(locals.app.db, signedIn(locals), slug, commune);
	if (!editable) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	return editable;
}

/** The commune that the address names, for whoever speaks for several: `?commune=` and its slug, or nothing. */
export function communeSearch(url: URL): string {
	const commune = url.searchParams.get('commune');
	return commune === null ? '' : `?commune=${encodeURIComponent(commune)}`;
}
