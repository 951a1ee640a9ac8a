import { writeFileSync } from 'node:fs';
import { normaliseCode } from '#lib/domain/codes.ts';
import { findCode } from '#lib/server/codes/codes.ts';
import { symbolSvg } from '#lib/server/codes/symbol.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { findOrigin } from '#lib/server/territory.ts';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';

export const qr: Command = {
	usage: 'qr CODE [-o FICHIER.svg]',
	summary: 'le carré d’un code imprimé, en dessin vectoriel (SVG)',
	needs: 'app',
	async run({ db }, [typed = ''], { o }) {
		const code = normaliseCode(typed);
		if (code === undefined || !(await findCode(db, code)))
			throw new UsageError(`Le code « ${typed} » n’existe pas.`);
		const origin = await findOrigin(db);
		if (origin === undefined)
			throw new DatabaseError('L’adresse du site n’est pas connue : démarrez-le une fois (npm start).');
		if (!origin.startsWith('https:')) console.warn(`ÉPREUVE – ne pas diffuser : ce code mène à ${origin}.`);
		const svg = await symbolSvg(origin, code);
		if (o === undefined) return { lines: [svg], data: { code, svg } };
		writeFileSync(o, svg);
		return { lines: [`${o} écrit.`], data: { code, fichier: o } };
	}
};
