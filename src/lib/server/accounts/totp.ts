import { randomBytes } from 'node:crypto';
import { decodeBase32, encodeBase32UpperCaseNoPadding } from '@oslojs/encoding';
import { createTOTPKeyURI, generateHOTP } from '@oslojs/otp';

/** Length of a step, in seconds, and of a code (RFC 6238, as every application does). */
const step = 30;
const digits = 6;

/** A new secret for an application of codes, in base 32. */
export function newTotpSecret(): string {
	return encodeBase32UpperCaseNoPadding(randomBytes(20));
}

/** The address that an application of codes reads from a QR symbol. */
export function totpAddress(secret: string, issuer: string, courriel: string): string {
	return createTOTPKeyURI(issuer, courriel, decodeBase32(secret), step, digits);
}

/** Whether what was typed has the six digits of a code, spaces aside. */
export function isWholeCode(typed: string): boolean {
	return /^\d{6}$/.test(typed.replace(/\s/g, ''));
}

/**
 * The step whose code was typed, at `at` (epoch milliseconds) or one step around it, clocks being what they are.
 * Undefined for a wrong code, and for a step not after `lastStep`: each code serves once.
 */
export function acceptedStep(
	secret: string,
	typed: string,
	at: number,
	lastStep: number | null
): number | undefined {
	if (!isWholeCode(typed)) return undefined;
	const code = typed.replace(/\s/g, '');
	const present = Math.floor(at / 1000 / step);
	return [present, present - 1, present + 1].find(
		(candidate) => candidate > (lastStep ?? 0) && codeOf(secret, candidate) === code
	);
}

/** The code of one step: what the application shows. */
export function codeOf(secret: string, atStep: number): string {
	return generateHOTP(decodeBase32(secret), BigInt(atStep), digits);
}
