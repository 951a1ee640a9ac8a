import { error } from '@sveltejs/kit';
import type { Account } from '#lib/domain/accounts.ts';
import type { EventFacts } from '#lib/domain/agenda/event.ts';
import { whenWords } from '#lib/domain/agenda/phrases.ts';
import type { EventFormContext, TypedEvent } from '#lib/domain/agenda/typing.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { findAlike } from '#lib/server/agenda/alike.ts';
import { findEditableEvent } from '#lib/server/agenda/editing.ts';
import { eventNames } from '#lib/server/agenda/names.ts';
import { readEventPage } from '#lib/server/agenda/event-page.ts';
import type { AgendaEvent } from '#lib/server/agenda/events.ts';
import { listCommunes } from '#lib/server/communes.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { directoryOf } from '#lib/server/directory.ts';
import { today } from '#lib/server/reading.ts';
import { listThemes } from '#lib/server/themes.ts';
import { listOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';

/** The event of this address, that the person may change; otherwise 404, whether or not it exists. */
export async function editableEventOf(locals: App.Locals, slug: string): Promise<AgendaEvent> {
	const event = await findEditableEvent(locals.app.db, signedIn(locals), slug);
	if (!event) error(404, 'Cet évènement n’existe pas, ou n’est pas le vôtre.');
	return event;
}

/** What an event's form is checked against, for this person. */
export async function contextOf(locals: App.Locals, before: EventFacts | null): Promise<EventFormContext> {
	const { db } = locals.app;
	const account = signedIn(locals);
	return {
		today: today(),
		before,
		communes: (await communesFor(db, account)).map(({ slug }) => slug),
		maybeEverywhere: account.role === 'administration',
		themes: (await listThemes(db)).map(({ slug }) => slug),
		places: await placesFor(db, account)
	};
}

async function communesFor(db: Db, { role, communes }: Account) {
	return (await listCommunes(db)).filter(({ slug }) => role === 'administration' || communes.includes(slug));
}

/** The entries that may be the place of an event: those read in the person's communes; all the base's for administration. */
async function placesFor(db: Db, { communes }: Account) {
	const scopes = communes.length === 0 ? [undefined] : communes;
	const found = new Map<number, { id: number; nom: string }>();
	for (const scope of scopes)
		for (const { id, nom, adresse } of (await directoryOf(db, scope)).services)
			if (adresse !== null) found.set(id, { id, nom });
	if (communes.length === 0)
		for (const { slug } of await listCommunes(db))
			for (const { id, nom, adresse, commune } of (await directoryOf(db, slug)).services)
				if (adresse !== null && commune !== null) found.set(id, { id, nom });
	return [...found.values()];
}

/** What an event's form offers. */
export async function choicesOf(locals: App.Locals) {
	const { db } = locals.app;
	const account = signedIn(locals);
	return {
		communes: (await communesFor(db, account)).map(({ slug, nom }) => ({ slug, nom })),
		maybeEverywhere: account.role === 'administration',
		themes: (await listThemes(db)).map(({ slug, nom }) => ({ slug, nom })),
		places: [...new Set((await placesFor(db, account)).map(({ nom }) => nom))]
	};
}

/** The name of the entry that is the place of an event, if it has one. */
export async function placeName(db: Db, { service_id }: EventFacts): Promise<string | null> {
	return service_id === null ? null : ((await eventNames(db)).places.get(service_id) ?? null);
}

/** What residents will read of an event, where its editor reads it: in its commune, or in the common base. */
export async function previewOf(db: Db, facts: EventFacts) {
	return (await readEventPage(db, facts, scopeOf(facts))).page;
}

/** That another event is likely the same one, in words; null when none is. `slug`: its own address, when it has one. */
export async function alikeWords(
	locals: App.Locals,
	facts: EventFacts,
	slug: string | null
): Promise<string | null> {
	const alike = await findAlike(locals.app.db, signedIn(locals), facts, slug);
	return alike ? `« ${alike.titre} », ${whenWords(alike.date, 'complet')}` : null;
}

/** Where an event is read over: in its commune when it has one only. */
export function scopeOf({ communes: [only, ...others] }: EventFacts): string {
	return only !== undefined && others.length === 0 ? only : baseScope;
}

/** What an event's form holds, and the state that it began from (0: none, or nothing that makes sense). */
export function receivedEvent(form: FormData): { typed: TypedEvent; version: number } {
	const version = Number(textOf(form, 'version'));
	return {
		typed: {
			titre: textOf(form, 'titre'),
			jour: textOf(form, 'jour'),
			heures: textOf(form, 'heures'),
			jour_fin: textOf(form, 'jour_fin'),
			lieu: textOf(form, 'lieu'),
			pour_qui: textOf(form, 'pour_qui'),
			description: textOf(form, 'description'),
			theme: textOf(form, 'theme'),
			organisateur: textOf(form, 'organisateur'),
			frais: textOf(form, 'frais'),
			frais_precisions: textOf(form, 'frais_precisions'),
			adresse: textOf(form, 'adresse'),
			inscription: textOf(form, 'inscription'),
			telephone: textOf(form, 'telephone'),
			courriel: textOf(form, 'courriel'),
			lien: textOf(form, 'lien'),
			repetition: textOf(form, 'repetition'),
			jusqu_au: textOf(form, 'jusqu_au'),
			dates_plus: textOf(form, 'dates_plus'),
			dates_moins: textOf(form, 'dates_moins'),
			sans_date: textOf(form, 'sans_date'),
			hors_vacances: textOf(form, 'hors_vacances'),
			jours: listOf(form, 'jours'),
			communes: listOf(form, 'communes')
		},
		version: Number.isSafeInteger(version) ? version : 0
	};
}
