import type { ParamMatcher } from '@sveltejs/kit';
import { baseLocale, locales } from '#lib/paraglide/runtime.js';

/** A language the pages are written in, other than French, which has no prefix. */
export const match = ((param) =>
	param !== baseLocale && (locales as readonly string[]).includes(param)) satisfies ParamMatcher;
