import { targetPath } from '#lib/domain/codes.ts';
import { listCodes } from '#lib/server/codes/codes.ts';
import type { Command } from './command.ts';

export const codes: Command = {
	usage: 'codes',
	summary: 'tous les codes imprimés depuis toujours, leur support et où ils mènent',
	needs: 'app',
	async run({ db }) {
		const codes = await listCodes(db);
		const data = codes.map(({ code, support, target, since, past }) => ({
			code,
			support,
			genre: target.kind,
			commune: target.commune,
			objet: target.object,
			cible: targetPath(target),
			depuis: since,
			cibles_passees: past.map((one) => ({ cible: targetPath(one), depuis: one.since }))
		}));
		return {
			data,
			lines: data.map(({ code, support, cible }) => `${code}  ${support.padEnd(12)}  ${cible}`)
		};
	}
};
