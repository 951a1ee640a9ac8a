import { readsFrench } from '#lib/domain/language.ts';

/**
 * The attributes of an element whose words stay in French, where the reader reads another language; none for those who
 * read French. `isFrench` false: none either.
 */
export function french(isFrench = true): { lang?: 'fr'; dir?: 'ltr' } {
	return isFrench && !readsFrench() ? { lang: 'fr', dir: 'ltr' } : {};
}
