/** A header as it is compared with another: without case, accents or signs: « Code_Postal » and « code postal » meet. */
export function normalHeader(header: string): string {
	return header
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}
