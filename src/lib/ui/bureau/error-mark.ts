/**
 * What the title of a page begins with when something of what was sent must be corrected: a screen reader says the title
 * first. '' when nothing was sent, or all is well.
 * @param form what the action of the page gave back
 */
export function errorMark(form: object | null | undefined): string {
	if (!form || !('errors' in form) || typeof form.errors !== 'object' || form.errors === null) return '';
	return Object.keys(form.errors).length === 0 ? '' : 'Erreur\u202f: ';
}
