import type { Reroute, Transport } from '@sveltejs/kit';
import { isScriptless } from '#lib/ui/scriptless.ts';

/** Printed codes hold their address in capitals: it makes a smaller symbol. */
export const reroute: Reroute = ({ url }) =>
	/^\/Q(\/|$)/.test(url.pathname) ? `/q${url.pathname.slice(2)}` : undefined;

/** What a page without a script shows is written in the page, and nowhere else. */
export const transport: Transport = {
	scriptless: { encode: (data: unknown) => isScriptless(data) && 1, decode: () => ({}) }
};
