import { baseLocale } from '#lib/paraglide/runtime.js';
import { inFrench } from './language.ts';
import { labelOf } from './vocabulary.ts';

/**
 * The language of a page, as the desk says it: « en turc », « en français facile »; undefined for French.
 * @param code one of `languages`; '' for French too
 */
export function pageLanguage(code: string): string | undefined {
	if (code === baseLocale || code === '') return undefined;
	if (code === 'facile') return 'en français facile';
	return `en ${inFrench(() => labelOf('langues', code)).toLowerCase()}`;
}
