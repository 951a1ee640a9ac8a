import { FileError } from '#lib/server/census/limits.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { StartError } from '#lib/server/http/listen.ts';
import { SeedError } from '#lib/server/seed-files.ts';
import { SettingError } from '#lib/server/settings.ts';

/** A command called in a way it doesn't know. Its message says how to call it. */
export class UsageError extends Error {}

/** @throws UsageError when this process was given an argument: `command`, as people type it, takes none. */
export function refuseArguments(command: string): void {
	const [unknown] = process.argv.slice(2);
	if (unknown !== undefined)
		throw new UsageError(
			`L’argument « ${unknown} » n’existe pas : « ${command} » n’en prend aucun. Les réglages sont des variables d’environnement (docs/operations.md).`
		);
}

/**
 * Runs a command. What its user can mend ends it with one line: exit code 2 for a wrong call or setting,
 * 1 for the rest. Anything else is a fault of ours, shown whole.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
	try {
		await command();
	} catch (error) {
		const mendable = [UsageError, SettingError, DatabaseError, SeedError, StartError, FileError].some(
			(kind) => error instanceof kind
		);
		console.error(mendable && error instanceof Error ? error.message : error);
		process.exit(error instanceof SettingError || error instanceof UsageError ? 2 : 1);
	}
}
