import { m } from '#lib/paraglide/messages.js';

/**
 * The mention that law requires on every page (décret n° 2019-768, article 5; RGAA 4.1.2):
 * totally compliant at 100 % of the criteria, partially from 50 %, not compliant below or without an audit.
 */
export function conformity(taux: number | null): string {
	if (taux === null || taux < 50) return m.accessibilite_non_conforme();
	return taux < 100 ? m.accessibilite_partielle() : m.accessibilite_totale();
}
