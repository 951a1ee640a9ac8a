import { scriptless } from '#lib/ui/scriptless.ts';
import { aboutOf, promiseOf, subjectOf } from '../../writing.ts';
import type { PageServerLoad } from './$types';

/** Nothing in its address tells what was written: it can be read again, and by anyone. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { place, commune } = await parent();
	const subject = await subjectOf(locals.app, commune, aboutOf(url));
	return scriptless({
		kind: subject.kind,
		theme: subject.theme,
		service: subject.service && {
			slug: subject.service.slug,
			commune: subject.service.commune,
			nom: subject.service.nom
		},
		promise: await promiseOf(locals.app, subject, place.slug)
	});
};
