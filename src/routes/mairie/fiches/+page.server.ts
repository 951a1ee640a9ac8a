import { formatDate } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listEditable } from '#lib/server/editing/editable.ts';
import { searchProposable } from '#lib/server/proposals/proposable.ts';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

/** Entries of others found, at most. */
const foundElsewhere = 8;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = await listCommunes(db);
	const nameOf = (slug: string | null) => communes.find((commune) => commune.slug === slug)?.nom ?? null;
	const q = (url.searchParams.get('q') ?? '').trim();
	const entries = (await listEditable(db, account)).filter(({ nom }) => contains(nom, q));
	const shown = entries.map((entry) => ({
		path: `/mairie/fiches/${entry.slug}${entry.variantOf === null ? '' : `?commune=${entry.variantOf}`}`,
		nom: entry.nom,
		where: nameOf(entry.variantOf ?? entry.commune) ?? 'Toutes les communes',
		isShared: entry.variantOf !== null,
		state: [
			entry.isPublished ? `Mise à jour le ${formatDate(entry.date_maj, 'annee')}` : 'Brouillon',
			entry.missing.length > 0 ? `il manque ${entry.missing.join(', ')}` : ''
		]
			.filter(Boolean)
			.join(' · ')
	}));
	return {
		q,
		own: shown.filter(({ isShared }) => !isShared),
		shared: shown.filter(({ isShared }) => isShared),
		/** What others keep, found by the same words: a change may be proposed there. */
		others: (await searchProposable(db, account, q, foundElsewhere)).map(({ slug, nom, commune }) => ({
			path: `/mairie/propositions/nouvelle?fiche=${slug}`,
			nom,
			where: nameOf(commune) ?? 'Pour toutes les communes'
		}))
	};
};

function contains(nom: string, q: string): boolean {
	const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	return plain(nom).includes(plain(q));
}
