import { formatDate, formatList } from '#lib/domain/dates.ts';
import type { FieldName } from '#lib/domain/editing/fields.ts';
import { closuresAhead } from '#lib/domain/fiche.ts';
import { allLines } from '#lib/domain/freshness/summary.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { formatPhone } from '#lib/domain/phone.ts';
import type { Service } from '#lib/domain/service.ts';
import { findCommune, listCommunes } from '#lib/server/communes.ts';
import { keeps } from '#lib/server/freshness/due.ts';
import { communeNames } from '#lib/server/freshness/names.ts';
import type { Person } from '#lib/server/freshness/people.ts';
import { listReviews } from '#lib/server/freshness/reviews.ts';
import { readingOf, today } from '#lib/server/reading.ts';
import { findServiceById, listServicesAnywhere } from '#lib/server/services.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

/** What the form calls otherwise than people who never saw it would. */
const paperLabels: Partial<Record<FieldName, string>> = { resume: 'En une phrase' };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const wanted = url.searchParams.get('commune') ?? '';
	const nameOf = await communeNames(db);
	const kept = (await listReviews(db, today())).filter(
		(review) =>
			keeps(account, review) &&
			review.standing !== 'a-completer' &&
			(wanted === '' || (review.commune ?? baseScope) === wanted)
	);
	const due = kept.filter(({ isDue }) => isDue);
	const isDueOnly = url.searchParams.get('quoi') === 'retard';
	const reviews = isDueOnly ? due : kept;
	const services = new Map(
		(
			await listServicesAnywhere(
				db,
				reviews.map(({ id }) => id)
			)
		).map((service) => [service.id, service])
	);
	const reading = await readingOf(db, baseScope);
	const entries = reviews.flatMap(({ id, slug, nom, commune, verification, people }) => {
		const service = services.get(id);
		return service === undefined
			? []
			: {
					slug,
					nom,
					people: people.first,
					where: nameOf(commune),
					verified: verification
						? `Vérifiée le ${formatDate(verification.on, 'annee')} par ${verification.by}`
						: 'Jamais vérifiée',
					facts: factsOf(service, closuresAhead(service, reading))
				};
	});
	return {
		wanted,
		isDueOnly,
		dueCount: due.length,
		printedOn: formatDate(today(), 'annee'),
		scope: wanted === '' ? null : wanted === baseScope ? 'Fiches communes' : nameOf(wanted),
		communes:
			account.role === 'administration'
				? [{ slug: baseScope, nom: 'Fiches communes' }, ...(await listCommunes(db))].map(({ slug, nom }) => ({
						slug,
						nom
					}))
				: [],
		returnTo: await whereToReturn(locals, account.role === 'mairie' ? account.communes[0] : undefined),
		keepers: keepersOf(entries)
	};
};

/** All that people read of an entry, and when it will be closed. */
function factsOf(service: Service, closures: readonly string[]) {
	return [
		...allLines(service).map(({ name, label, words }) => ({
			name,
			label: paperLabels[name] ?? label,
			// Narrow spaces all but vanish once printed: pairs must be told apart.
			words: name === 'telephone' || name === 'sms' ? words.replaceAll('\u202f', '\u00a0') : words
		})),
		...(closures.length > 0 ? [{ name: 'fermetures', label: 'Fermetures', words: closures.join('\n') }] : [])
	];
}

/**
 * The sheets of each person, to be handed to them; those nobody keeps come last. A person is told by an address: two who
 * bear one name have their own sheets, and their address beside it.
 */
function keepersOf<Sheet extends { people: readonly Person[] }>(sheets: readonly Sheet[]) {
	const keepers = [
		...Map.groupBy(sheets, ({ people }) =>
			people
				.map(({ courriel }) => courriel)
				.sort()
				.join(' ')
		)
	].map(([id, sheets]) => {
		const people = sheets[0]?.people ?? [];
		return {
			id,
			nom: formatList(people.map(({ nom }) => nom)),
			mails: people.map(({ courriel }) => courriel).join(', '),
			sheets: sheets.map(({ people: _people, ...sheet }) => sheet)
		};
	});
	return keepers
		.map(({ mails, ...keeper }) => ({
			...keeper,
			mails: keepers.some(({ id, nom }) => nom === keeper.nom && id !== keeper.id) ? mails : null
		}))
		.sort(
			(a, b) =>
				Number(a.id === '') - Number(b.id === '') ||
				a.nom.localeCompare(b.nom, 'fr') ||
				a.id.localeCompare(b.id)
		);
}

/** Who takes the sheet back once it is filled: the mairie of whoever prints it, else the territory's house. */
async function whereToReturn({ app: { db } }: App.Locals, commune: string | undefined): Promise<string> {
	const mairie = commune === undefined ? undefined : (await findCommune(db, commune))?.mairie_id;
	const service = await findServiceById(db, mairie ?? null, commune);
	const { nom, adresse } = await getTerritory(db);
	if (!service) return [nom, adresse].filter(Boolean).join(', ');
	return [
		service.nom,
		service.adresse,
		[service.code_postal, service.ville].filter(Boolean).join(' '),
		service.telephone && formatPhone(service.telephone),
		service.courriel
	]
		.filter(Boolean)
		.join(', ');
}
