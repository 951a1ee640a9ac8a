import { AsyncLocalStorage } from 'node:async_hooks';
import { speakAs } from '#lib/domain/language.ts';
import { baseLocale, type Locale } from '#lib/paraglide/runtime.js';

const reader = new AsyncLocalStorage<Locale>();

/** What `say` gives, all its words in this language, those it comes to later too. */
export function speaking<T>(locale: Locale, say: () => T): T {
	return reader.run(locale, say);
}

/** From then on, words are said in the language of whoever `speaking` speaks to; in French to all others. */
export function listenToReaders(): void {
	speakAs(() => reader.getStore() ?? baseLocale);
}
