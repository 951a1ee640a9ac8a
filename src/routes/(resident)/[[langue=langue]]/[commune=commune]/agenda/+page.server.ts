import { error } from '@sveltejs/kit';
import { addToMonth, daysOf, monthGrid, readMonth } from '#lib/domain/agenda/month.ts';
import { cancellationOf, monthHeading, monthTitle, timesWords } from '#lib/domain/agenda/phrases.ts';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { pathTo } from '#lib/domain/paths.ts';
import { listAgendaThemes, readAgenda, readMonthOf } from '#lib/server/agenda/reading.ts';
import { findContact } from '#lib/server/contacts.ts';
import { listPublishedAnswers } from '#lib/server/enquiries/published.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { listThemeServices } from '#lib/server/services.ts';
import { findTheme, listSections, listThemes, shownTheme } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import { groupSections, mostAnswers } from '../[theme]/sections.ts';
import type { PageServerLoad } from './$types';

/** How many events a page of the agenda shows, and entries below them. */
const shownAtOnce = 20;

/** The theme `agenda`: its page is the agenda of the place, then the entries of that theme. */
export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db, settings } = locals.app;
	const { place, commune } = await parent();
	const theme = await findTheme(db, 'agenda', commune?.slug);
	if (!theme) error(404, await notFoundIn(db, commune));
	const reading = await readingOf(db, place.slug);
	const today = dateOf(reading.at);

	const used = await listAgendaThemes(db, place.slug);
	const themes = (await listThemes(db, commune?.slug)).filter(({ slug }) => used.includes(slug));
	const chosen = themes.find(({ slug }) => slug === url.searchParams.get('theme'));
	const month = readMonth(url.searchParams.get('mois') ?? '', today);
	const agenda = await readAgenda(db, place.slug, chosen?.slug);
	const pages = Math.max(1, Math.ceil(agenda.cards.length / shownAtOnce));
	const asked = Number(url.searchParams.get('page') ?? 1);
	const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, pages) : 1;
	const cards = agenda.cards.slice((page - 1) * shownAtOnce, page * shownAtOnce);

	const isFirst = month === undefined && page === 1 && chosen === undefined;
	const listed = isFirst
		? (await listThemeServices(db, theme.slug, commune?.slug))
				.slice(0, shownAtOnce)
				.map(({ service, section }) => ({
					section,
					fiche: ficheOf(service, reading)
				}))
		: [];
	const contact = await findContact(db, theme.contact_id, commune);
	const voice = contact && ficheOf(contact, reading);
	if (!url.search)
		locals.freshUntil = freshUntil(reading.at, [
			...listed.map(({ fiche }) => fiche.changes),
			voice?.changes,
			...agenda.changes
		]);
	const here = pathTo(place.slug, 'agenda');
	const addressOf = (wanted: { mois?: string | undefined; theme?: string | undefined }) => {
		const query = new URLSearchParams(
			Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
		).toString();
		return query === '' ? here : `${here}?${query}`;
	};
	return scriptless({
		theme: shownTheme(theme),
		here,
		query: chosen === undefined ? '' : `theme=${chosen.slug}`,
		isWhole: !url.search,
		views: {
			list: addressOf({ theme: chosen?.slug }),
			month: addressOf({ mois: month ?? today.slice(0, 7), theme: chosen?.slug })
		},
		themes: [
			{ slug: null, nom: null, href: addressOf({ mois: month }), isChosen: chosen === undefined },
			...themes.map(({ slug, nom }) => ({
				slug,
				nom,
				href: addressOf({ mois: month, theme: slug }),
				isChosen: slug === chosen?.slug
			}))
		],
		chosen: chosen ? { nom: chosen.nom } : null,
		groups: [...Map.groupBy(cards, ({ jour }) => (jour ?? '').slice(0, 7))].map(([mois, group]) => ({
			mois,
			titre: monthHeading(mois),
			cards: group
		})),
		projets: page === 1 && month === undefined ? agenda.projets : [],
		month: month === undefined ? null : await monthOf(month),
		sections: groupSections(await listSections(db, theme.slug), listed),
		answers: isFirst ? (await listPublishedAnswers(db, theme.slug, commune?.slug)).slice(0, mostAnswers) : [],
		// Whoever scanned reads whom to call on the first screen, as on the page of any theme.
		lead: isFirst ? voice : null,
		contact: voice,
		page,
		pages,
		feed: {
			webcal: `${settings.origin.replace(/^https?:/, 'webcal:')}${pathTo(place.slug, 'agenda.ics')}`,
			address: `${settings.origin}${pathTo(place.slug, 'agenda.ics')}`
		}
	});

	async function monthOf(month: string) {
		const dates = await readMonthOf(db, place.slug, { ...daysOf(month), theme: chosen?.slug });
		const around = (months: number) => {
			const other = readMonth(addToMonth(month, months), today);
			return other === undefined
				? null
				: { href: addressOf({ mois: other, theme: chosen?.slug }), nom: monthTitle(other) };
		};
		return {
			titre: monthHeading(month),
			nom: monthTitle(month),
			before: around(-1),
			after: around(1),
			empty: dates.length === 0,
			weeks: monthGrid(month, dates).map((week) =>
				week.map(({ date, isOfMonth, events }) => ({
					date,
					isOfMonth,
					isToday: date === today,
					jour: formatDate(date),
					numero: Number(date.slice(8)),
					events: events.map((one) => ({
						key: `${one.chemin} ${one.debut}`,
						chemin: one.chemin,
						titre: one.titre,
						heures: timesWords(one) ?? null,
						annule: cancellationOf(one.annulation)
					}))
				}))
			)
		};
	}
};
