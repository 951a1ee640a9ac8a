import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { mailAddress } from '#lib/domain/accounts.ts';
import { dateOf, formatDate, formatList } from '#lib/domain/dates.ts';
import { checkForm, type FormErrors } from '#lib/domain/forms.ts';
import type { Standing } from '#lib/domain/freshness/review.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { callTo } from '#lib/domain/phone.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { keepLeaver, listDepartures, replaceLeaver } from '#lib/server/freshness/departures.ts';
import { isAsked, keeps } from '#lib/server/freshness/due.ts';
import { communeNames } from '#lib/server/freshness/names.ts';
import { everyone } from '#lib/server/freshness/people.ts';
import { askNow } from '#lib/server/freshness/remind.ts';
import { listReviews, type Review } from '#lib/server/freshness/reviews.ts';
import { today } from '#lib/server/reading.ts';
import { formOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const successorSchema = v.object({
	nom: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty('Écrivez le nom : les habitants le liront à côté de la date.'),
		v.maxLength(100, 'Ce nom est trop long : 100 caractères au plus.')
	),
	courriel: mailAddress
});

/** The entries whose follow-up this account sees, of one commune when the address names it. */
async function reviewsOf(locals: App.Locals, wanted: string): Promise<Review[]> {
	const account = signedIn(locals);
	return (await listReviews(locals.app.db, today())).filter(
		(review) => keeps(account, review) && (wanted === '' || (review.commune ?? baseScope) === wanted)
	);
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const wanted = url.searchParams.get('commune') ?? '';
	const nameOf = await communeNames(db);
	const reviews = await reviewsOf(locals, wanted);
	const lines = (standing: Standing) =>
		reviews
			.filter((review) => review.standing === standing)
			.sort((a, b) => ((a.next ?? '') < (b.next ?? '') ? -1 : 1))
			.map((review) => ({
				path: `/mairie/fiches/${review.slug}/suivi`,
				nom: review.nom,
				words: wordsOf(review, nameOf(review.commune), isAsked(account, review.people)),
				isMine: isAsked(account, review.people),
				call: callOf(review)
			}));
	const silent = lines('silencieuse');
	const mine = (await listCommunes(db)).filter(
		({ slug }) => account.role === 'administration' || account.communes.includes(slug)
	);
	return {
		wanted,
		done: url.searchParams.get('fait'),
		communes:
			mine.length > 1 || account.role === 'administration'
				? [
						...(account.role === 'administration' ? [{ slug: baseScope, nom: 'Fiches communes' }] : []),
						...mine.map(({ slug, nom }) => ({ slug, nom }))
					]
				: [],
		isAdministration: account.role === 'administration',
		never: {
			toAsk: reviews.filter(isToAsk).length,
			asked: reviews.filter((review) => isNeverVerified(review) && isAnswerAwaited(review)).length,
			nobody: reviews.filter((review) => isNeverVerified(review) && everyone(review.people).length === 0)
				.length
		},
		lists: {
			'a-vous': silent.filter(({ isMine }) => isMine),
			silencieuse: silent.filter(({ isMine }) => !isMine),
			personne: lines('personne'),
			'en-retard': lines('en-retard'),
			bientot: lines('bientot'),
			'a-jour': lines('a-jour'),
			'a-completer': lines('a-completer'),
			jamais: lines('jamais')
		},
		departures: (await listDepartures(db, account)).map(({ saidAt, entries, ...departure }) => ({
			...departure,
			saidOn: formatDate(dateOf(Date.parse(saidAt)), 'annee'),
			entries: entries.map(({ slug, nom }) => ({ slug, nom }))
		}))
	};
};

/** Whether there is something to verify in an entry, and nobody ever did. */
function isNeverVerified({ verification, standing }: Review): boolean {
	return verification === null && standing !== 'a-completer' && standing !== 'jamais';
}

function isAnswerAwaited({ people, progress }: Review): boolean {
	return everyone(people).length > 0 && progress.kind === 'wait';
}

/** Whether someone can be asked now about an entry that nobody ever verified. */
function isToAsk(review: Review): boolean {
	return isNeverVerified(review) && everyone(review.people).length > 0 && !isAnswerAwaited(review);
}

/** The number to call about an entry: the professional line, which someone answers for it, else the one people call. */
function callOf({ professionalLine, telephone }: Review) {
	const number = professionalLine ?? telephone;
	return number === null ? null : { ...callTo(number), isProfessional: professionalLine !== null };
}

/** Where, since when, who was asked: one line under the name of an entry. */
function wordsOf(review: Review, where: string, isMine: boolean): string {
	const { verification, next, isDue, progress, people, standing } = review;
	const names = everyone(people).map(({ nom }) => nom);
	const { silences, lastAsked } = progress;
	return [
		where,
		...(verification
			? [`vérifiée le ${formatDate(verification.on, 'annee')} par ${verification.by}`]
			: isNeverVerified(review)
				? ['jamais vérifiée']
				: []),
		...(next === undefined || standing === 'a-completer'
			? []
			: [`à vérifier ${isDue ? 'depuis' : 'avant'} le ${formatDate(next, 'annee')}`]),
		...(isDue && lastAsked !== undefined && isMine
			? [
					silences > 1
						? `on vous l’a demandé ${silences} fois, la dernière le ${formatDate(lastAsked, 'court')}`
						: `on vous l’a demandé le ${formatDate(lastAsked, 'court')}`
				]
			: []),
		...(isDue && lastAsked !== undefined && !isMine
			? [
					`demandé à ${formatList(names)}, la dernière fois le ${formatDate(lastAsked, 'court')}`,
					...(silences > 0 ? [`${silences} courriel${silences > 1 ? 's' : ''} sans réponse`] : [])
				]
			: [])
	].join(' · ');
}

export const actions: Actions = {
	demander: async ({ locals, url }) => {
		const { db, settings } = locals.app;
		const wanted = url.searchParams.get('commune') ?? '';
		const never = (await reviewsOf(locals, wanted)).filter(isToAsk);
		const sent = await askNow(db, settings.origin, never, signedIn(locals));
		return { asked: sent.map(({ nom, entries }) => ({ nom, count: entries.length })) };
	},
	remplacer: async ({ locals, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const form = await formOf(request);
		const [courriel, nom] = [textOf(form, 'courriel'), textOf(form, 'nom')];
		const leaver = textOf(form, 'parti');
		const departure = (await listDepartures(db, account)).find((one) => one.courriel === leaver);
		if (!departure) redirect(303, '/mairie/suivi#departs');
		const { output, errors } = checkForm(successorSchema, { courriel, nom });
		if (errors) return fail(400, { leaver, typed: { courriel, nom }, errors });
		if (output.courriel === leaver) {
			const errors: FormErrors = { courriel: 'C’est l’adresse de la personne qui part.' };
			return fail(400, { leaver, typed: { courriel, nom }, errors });
		}
		await replaceLeaver(db, departure, output, account);
		redirect(303, '/mairie/suivi?fait=remplace');
	},
	garder: async ({ locals, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const leaver = textOf(await formOf(request), 'parti');
		const departure = (await listDepartures(db, account)).find((one) => one.courriel === leaver);
		if (departure) await keepLeaver(db, departure, account);
		redirect(303, '/mairie/suivi?fait=garde');
	}
};
