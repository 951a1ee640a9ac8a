import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { projectRoot } from './root.ts';

/** Where the territories are. */
export const seedsFolder = path.join(projectRoot, 'seeds');

/** What is wrong in a territory's files, in French, for whoever writes them. */
export class SeedError extends Error {}

/** Reads and checks one file of a territory. @throws SeedError naming the file and each thing that is wrong in it. */
export function readSeedFile<T extends v.GenericSchema>(file: string, schema: T): v.InferOutput<T> {
	let data: unknown;
	try {
		// « <<: » takes up what another entry of the file says (https://yaml.org/type/merge.html).
		data = parse(readFileSync(file, 'utf8'), { merge: true });
	} catch (error) {
		throw new SeedError(
			`${path.relative(seedsFolder, file)} ne se lit pas : ${error instanceof Error ? error.message : String(error)}`
		);
	}
	const result = v.safeParse(schema, data);
	if (result.success) return result.output;
	const wrong = result.issues.map((issue) => `  ${v.getDotPath(issue) ?? ''} : ${issue.message}`);
	throw new SeedError(`${path.relative(seedsFolder, file)} :\n${wrong.slice(0, 20).join('\n')}`);
}
