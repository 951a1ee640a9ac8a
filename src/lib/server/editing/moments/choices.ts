import type { MomentChoices } from '#lib/domain/moments/form.ts';
import type { MomentState, OwnStep } from '#lib/domain/moments/state.ts';
import { momentWarnings } from '#lib/domain/moments/warnings.ts';
import { stepSourceLink } from '#lib/domain/sources.ts';
import type { Db } from '../../database/schema.ts';
import { readMerged } from '../../merged.ts';
import { search } from '../../search/search.ts';
import { findServiceById, listServicesAnywhere, listServicesById } from '../../services.ts';
import { listThemes } from '../../themes.ts';
import { listReadableWith } from '../choices.ts';
import type { EditableMoment } from './editable.ts';

/** Most entries offered for a search: what one reads at a glance. */
const mostFound = 8;

/** The entries that a step may name for these words, the best first: those that whoever reads the situation reads too. */
export async function findEntriesFor(
	db: Db,
	q: string,
	commune: string | null
): Promise<{ code: string; fr: string }[]> {
	const { ids } = await search(db, { q: q.slice(0, 200), commune: commune ?? undefined, limit: 100 });
	const services =
		commune === null
			? (await listServicesAnywhere(db, ids)).filter((service) => service.commune === null)
			: await listServicesById(db, ids, commune);
	return services.slice(0, mostFound).map(({ id, nom }) => ({ code: String(id), fr: nom }));
}

/** What the form of a situation may choose: entries read where it is read, and those that it names already. */
export async function momentChoices(
	db: Db,
	{ variantOf, common, own }: EditableMoment
): Promise<MomentChoices & { names: Readonly<Record<string, string>> }> {
	const entries = await listReadableWith(db, undefined, variantOf);
	const steps: (MomentState['etapes'][number] | OwnStep)[] = [...common.etapes, ...own.ajouts];
	const named = new Set([common.appeler, ...steps.map(({ fiche }) => fiche)].map(String));
	const offered = new Set(
		entries.filter(({ code, former }) => !former || named.has(code)).map(({ code }) => code)
	);
	const themes = new Set((await listThemes(db)).map(({ slug }) => slug));
	const follow = await readMerged(db);
	return {
		hasTheme: (slug) => themes.has(slug),
		// A form may have been filled before its entry was made into another.
		hasEntry: (id) => offered.has(String(follow(id))),
		names: Object.fromEntries(
			entries.map(({ code, fr, former }) => [code, former ? `${fr} (n’est plus en ligne ici)` : fr])
		)
	};
}

/** What should be looked at again before a situation is published there, in sentences. */
export async function warningsOn(
	db: Db,
	state: Pick<MomentState, 'introduction' | 'etapes'>,
	commune: string | null
): Promise<string[]> {
	const entries = new Map(
		await Promise.all(
			state.etapes.map(
				async ({ cle, fiche }) => [cle, await findServiceById(db, fiche, commune ?? undefined)] as const
			)
		)
	);
	return momentWarnings(
		state,
		({ cle, source_lien }) => stepSourceLink(source_lien, entries.get(cle) ?? null) !== null,
		{ isCommune: commune !== null }
	);
}
