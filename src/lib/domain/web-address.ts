/** A web address, with its scheme. Undefined for what can't be one. */
export function readWebAddress(typed: string): string | undefined {
	const [first = ''] = typed.trim().split(/[\s;]+/);
	const text = /^https?:\/\//i.test(first) ? first : `https://${first.replace(/^(https?:?\/*|\/\/)/i, '')}`;
	if (!URL.canParse(text)) return undefined;
	return /^[\w-]+(\.[\w-]+)+$/.test(new URL(text).hostname) ? text : undefined;
}
