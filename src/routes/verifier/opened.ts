import { error } from '@sveltejs/kit';
import { type OpenedEntry, openReviewLink } from '#lib/server/freshness/links.ts';

/** What the link of this address opens; otherwise 404, with a way to another link when there is one. */
export async function openedOf(
	locals: App.Locals,
	secret: string
): Promise<{ sentOn: string; entries: OpenedEntry[] }> {
	const link = await openReviewLink(locals.app.db, secret);
	if (link.kind === 'open') return link;
	error(
		404,
		link.kind === 'ended'
			? { message: 'Ce lien ne sert plus.', renewable: true }
			: { message: 'Il n’est peut-être pas complet : certains courriels coupent les longues adresses.' }
	);
}

/** One entry of a link; otherwise 404, whether or not the entry exists. */
export async function openedEntryOf(
	locals: App.Locals,
	{ secret, slug }: { secret: string; slug: string }
): Promise<{ sentOn: string; opened: OpenedEntry; count: number }> {
	const { sentOn, entries } = await openedOf(locals, secret);
	const opened = entries.find(({ review }) => review.slug === slug);
	if (!opened) error(404, { message: 'Cette fiche n’est pas, ou n’est plus, de celles que vous vérifiez.' });
	return { sentOn, opened, count: entries.length };
}
