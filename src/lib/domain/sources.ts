import type { Service } from './service.ts';
import { codesOf } from './vocabulary.ts';

/**
 * Where a reader may check an entry: its source's address when that is the publisher's own site (the entry's, its
 * structure's, or one of `sites_officiels` in seeds/vocabulaires.json). Null otherwise: a copy, a newspaper or a file
 * of data proves nothing to a resident, and the source is then only named.
 */
export function sourceLink(
	entry: Pick<Service, 'source_lien' | 'site_web' | 'lien_mobilisation' | 'structure'>
): string | null {
	return provenLink(entry.source_lien, entry);
}

/** Likewise for a step of a situation: its entry's own site, when it names one, is trusted too. */
export function stepSourceLink(address: string | null, entry: Publisher | null): string | null {
	return provenLink(address, entry);
}

/** Whose own pages prove what an entry says. */
type Publisher = Pick<Service, 'site_web' | 'lien_mobilisation' | 'structure'>;

function provenLink(address: string | null, entry: Publisher | null): string | null {
	const host = hostOf(address);
	if (host === undefined) return null;
	const own = entry ? [entry.site_web, entry.lien_mobilisation, entry.structure.site_web].map(hostOf) : [];
	const trusted = [...own, ...codesOf('sites_officiels')];
	return trusted.some((site) => site !== undefined && (host === site || host.endsWith(`.${site}`)))
		? address
		: null;
}

function hostOf(address: string | null): string | undefined {
	if (address === null || !URL.canParse(address)) return undefined;
	return new URL(address).hostname.replace(/^www\./, '');
}
