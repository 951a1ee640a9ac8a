import type { Reading } from '#lib/domain/fiche.ts';
import { ageFit, type Filters, fits, isFiltered, isOpenThen, readSaid } from '#lib/domain/search/filters.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Db } from '../database/schema.ts';
import { directoryOf } from '../directory.ts';
import { listServicesAnywhere, listServicesById, listThemeServices } from '../services.ts';
import { type Found, search } from './search.ts';

/** What a search gives: entries that answer, then others that may be of use. */
export interface Answers extends Pick<Found, 'suggestion' | 'corrected' | 'elsewhere'> {
	answers: Service[];
	others: Service[];
}

/** Most entries given for a search. */
const most = 200;

/**
 * What answers a question with what is chosen beside it, as read there and then: what is chosen leaves entries out; an age said
 * in the question brings first those of that age; « ouvert samedi » leaves out those that aren't. Without words, all that
 * is chosen. Undefined when nothing is asked.
 */
export async function findAnswers(
	db: Db,
	{ q, filters, commune }: { q: string; filters: Filters; commune: string | undefined },
	reading: Reading
): Promise<Answers | undefined> {
	const { age, opening, rest } = readSaid(q);
	if (rest === '' && opening === null && !isFiltered(filters)) return undefined;
	const inTheme =
		filters.theme === null
			? undefined
			: new Set((await listThemeServices(db, filters.theme, commune)).map(({ service }) => service.id));
	const isWanted = (service: Service) =>
		(inTheme?.has(service.id) ?? true) &&
		fits(service, filters, reading) &&
		(opening === null || isOpenThen(service, opening, reading));
	if (rest === '') {
		const { services } = await directoryOf(db, commune);
		return {
			answers: byAge(services.filter(isWanted), filters.age).slice(0, most),
			others: [],
			suggestion: undefined,
			corrected: false,
			elsewhere: []
		};
	}
	const found = await search(db, { q: rest, commune, limit: most });
	const services =
		commune === undefined
			? await listServicesAnywhere(db, found.ids)
			: await listServicesById(db, found.ids, commune);
	const sure = new Set(found.ids.slice(0, found.sure));
	const wanted = services.filter(isWanted);
	return {
		answers: byAge(
			wanted.filter(({ id }) => sure.has(id)),
			age ?? filters.age
		),
		others: wanted.filter(({ id }) => !sure.has(id)),
		suggestion: found.suggestion,
		corrected: found.corrected,
		elsewhere: found.elsewhere
	};
}

/** Those said to be for this age first, those said not to be last, in their order. */
function byAge(services: Service[], age: number | null): Service[] {
	return age === null ? services : services.toSorted((a, b) => ageFit(b, age) - ageFit(a, age));
}
