import { notesOf } from '#lib/domain/notes.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { findContact } from '#lib/server/contacts.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const reading = await readingOf(db, place.slug);
	const contact = await findContact(db, null, commune);
	const voice = contact && ficheOf(contact, reading);
	if (!url.search) locals.freshUntil = freshUntil(reading.at, [voice?.changes]);
	return scriptless({ notes: notesOf(), contact: voice });
};
