import type { WebPage } from 'schema-dts';
import type { PlainDate } from '../dates.ts';
import { readerLanguage } from '../language.ts';

/** What is told of a page that speaks of something. */
interface PageFacts {
	/** Its own address in full, or that of the page that says the same. */
	url: string;
	/** The day its content last changed; undefined when it isn't known. */
	modified: PlainDate | undefined;
	/** The day someone read it over. */
	reviewed?: PlainDate | undefined;
}

/** The page, in the reader's language, for what it is about. */
export function webPage({ url, modified, reviewed }: PageFacts): WebPage {
	return {
		'@type': 'WebPage',
		'@id': url,
		inLanguage: readerLanguage().lang,
		...(modified !== undefined && { dateModified: modified }),
		...(reviewed !== undefined && { lastReviewed: reviewed })
	};
}
