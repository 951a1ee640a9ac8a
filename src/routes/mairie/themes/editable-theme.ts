import { error } from '@sveltejs/kit';

import { type EditableTheme, findEditableTheme } from '#lib/server/editing/themes.ts';
import { signedIn } from '../signed-in.ts';

/** The theme of this address, that the person may change; otherwise 404, whether or not it exists. */
export async function editableThemeOf(locals: App.Locals, slug: string, url: URL): Promise<EditableTheme> {
	const commune = url.searchParams.get('commune') ?? undefined;
	const theme = await findEditableTheme(locals.app.db, signedIn(locals), slug, commune);
	if (!theme) error(404, 'Ce thème n’existe pas, ou n’est pas le vôtre.');
	return theme;
}
