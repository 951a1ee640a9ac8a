import { writeFileSync } from 'node:fs';
import { csvOf, exportFor } from '#lib/server/census/export.ts';
import { FileError } from '#lib/server/census/limits.ts';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';

export const exporter: Command = {
	usage: 'exporter csv [-o FICHIER]',
	summary: 'les fiches que tout le monde peut lire, sans rien de professionnel',
	needs: 'app',
	async run({ db }, [format, extra], { o }) {
		if (format !== 'csv')
			throw new UsageError(
				format === undefined
					? 'Donnez un format : annuaire exporter csv.'
					: `Le format « ${format} » n’existe pas : « exporter csv ».`
			);
		if (extra !== undefined)
			throw new UsageError(`« exporter csv » ne prend que -o : « ${extra} » est de trop.`);
		const table = await exportFor(db, 'public');
		const text = csvOf(table, 'standard');
		if (o !== undefined) writeText(o, text);
		const fiches = table.rows.length;
		return {
			lines: o === undefined ? [text.trimEnd()] : [`${fiches} fiches dans ${o}.`],
			data: { fiches, ...(o === undefined ? { csv: text } : { fichier: o }) }
		};
	}
};

function writeText(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch {
		throw new FileError(`Le fichier ${file} ne s’écrit pas : ce dossier existe-t-il ?`);
	}
}
