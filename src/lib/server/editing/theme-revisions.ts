import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import type { Editor } from './revisions.ts';

/** A state of a theme's common words, or of a commune's introduction, that people could read. */
export interface ThemeRevision {
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	/** The common words, or the commune's introduction with its `mode`; nothing where it followed the common one. */
	state: Record<string, unknown>;
}

/** The states of a theme's common words (`commune` null), or of what a commune says of it, the newest first. */
export async function listThemeRevisions(
	db: Db,
	theme: string,
	commune: string | null
): Promise<ThemeRevision[]> {
	const rows = await db
		.selectFrom('theme_revision')
		.select(['id', 'at', 'who', 'state'])
		.where('theme', '=', theme)
		.where('commune', 'is', commune)
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ state, ...row }) => ({ ...row, state: JSON.parse(state) as Record<string, unknown> }));
}

/** The last state that a form depends on: the common words', or for a commune its own too. Undefined before the first edit. */
export async function lastThemeRevision(db: Db, theme: string, commune: string | null) {
	return db
		.selectFrom('theme_revision')
		.select(['id', 'who'])
		.where('theme', '=', theme)
		.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', 'is', commune)]))
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Keeps a state in the history, for ever. `at` is ISO 8601, now unless it is told. */
export async function keepThemeRevision(
	db: Db,
	theme: string,
	commune: string | null,
	state: object,
	by: Editor | string,
	at = new Date(now()).toISOString()
): Promise<void> {
	await db
		.insertInto('theme_revision')
		.values({
			theme,
			commune,
			at,
			account_id: typeof by === 'string' ? null : by.id,
			who: typeof by === 'string' ? by : by.nom,
			state: JSON.stringify(state)
		})
		.execute();
}
