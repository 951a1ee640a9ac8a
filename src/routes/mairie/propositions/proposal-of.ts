import { error } from '@sveltejs/kit';
import { findEditableById } from '#lib/server/editing/editable.ts';
import { findProposal, type SeenProposal } from '#lib/server/proposals/proposals.ts';
import { signedIn } from '../signed-in.ts';

/** The proposal of this address, for whoever decides or proposed it; otherwise 404, whether or not it exists. */
export async function proposalOf(locals: App.Locals, id: string): Promise<SeenProposal> {
	const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
	const proposal = await findProposal(locals.app.db, signedIn(locals), number);
	if (!proposal) error(404, 'Cette proposition n’existe pas, ou n’est pas pour vous.');
	return proposal;
}

/** The proposal of this address, for whoever decides; otherwise 404. */
export async function decidedOf(locals: App.Locals, id: string): Promise<SeenProposal> {
	const proposal = await proposalOf(locals, id);
	if (!proposal.mayDecide) error(404, 'Cette proposition n’existe pas, ou n’est pas pour vous.');
	return proposal;
}

/** The entry that a proposal would change, as people read it now. */
export async function entryOf(locals: App.Locals, { entry, variantOf }: SeenProposal) {
	const editable = await findEditableById(locals.app.db, entry.id, variantOf);
	if (!editable) error(404, 'Cette fiche n’existe plus.');
	return editable;
}
