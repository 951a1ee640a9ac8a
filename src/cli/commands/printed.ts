import { normaliseCode } from '#lib/domain/codes.ts';
import { findCode, type PrintedCode } from '#lib/server/codes/codes.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { findOrigin } from '#lib/server/territory.ts';
import { UsageError } from '../run.ts';

/** A code about to be put on paper, and the address that it will carry. */
interface Printed {
	code: PrintedCode;
	/** The `ORIGIN` of the server's last start. */
	origin: string;
	/** That it is a proof, where that isn't https. */
	warnings: string[];
}

/**
 * The code typed after this command.
 * @throws UsageError without a code, or for one that was never issued
 * @throws DatabaseError when the site never started: nobody knows its address
 */
export async function readPrinted(db: Db, command: string, typed: string | undefined): Promise<Printed> {
	if (typed === undefined) throw new UsageError(`Donnez un code : annuaire ${command} CODE.`);
	const normalised = normaliseCode(typed);
	const code = normalised === undefined ? undefined : await findCode(db, normalised);
	if (!code) throw new UsageError(`Le code « ${typed} » n’existe pas.`);
	const origin = await findOrigin(db);
	if (origin === undefined)
		throw new DatabaseError('L’adresse du site n’est pas connue : démarrez-le une fois (npm start).');
	const isProof = !origin.startsWith('https:');
	return {
		code,
		origin,
		warnings: isProof ? [`ÉPREUVE – ne pas diffuser : ce code mène à ${origin}.`] : []
	};
}
