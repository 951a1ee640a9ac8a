import { dictionary } from '@zxcvbn-ts/language-common';
import { shortestPassword } from './accounts.ts';

const longestPassword = 200;

const common = new Set(dictionary['passwords-common']);

/**
 * What is wrong with a password in one French sentence, or undefined when it will do: long enough, not one of the
 * fifty thousand most common ones even dressed with figures, not the person's own address.
 */
export function passwordProblem(password: string, courriel: string): string | undefined {
	if (password.length < shortestPassword)
		return `Ce mot de passe est trop court : ${shortestPassword} caractères au moins, par exemple trois mots sans rapport.`;
	if (password.length > longestPassword)
		return `Ce mot de passe est trop long : ${longestPassword} caractères au plus.`;
	const lower = password.toLowerCase();
	const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	if (common.has(lower) || common.has(core) || new Set(lower).size < 5)
		return 'Ce mot de passe est trop courant, on le devinerait : choisissez par exemple trois mots sans rapport.';
	if (lower.includes(courriel.toLowerCase()) || lower === courriel.split('@')[0]?.toLowerCase())
		return 'Votre mot de passe ne doit pas contenir votre adresse de courriel.';
	return undefined;
}
