import { error } from '@sveltejs/kit';
import { normaliseCode } from '#lib/domain/codes.ts';
import { findSupport, type Support } from '#lib/server/codes/supports.ts';
import { signedIn } from '../../signed-in.ts';

/** The code of this address, when whoever asks follows it; it isn't there for anyone else. */
export async function supportOf(locals: App.Locals, typed: string): Promise<Support> {
	const code = normaliseCode(typed);
	const support = code === undefined ? undefined : await findSupport(locals.app.db, signedIn(locals), code);
	if (!support) error(404, 'Ce code n’existe pas, ou mène dans une autre commune.');
	return support;
}
