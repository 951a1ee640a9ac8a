/** What would end a script or begin a comment in HTML, or a line in old readers of JSON. */
const unsafe = /[<>&\u2028\u2029]/g;

/**
 * `data` as JSON that says the same wherever it stands in HTML: no character is left that a page would read otherwise,
 * or that whoever writes the page would escape.
 */
export function scriptText(data: object): string {
	return JSON.stringify(data).replace(
		unsafe,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}
