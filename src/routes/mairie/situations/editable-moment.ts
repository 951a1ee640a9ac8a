import { error, redirect } from '@sveltejs/kit';
import { type EditableMoment, findEditableMoment } from '#lib/server/editing/moments/editable.ts';
import { findRenamedMoment } from '#lib/server/moment-addresses.ts';
import { signedIn } from '../signed-in.ts';

const absent = 'Cette situation n’existe pas, ou n’est pas la vôtre.';

/**
 * The situation of this address, that the person may change; otherwise 404, whether or not it exists. An address that it had
 * before leads to the present one.
 */
export async function momentOf(locals: App.Locals, slug: string, url: URL): Promise<EditableMoment> {
	const commune = url.searchParams.get('commune') ?? undefined;
	const account = signedIn(locals);
	const moment = await findEditableMoment(locals.app.db, account, slug, commune);
	if (moment) return moment;
	const present = await findRenamedMoment(locals.app.db, slug);
	if (present === undefined || !(await findEditableMoment(locals.app.db, account, present, commune)))
		error(404, absent);
	// A form still open at the former address is sent whole to the present one.
	redirect(308, url.pathname.replace(`/situations/${slug}`, `/situations/${present}`) + url.search);
}

/** The same, where the person may change the common words. */
export async function commonMomentOf(locals: App.Locals, slug: string, url: URL): Promise<EditableMoment> {
	const moment = await momentOf(locals, slug, url);
	if (moment.variantOf !== null) error(404, absent);
	return moment;
}
