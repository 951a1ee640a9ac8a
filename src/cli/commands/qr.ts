import { writeFileSync } from 'node:fs';
import { symbolSvg } from '#lib/server/codes/symbol.ts';
import type { Command } from './command.ts';
import { readPrinted } from './printed.ts';

export const qr: Command = {
	usage: 'qr CODE [-o FICHIER.svg]',
	summary: 'le carré d’un code imprimé, en dessin vectoriel (SVG)',
	needs: 'app',
	async run({ db }, [typed], { o }) {
		const { code, origin, warnings } = await readPrinted(db, 'qr', typed);
		const svg = symbolSvg(origin, code.code);
		if (o === undefined) return { lines: [svg], data: { code: code.code, svg }, warnings };
		writeFileSync(o, svg);
		return { lines: [`${o} écrit.`], data: { code: code.code, fichier: o }, warnings };
	}
};
