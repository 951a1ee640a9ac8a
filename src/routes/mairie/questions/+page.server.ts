import { redirect } from '@sveltejs/kit';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { AnsweredError, endEnquiry, keepEnquiry } from '#lib/server/enquiries/answer.ts';
import {
	countEnquiries,
	type Enquiry,
	findEnquiry,
	listEnquiries,
	pathToEnquiry
} from '#lib/server/enquiries/enquiries.ts';
import { formOf, listOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** Lines of each list: sorting goes by handfuls, what is over is seen for a while. */
const shown = { 'a-repondre': 100, 'a-trier': 40, fini: 30 };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = await listCommunes(db);
	const nameOf = (slug: string | null) => communes.find((commune) => commune.slug === slug)?.nom;
	const lineOf = ({ id, kind, theme, service, commune, due, isLate, ...enquiry }: Enquiry) => ({
		id,
		path: pathToEnquiry(id),
		nom: titleOf(enquiry.text, kind === 'signalement' ? service?.nom : undefined),
		detail: [
			kind === 'signalement'
				? 'Erreur signalée'
				: kind === 'accessibilite'
					? 'Le site'
					: (service?.nom ?? theme?.nom),
			nameOf(commune),
			enquiry.end === null
				? `au plus tard le ${formatDate(due, 'jour')}`
				: `${ends[enquiry.end.outcome]} le ${formatDate(dateOf(Date.parse(enquiry.end.at)), 'annee')} par ${enquiry.end.by}`
		]
			.filter(Boolean)
			.join(' · '),
		isLate,
		doubt: enquiry.doubt
	});
	const waiting = await listEnquiries(db, account, 'a-repondre', shown['a-repondre']);
	return {
		waiting: waiting.filter(({ kind }) => kind !== 'accessibilite').map(lineOf),
		ofSite: waiting.filter(({ kind }) => kind === 'accessibilite').map(lineOf),
		answersForSite: account.role === 'administration',
		publishes: account.role !== 'agent',
		doubtful: (await listEnquiries(db, account, 'a-trier', shown['a-trier'])).map(lineOf),
		doubtfulCount: await countEnquiries(db, account, 'a-trier'),
		over: (await listEnquiries(db, account, 'fini', shown.fini)).map(lineOf),
		months: locals.app.settings.conservation,
		sorted: url.searchParams.get('tri')
	};
};

export const actions: Actions = {
	garder: async ({ locals, request }) => {
		const chosen = await chosenOf(locals, listOf(await formOf(request), 'choix'));
		for (const enquiry of chosen) await keepEnquiry(locals.app.db, enquiry);
		redirect(303, `/mairie/questions?tri=garder#trier`);
	},
	ecarter: async ({ locals, request }) => {
		const chosen = await chosenOf(locals, listOf(await formOf(request), 'choix'));
		for (const enquiry of chosen)
			try {
				await endEnquiry(locals.app.db, enquiry, signedIn(locals), { outcome: 'indesirable', answer: null });
			} catch (problem) {
				// Someone sorted it meanwhile: it is no longer to be.
				if (!(problem instanceof AnsweredError)) throw problem;
			}
		redirect(303, `/mairie/questions?tri=ecarter#trier`);
	}
};

/** Those that were ticked and that this account still has to sort. */
async function chosenOf(locals: App.Locals, ids: string[]): Promise<Enquiry[]> {
	const found = await Promise.all(
		ids
			.slice(0, shown['a-trier'])
			.map(Number)
			.filter((id) => Number.isSafeInteger(id))
			.map((id) => findEnquiry(locals.app.db, signedIn(locals), id))
	);
	return found
		.filter((enquiry) => enquiry !== undefined)
		.filter(({ doubt, end }) => doubt !== null && end === null);
}

const ends = {
	repondu: 'répondu',
	rappele: 'rappelé',
	corrige: 'corrigé',
	inchange: 'rien à changer',
	'sans-suite': 'classé',
	indesirable: 'écarté'
};

const longestTitle = 90;

/** What was written, on one line, after the entry that it reports. */
function titleOf(text: string, entry: string | undefined): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const shown = line.length > longestTitle ? `${line.slice(0, longestTitle).toWellFormed()}…` : line;
	if (entry === undefined) return shown;
	return shown === '' ? entry : `${entry} : ${shown}`;
}
