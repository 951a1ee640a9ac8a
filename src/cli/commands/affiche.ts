import { writeFileSync } from 'node:fs';
import { isSheetFormat, sheetFormats, sheetOf } from '#lib/server/paper/sheet.ts';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';
import { readPrinted } from './printed.ts';

export const affiche: Command = {
	usage: `affiche CODE --format ${sheetFormats.join('|')} -o FICHIER.pdf`,
	summary: 'l’affiche, l’encart ou les étiquettes d’un code, en PDF',
	needs: 'app',
	async run({ db, typst }, [typed], { o, format = '' }) {
		if (!isSheetFormat(format))
			throw new UsageError(`Choisissez un format avec --format : ${sheetFormats.join(', ')}.`);
		if (o === undefined) throw new UsageError('Dites où écrire le fichier, avec -o FICHIER.pdf.');
		const { code, origin, warnings } = await readPrinted(db, 'affiche', typed);
		const data = await sheetOf(db, code, format, origin);
		writeFileSync(o, await typst.draw({ template: 'affiche', as: 'pdf', data }));
		return { lines: [`${o} écrit.`], data: { code: code.code, format, fichier: o }, warnings };
	}
};
