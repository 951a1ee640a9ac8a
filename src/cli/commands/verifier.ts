import { verify } from '#lib/server/backup/verify.ts';
import type { Command } from './command.ts';

export const verifier: Command = {
	usage: 'verifier [--reparer]',
	summary: 'la base, la recherche et les codes sont-ils sains ; dit quoi faire sinon',
	needs: 'folder',
	async run(settings, _args, { reparer = false }) {
		const checks = await verify(settings, { repair: reparer });
		const faults = checks.flatMap((check) => check.faults);
		return {
			lines: [
				...checks.flatMap(({ summary, faults }) =>
					faults.length === 0 ? [`✓ ${summary}`] : [`✗ ${summary}`, ...faults.map((fault) => `  ${fault}`)]
				),
				faults.length === 0 ? 'Tout est sain.' : `${faults.length} chose(s) à voir.`
			],
			data: {
				sain: faults.length === 0,
				controles: checks.map(({ name, summary, faults }) => ({ nom: name, objet: summary, defauts: faults }))
			},
			failed: faults.length > 0
		};
	}
};
