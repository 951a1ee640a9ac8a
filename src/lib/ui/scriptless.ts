/** What pages without a script were given to show. */
const shown = new WeakSet();

/**
 * The same data, for a page without a script. SvelteKit writes out what every page was given, for a script that
 * would take over from there; here nobody would read it, and it takes an eighth of a render (src/hooks.ts).
 */
export function scriptless<Data extends object>(data: Data): Data {
	shown.add(data);
	return data;
}

/** Whether this was given to a page without a script. */
export function isScriptless(data: unknown): boolean {
	return typeof data === 'object' && data !== null && shown.has(data);
}
