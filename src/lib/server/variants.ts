import type { Variant } from '#lib/domain/variants.ts';

interface VariantRow {
	field: string;
	mode: Variant['mode'];
	value: string;
}

/** What a commune says in its own way, gathered by what it speaks of. */
export function variantsBy<Row extends VariantRow, Key>(
	rows: Row[],
	keyOf: (row: Row) => Key
): Map<Key, Variant[]> {
	const gathered = new Map<Key, Variant[]>();
	for (const row of rows) {
		const variant = { field: row.field, mode: row.mode, value: JSON.parse(row.value) as unknown };
		gathered.set(keyOf(row), [...(gathered.get(keyOf(row)) ?? []), variant]);
	}
	return gathered;
}
