import { error } from '@sveltejs/kit';
import { type DoneCensus, findWaiting, listDone, type WaitingCensus } from '#lib/server/census/census.ts';
import { signedIn } from '../../signed-in.ts';

/** The file of this number that waits for the person, or undefined. */
export async function findMine(locals: App.Locals, numero: string): Promise<WaitingCensus | undefined> {
	return findWaiting(locals.app.db, signedIn(locals), numberOf(numero));
}

/** The same; otherwise 404, whether or not it exists. */
export async function mineOf(locals: App.Locals, numero: string): Promise<WaitingCensus> {
	const census = await findMine(locals, numero);
	if (!census) error(404, 'Cet import n’existe pas, ou n’est pas le vôtre.');
	return census;
}

/** The import of this number that was made and that the person may see, or undefined. */
export async function findDone(locals: App.Locals, numero: string): Promise<DoneCensus | undefined> {
	const done = await listDone(locals.app.db, signedIn(locals));
	return done.find(({ id }) => id === numberOf(numero));
}

/** The number that an address holds; 0, which no import has, for anything else. */
function numberOf(numero: string): number {
	return /^[1-9]\d{0,14}$/.test(numero) ? Number(numero) : 0;
}
