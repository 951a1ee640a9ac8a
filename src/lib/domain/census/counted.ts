/** A number with its word, in the singular or the plural: « 0 fiche », « 2 fiches ». */
export function counted(n: number, one: string, many: string): string {
	return `${n} ${n > 1 ? many : one}`;
}
