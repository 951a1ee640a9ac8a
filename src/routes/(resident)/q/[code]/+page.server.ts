import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { PageServerLoad } from './$types';

// Someone may type a last stroke: that is no reason for a second redirect.
export const trailingSlash = 'ignore';

/** A code that leads somewhere was sent there by the gate; any other gets help, written in ../+error.svelte. */
export const load: PageServerLoad = () => error(404, m.code_introuvable());
