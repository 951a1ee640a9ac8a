import { copyFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startSite } from '../site.ts';

const advice = /^Le fichier de la base a été enlevé ou remplacé .+ et alors seulement redémarrez\.\n$/;

test('when the database is deleted or replaced under a running site, the site is no longer ready and says what to do', async () => {
	const site = await startSite();
	const file = path.join(site.dataDir, 'annuaire.sqlite');
	const ready = async () => {
		const response = await fetch(`${site.origin}/readyz`);
		return [response.status, await response.text()];
	};
	expect(await ready()).toEqual([200, 'ok\n']);

	const aside = path.join(site.dataDir, 'de-cote');
	renameSync(file, aside);
	expect(await ready()).toEqual([503, expect.stringMatching(advice)]);
	expect((await fetch(`${site.origin}/healthz`)).status).toBe(200);

	copyFileSync(aside, file);
	expect(await ready()).toEqual([503, expect.stringMatching(advice)]);

	rmSync(file);
	renameSync(aside, file);
	expect(await ready()).toEqual([200, 'ok\n']);
	expect(await site.stop()).toBe(0);
});
