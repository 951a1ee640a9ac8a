import { expect, test } from 'vitest';
import { pageOf } from './pagination.ts';

test.each([
	[null, 1],
	['1', 1],
	['2', 2],
	['3', 3],
	['4', 1],
	['0', 1],
	['-1', 1],
	['deux', 1],
	['99999999', 1]
])('of 100 entries, page %j asked gives page %i', (asked, page) => {
	const given = pageOf(
		Array.from({ length: 100 }, (_, i) => i),
		asked
	);
	expect([given.page, given.pages]).toEqual([page, 3]);
	expect(given.shown).toHaveLength(page === 3 ? 20 : 40);
	expect(given.shown[0]).toBe((page - 1) * 40);
});
