import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ hasLeft: url.searchParams.has('depart') });
