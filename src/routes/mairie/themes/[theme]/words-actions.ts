import { error, fail, redirect } from '@sveltejs/kit';
import {
	checkIntroduction,
	checkThemeWords,
	introductionRead,
	type OwnIntroduction,
	type ThemeWords
} from '#lib/domain/editing/theme.ts';
import type { FormErrors } from '#lib/domain/forms.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { lastThemeRevision } from '#lib/server/editing/theme-revisions.ts';
import { type EditableTheme, publishIntroduction, publishThemeWords } from '#lib/server/editing/themes.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { editableThemeOf } from '../editable-theme.ts';
import type { RequestEvent } from './$types';

/** A theme's form as it was typed: the common words, or a commune's choice and its introduction. */
export type TypedTheme = Record<keyof ThemeWords | 'choix', string>;

/** The form as it is first shown. */
export function typedTheme({ common, own, variantOf }: EditableTheme): TypedTheme {
	if (variantOf === null) return { ...common, choix: '' };
	return { ...common, introduction: own?.introduction ?? '', choix: own?.mode ?? 'suivre' };
}

/** Shows what residents will read, before anything is published. */
export async function readOver(event: RequestEvent) {
	const theme = await editableThemeOf(event.locals, event.params.theme, event.url);
	const { typed, version } = await received(event.request);
	const { words, errors } = wordsOf(theme, typed);
	if (!words) return fail(400, { typed, version, errors });
	if (version === theme.version && isSame(theme, words)) return { typed, version, unchanged: true };
	return { typed, version, preview: previewOf(theme, words) };
}

/** Comes back to the form, as it was typed. */
export async function correct({ request }: RequestEvent) {
	return received(request);
}

/** Publishes what was read over. Someone who published meanwhile is told of, and nothing typed is lost. */
export async function publishTyped(event: RequestEvent) {
	const { locals, params, url } = event;
	const theme = await editableThemeOf(locals, params.theme, url);
	const { typed, version } = await received(event.request);
	const { words, errors } = wordsOf(theme, typed);
	if (!words) return fail(400, { typed, version, errors });
	const conflict = await attempt(event, { ...theme, version }, words);
	if (conflict) return fail(409, { typed, version: theme.version, conflict });
	done(url, 'publie');
}

/** The commune keeps its introduction though the common one changed. */
export async function keepMine(event: RequestEvent) {
	return decide(event, ({ own }) => own, 'garde');
}

/** The commune's introduction goes: people read the common one. */
export async function takeCommon(event: RequestEvent) {
	return decide(event, () => null, 'repris');
}

async function decide(
	event: RequestEvent,
	ownAfter: (theme: EditableTheme) => OwnIntroduction | null,
	said: string
) {
	const { locals, params, url } = event;
	const theme = await editableThemeOf(locals, params.theme, url);
	if (theme.variantOf === null) error(404, 'Le texte commun n’est celui d’aucune commune.');
	const { version } = await received(event.request);
	const conflict = await attempt(event, { ...theme, version }, { own: ownAfter(theme) });
	if (conflict) return fail(409, { typed: typedTheme(theme), version: theme.version, conflict });
	done(url, said);
}

/** What is to be published: the common words, or a commune's own introduction. */
type Words = { common: ThemeWords } | { own: OwnIntroduction | null };

/** Publishes; says who published meanwhile, and what, when someone did. */
async function attempt({ locals }: RequestEvent, theme: EditableTheme, words: Words) {
	const { db } = locals.app;
	const by = signedIn(locals);
	try {
		if ('common' in words) await publishThemeWords(db, theme, words.common, by);
		else await publishIntroduction(db, theme, words.own, by);
		return undefined;
	} catch (problem) {
		if (!(problem instanceof ConflictError)) throw problem;
		const last = await lastThemeRevision(db, theme.slug, theme.variantOf);
		return { who: last?.who ?? '', now: previewOf(theme, { own: theme.own }) };
	}
}

function wordsOf(
	{ variantOf, own, common }: EditableTheme,
	typed: TypedTheme
): { words: Words; errors?: undefined } | { words?: undefined; errors: FormErrors } {
	if (variantOf === null) {
		const { output, errors } = checkThemeWords(typed, common);
		return output ? { words: { common: output } } : { errors };
	}
	const { output, errors } = checkIntroduction(typed.choix, typed.introduction, own);
	return output === undefined ? { errors } : { words: { own: output } };
}

function isSame({ common, own }: EditableTheme, words: Words): boolean {
	return 'common' in words
		? (Object.keys(common) as (keyof ThemeWords)[]).every((name) => common[name] === words.common[name])
		: JSON.stringify(own) === JSON.stringify(words.own);
}

function previewOf({ common }: EditableTheme, words: Words) {
	const { nom, question, accroche, introduction } = 'common' in words ? words.common : common;
	const read = 'own' in words ? introductionRead(introduction, words.own) : introduction;
	return { nom, question, accroche, paragraphs: read.split(/\n{2,}/) };
}

async function received(request: Request): Promise<{ typed: TypedTheme; version: number }> {
	const form = await formOf(request);
	const typed = {
		nom: textOf(form, 'nom'),
		question: textOf(form, 'question'),
		accroche: textOf(form, 'accroche'),
		introduction: textOf(form, 'introduction'),
		choix: textOf(form, 'choix')
	};
	const version = Number(textOf(form, 'version'));
	return { typed, version: Number.isSafeInteger(version) ? version : 0 };
}

function done(url: URL, said: string): never {
	const commune = url.searchParams.get('commune');
	redirect(
		303,
		`${url.pathname}?${commune === null ? '' : `commune=${encodeURIComponent(commune)}&`}fait=${said}`
	);
}
