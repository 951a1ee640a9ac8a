import { answerWith } from '../export.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => answerWith(locals, 'xlsx');
