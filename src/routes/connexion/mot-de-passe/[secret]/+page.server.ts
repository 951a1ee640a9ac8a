import { keepPassword, whoseLink } from '../../chosen-password.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => whoseLink(event, 'mot-de-passe');

export const actions: Actions = { default: (event) => keepPassword(event, 'mot-de-passe') };
