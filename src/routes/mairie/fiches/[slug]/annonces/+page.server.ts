import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment, formatPeriod } from '#lib/domain/dates.ts';
import {
	type AnnouncementKind,
	announcementKinds,
	type AnnouncementWords,
	checkAnnouncement,
	timeOfAnnouncement,
	type TypedAnnouncement
} from '#lib/domain/editing/announcements.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { lastToChange, listAnnouncementChanges } from '#lib/server/editing/announcement-changes.ts';
import {
	addAnnouncement,
	type Announcement,
	changeAnnouncement,
	isTheirs,
	listAnnouncements,
	mayAnnounce,
	undoAnnouncementChange
} from '#lib/server/editing/announcements.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { today } from '#lib/server/reading.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const entry = await editableOf(locals, params.slug, url);
	const commune = (await listCommunes(db)).find(({ slug }) => slug === entry.variantOf);
	const announcements = await listAnnouncements(db, entry);
	const shown = announcements.map((one) => ({
		key: keyOf(one),
		nature: one.kind,
		id: one.id,
		version: one.version,
		phrase: phraseOf(one.kind, one),
		time: timeOfAnnouncement(one, today()),
		isTheirs: isTheirs(entry, one)
	}));
	const scope = entry.variantOf ?? entry.commune ?? baseScope;
	return {
		nom: String(entry.facts.nom),
		commune: commune?.nom ?? null,
		lieu: commune?.lieu ?? null,
		search: communeSearch(url),
		canClose: mayAnnounce(entry, 'fermeture'),
		page: entry.isPublished ? pathToService(entry, scope) : null,
		// The next to begin comes first among those to come.
		present: shown.filter(({ time }) => time !== 'passee').reverse(),
		past: shown.filter(({ time }) => time === 'passee'),
		changes: (await listAnnouncementChanges(db, entry)).map(
			({ id, kind, before, after, at, who, isLast }) => {
				return {
					id,
					when: formatMoment(at),
					who,
					what: before === null ? 'a ajouté' : after === null ? 'a retiré' : 'a changé',
					before: before && phraseOf(kind, before),
					after: after && phraseOf(kind, after),
					canUndo: isLast && mayAnnounce(entry, kind)
				};
			}
		),
		blank: blankForm(
			announcements.filter((one) => isTheirs(entry, one)),
			url,
			mayAnnounce(entry, 'fermeture')
		),
		done: url.searchParams.get('fait')
	};
};

/** The form that the address asks for: to add an announcement, or to change one. */
function blankForm(theirs: Announcement[], url: URL, canClose: boolean) {
	const empty: TypedAnnouncement = { debut: '', fin: '', texte: '' };
	const changed = theirs.find((one) => keyOf(one) === url.searchParams.get('changer'));
	if (changed) {
		const { kind, id, version, debut, fin, texte } = changed;
		return { nature: kind, id, version, typed: { debut, fin, texte: texte ?? '' } };
	}
	const nature = kindOf(url.searchParams.get('ajouter') ?? '');
	if (nature === undefined || (nature === 'fermeture' && !canClose)) return null;
	return { nature, id: 0, version: 0, typed: empty };
}

export const actions: Actions = {
	enregistrer: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const entry = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const { nature, id, version } = chosen(form);
		if (nature === undefined || !mayAnnounce(entry, nature)) error(404, 'Cette annonce n’existe pas.');
		const typed = { debut: textOf(form, 'debut'), fin: textOf(form, 'fin'), texte: textOf(form, 'texte') };
		const present = (await listAnnouncements(db, entry)).find((one) => one.kind === nature && one.id === id);
		const { output, errors } = checkAnnouncement(nature, typed, today(), present?.texte);
		if (errors) return fail(400, { kept: { nature, id, version, typed }, errors });
		const by = signedIn(locals);
		if (id === 0) await addAnnouncement(db, entry, nature, output, by);
		else
			try {
				if (!(await changeAnnouncement(db, entry, { kind: nature, id, version }, output, by))) notThere();
			} catch (problem) {
				if (!(problem instanceof ConflictError)) throw problem;
				const present = (await listAnnouncements(db, entry)).find(
					(one) => one.kind === nature && one.id === id
				);
				// One that was removed meanwhile is added again, if the person still wants it.
				return fail(409, {
					kept: { nature, id: present?.id ?? 0, version: present?.version ?? 0, typed },
					conflict: {
						who: (await lastToChange(db, entry, nature, id)) ?? '',
						now: present ? phraseOf(nature, present) : 'elle a été retirée'
					}
				});
			}
		done(url, id === 0 ? 'ajoutee' : 'changee');
	},
	retirer: async ({ locals, params, url, request }) => {
		const entry = await editableOf(locals, params.slug, url);
		const { nature, id, version } = chosen(await formOf(request));
		if (nature === undefined) notThere();
		const announcement = { kind: nature, id, version };
		try {
			if (!(await changeAnnouncement(locals.app.db, entry, announcement, null, signedIn(locals)))) notThere();
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			return fail(409, { late: true });
		}
		done(url, 'retiree');
	},
	annuler: async ({ locals, params, url, request }) => {
		const entry = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const change = Number(textOf(form, 'changement'));
		try {
			if (!(await undoAnnouncementChange(locals.app.db, entry, change, signedIn(locals)))) notThere();
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			return fail(409, { late: true });
		}
		done(url, 'annulee');
	}
};

/** The announcement that a form speaks of: its kind, its number (0 for a new one), its version. */
function chosen(form: FormData): { nature: AnnouncementKind | undefined; id: number; version: number } {
	const whole = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : -1);
	return {
		nature: kindOf(textOf(form, 'nature')),
		id: whole(textOf(form, 'annonce')),
		version: whole(textOf(form, 'version'))
	};
}

function kindOf(text: string): AnnouncementKind | undefined {
	return announcementKinds.find((kind) => kind === text);
}

function keyOf({ kind, id }: Pick<Announcement, 'kind' | 'id'>): string {
	return `${kind}-${id}`;
}

function phraseOf(kind: AnnouncementKind, { debut, fin, texte }: AnnouncementWords): string {
	const quand = formatPeriod(debut, fin, 'annee');
	if (kind === 'message') return `${quand} : « ${texte ?? ''} »`;
	return texte === null ? `fermé ${quand}` : `fermé ${quand} : ${texte}`;
}

function notThere(): never {
	error(404, 'Cette annonce n’existe pas, ou n’est pas la vôtre.');
}

function done(url: URL, said: string): never {
	const search = communeSearch(url);
	redirect(303, `${url.pathname}${search === '' ? '?' : `${search}&`}fait=${said}`);
}
