import { expect, test } from 'vitest';
import { scriptText } from './text.ts';

test.each([
	['</script><script>alert(1)</script>'],
	['<!-- <script>'],
	['« L’Été » : "crèche" & \\ café'],
	['une ligne\u2028une autre\u2029\n\t'],
	[']]>&lt;&amp;'],
	['سيليني 🏔']
])('%j comes out as data: nothing of it is left that a page would read', (nom) => {
	const text = scriptText({ nom, [nom]: [nom] });
	expect(text).not.toMatch(/[<>&\u2028\u2029]/);
	expect(JSON.parse(text)).toEqual({ nom, [nom]: [nom] });
});
