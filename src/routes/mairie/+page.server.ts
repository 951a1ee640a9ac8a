import { dateAnchor } from '#lib/domain/agenda/occurrences.ts';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { whenWords } from '#lib/domain/agenda/phrases.ts';
import { capitalised } from '#lib/domain/typography.ts';
import { listPastDates } from '#lib/server/agenda/attendance.ts';
import { listWaiting } from '#lib/server/census/census.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listChangedBeneath } from '#lib/server/editing/beneath.ts';
import { listDrafts } from '#lib/server/editing/drafts.ts';
import { listEditable, missingTelephone } from '#lib/server/editing/editable.ts';
import { listMomentDrafts } from '#lib/server/editing/moments/drafts.ts';
import { listLately } from '#lib/server/editing/lately.ts';
import { listEnquiries, pathToEnquiry } from '#lib/server/enquiries/enquiries.ts';
import { listDue } from '#lib/server/freshness/due.ts';
import { listProposalsFor } from '#lib/server/proposals/proposals.ts';
import { today } from '#lib/server/reading.ts';
import { signedIn } from './signed-in.ts';
import type { PageServerLoad } from './$types';

/** How it was published, where nobody did from a form. */
const causeWords = { import: 'importée', 'import-annule': 'import annulé' };

/** How many lines a task names; its own page has the others. */
const named = 5;
/** Beyond, a count says no more: there are many. */
const mostWritten = 200;
/** Signs of a question that a line shows. */
const longestLine = 80;

export const load: PageServerLoad = async ({ locals }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = await listCommunes(db);
	const nameOf = (slug: string) => communes.find((commune) => commune.slug === slug)?.nom ?? slug;
	const entries = await listEditable(db, account);
	const own = entries.filter(({ variantOf }) => variantOf === null);
	const published = own.filter(({ isPublished }) => isPublished);
	const incomplete = own.filter(({ missing }) => missing.length > 0);
	const written = await listEnquiries(db, account, 'a-repondre', mostWritten);
	return {
		written: shown(written, ({ id, kind, text, service, due, isLate }) => ({
			path: pathToEnquiry(id),
			nom: kind === 'signalement' ? (service?.nom ?? 'Une erreur signalée') : excerpt(text),
			detail: `${kind === 'signalement' ? 'une erreur signalée, ' : ''}${isLate ? 'en retard depuis le' : 'à répondre au plus tard le'} ${formatDate(due, 'jour')}`
		})),
		proposals: shown(await listProposalsFor(db, account), ({ path, nom, who, since }) => ({
			path,
			nom,
			detail: `proposé par ${who}, le ${day(since)}`
		})),
		due: shown(await listDue(db, account), ({ path, nom, since, isLeft }) => ({
			path,
			nom,
			detail: isLeft
				? `personne ne répond : à vérifier depuis le ${formatDate(since, 'annee')}`
				: `à vérifier depuis le ${formatDate(since, 'annee')}`
		})),
		beneath: shown(await listChangedBeneath(db, account), ({ path, nom, commune, fields }) => ({
			path,
			nom,
			detail: [account.communes.length > 1 ? nameOf(commune) : '', fields.join(', ')]
				.filter(Boolean)
				.join(' · ')
		})),
		imports: shown(await listWaiting(db, account), ({ id, file_name, created_at }) => ({
			path: `/mairie/import/${id}`,
			nom: file_name,
			detail: `déposé le ${day(created_at)}`
		})),
		drafts: shown(
			[...(await listDrafts(db, account)), ...(await listMomentDrafts(db, account))],
			({ path, nom, at, isPublished }) => ({
				path,
				nom,
				detail: isPublished ? `gardé le ${day(at)}` : `jamais publiée, créée le ${day(at)}`
			})
		),
		past: shown(
			(await listPastDates(db, account)).filter(({ participants }) => participants === null),
			({ event, debut, fin }) => ({
				path: `/mairie/agenda#${dateAnchor(event.slug, debut)}`,
				nom: event.facts.titre,
				detail: capitalised(whenWords({ debut, fin }, 'complet'))
			})
		),
		incomplete: shown(incomplete, ({ slug, nom, missing }) => ({
			path: `/mairie/fiches/${slug}`,
			nom,
			detail: `il manque ${missing.join(', ')}`
		})),
		/** Whether people are shown the mairie's number in the place of one that lacks. */
		lacksNumber: incomplete.some(({ missing }) => missing.includes(missingTelephone)),
		counts: {
			published: published.length,
			shared: entries.length - own.length,
			incomplete: incomplete.length
		},
		lately: (await listLately(db, account, named)).map(({ slug, nom, commune, at, who, cause }) => ({
			path: `/mairie/fiches/${slug}/historique${commune === null ? '' : `?commune=${commune}`}`,
			nom,
			detail: `${day(at)}, ${cause === null ? '' : `${causeWords[cause]} `}par ${who}`
		}))
	};
};

interface Line {
	path: string;
	nom: string;
	detail: string;
}

function shown<Entry>(entries: readonly Entry[], lineOf: (entry: Entry) => Line) {
	return { count: entries.length, lines: entries.slice(0, named).map(lineOf) };
}

function excerpt(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > longestLine ? `${line.slice(0, longestLine).toWellFormed()}…` : line;
}

/** The day of an instant (ISO 8601) or of a date, in words; with its year when that isn't the present one. */
function day(at: string): string {
	const date = dateOf(Date.parse(at));
	return formatDate(date, date.slice(0, 4) === today().slice(0, 4) ? 'jour' : 'complet');
}
