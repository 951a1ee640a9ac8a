import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { type Enquiry, findEnquiry } from '#lib/server/enquiries/enquiries.ts';
import { signedIn } from '../signed-in.ts';

/** What a resident wrote, for an account that answers it; 404 otherwise. */
export async function enquiryOf(locals: RequestEvent['locals'], id: string): Promise<Enquiry> {
	const number = Number(id);
	const enquiry = Number.isSafeInteger(number)
		? await findEnquiry(locals.app.db, signedIn(locals), number)
		: undefined;
	if (!enquiry) error(404, 'Cette question n’existe plus, ou ce n’est pas à vous d’y répondre.');
	return enquiry;
}
