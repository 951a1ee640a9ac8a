import { createHash, randomBytes } from 'node:crypto';

/** A secret to hand over once, 256 bits written in 43 characters that an address may hold. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that opens a door: its SHA-256. It is long and random, so that is enough. */
export function hashOf(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
