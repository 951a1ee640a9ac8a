import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of OWASP’s Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What is kept of a password. Takes some tens of milliseconds, off the main thread: never inside a transaction. */
export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize('NFKC'), parameters);
}

/** Hash of a password nobody has: checking against it takes as long as against a real one. */
let nobody: Promise<string> | undefined;

/** Whether this is the password of `passwordHash`. Takes as long when there is none. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
	nobody ??= hashPassword('un mot de passe que personne ne peut avoir');
	const isRight = await verify(passwordHash ?? (await nobody), password.normalize('NFKC'));
	return isRight && passwordHash !== null;
}
