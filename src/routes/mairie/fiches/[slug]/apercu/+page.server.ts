import { type Facts, readForm } from '#lib/domain/editing/typing.ts';
import { type Draft, findDraft } from '#lib/server/editing/drafts.ts';
import { type Editable, factsAt } from '#lib/server/editing/editable.ts';
import { previewOf } from '#lib/server/editing/preview.ts';
import { findAccessibilityAudit, getTerritory } from '#lib/server/territory.ts';
import { signedIn } from '../../../signed-in.ts';
import { editableOf } from '../../editable-of.ts';
import type { PageServerLoad } from './$types';

/** The page as residents would read it, from what the person last kept or read over; else as it is. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { db, settings } = locals.app;
	const editable = await editableOf(locals, params.slug, url);
	const draft = await findDraft(db, editable, signedIn(locals).id);
	const facts = draft ? await factsOf(locals, editable, draft) : editable.facts;
	const { page, place } = await previewOf(db, editable, facts, settings.origin);
	const { nom, nom_court } = await getTerritory(db);
	return {
		page,
		place,
		territory: { nom, nom_court },
		audit: (await findAccessibilityAudit(db)) ?? null,
		origin: settings.origin,
		essai: settings.horloge !== undefined
	};
};

async function factsOf(
	{ app: { db } }: App.Locals,
	editable: Editable,
	{ typed, version }: Draft
): Promise<Facts> {
	return readForm(typed, await factsAt(db, editable, version), editable.form).facts;
}
