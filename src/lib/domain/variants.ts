/** What one commune says differently of one field of a base entry or of a theme. */
export interface Variant {
	field: string;
	/** `replace` takes the place of the base's value; `add` comes after it. */
	mode: 'replace' | 'add';
	value: unknown;
}

/**
 * A base entry as one commune reads it. The base is left as it was.
 * `add` puts a text in a paragraph of its own after the base's, and the terms of a list after the base's terms.
 * A field that the base doesn't have is ignored: it belongs to another version of the data.
 */
export function mergeVariants<T extends object>(base: T, variants: readonly Variant[]): T {
	const merged = { ...base } as Record<string, unknown>;
	for (const { field, mode, value } of variants) {
		if (!Object.hasOwn(base, field)) continue;
		merged[field] = mode === 'replace' ? value : added(merged[field], value);
	}
	return merged as T;
}

function added(base: unknown, value: unknown): unknown {
	if (Array.isArray(base) && Array.isArray(value)) {
		const kept: unknown[] = base;
		const more: unknown[] = value;
		return [...kept, ...more.filter((term) => !kept.includes(term))];
	}
	if (typeof base === 'string' && base !== '' && typeof value === 'string') return `${base}\n\n${value}`;
	return value;
}
