import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listDrafts } from '#lib/server/editing/drafts.ts';
import { listArchived, listEditable } from '#lib/server/editing/editable.ts';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = await listCommunes(db);
	const nameOf = (slug: string | null) => communes.find((commune) => commune.slug === slug)?.nom ?? null;
	const q = (url.searchParams.get('q') ?? '').trim();
	const entries = (await listEditable(db, account)).filter(({ nom }) => contains(nom, q));
	const kept = new Set(
		(await listDrafts(db, account)).filter((draft) => draft.isPublished).map(({ path }) => path)
	);
	const shown = entries.map((entry) => ({
		path: entry.path,
		nom: entry.nom,
		where: nameOf(entry.variantOf ?? entry.commune) ?? 'Toutes les communes',
		isShared: entry.variantOf !== null,
		state: [
			entry.isPublished ? `Mise à jour le ${formatDate(entry.date_maj, 'annee')}` : 'Jamais publiée',
			kept.has(entry.path) ? 'vous gardez un brouillon' : '',
			entry.missing.length > 0 ? `il manque ${entry.missing.join(', ')}` : ''
		]
			.filter(Boolean)
			.join(' · ')
	}));
	return {
		q,
		own: shown.filter(({ isShared }) => !isShared),
		shared: shown.filter(({ isShared }) => isShared),
		archived: (await listArchived(db, account))
			.filter(({ nom }) => contains(nom, q))
			.map(({ slug, nom, commune, at, who }) => ({
				path: `/mairie/fiches/${slug}/archiver`,
				nom,
				where: nameOf(commune) ?? 'Toutes les communes',
				state: `Archivée le ${formatDate(dateOf(Date.parse(at)), 'annee')} par ${who}`
			}))
	};
};

function contains(nom: string, q: string): boolean {
	const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	return plain(nom).includes(plain(q));
}
