import type { Reroute } from '@sveltejs/kit';

/** Printed codes hold their address in capitals: it makes a smaller symbol. */
export const reroute: Reroute = ({ url }) =>
	/^\/Q(\/|$)/.test(url.pathname) ? `/q${url.pathname.slice(2)}` : undefined;
