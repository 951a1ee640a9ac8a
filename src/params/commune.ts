import type { ParamMatcher } from '@sveltejs/kit';
import { isCommuneSlug } from '#lib/domain/reserved.ts';

/** A commune's slug, or the common base. Whether the commune exists is asked of the database by the page. */
export const match = ((param) => param === 'territoire' || isCommuneSlug(param)) satisfies ParamMatcher;
