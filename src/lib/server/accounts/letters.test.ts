import { expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { invite } from './letters.ts';

const origin = 'https://annuaire.example';

test('an invitation names its person, and whose inhabitants read what they keep true', async ({ db }) => {
	const secretary = { nom: 'Camille', courriel: 'camille@exemple.fr', role: 'mairie' } as const;
	await invite(db, origin, { ...secretary, communes: ['haut-valclair', 'pont-valclair'] }, 'CCV');
	await invite(
		db,
		origin,
		{ nom: 'Dominique', courriel: 'd@exemple.fr', role: 'agent', communes: [] },
		'CCV'
	);
	const mails = await db.selectFrom('mail').select('text').orderBy('id').execute();
	expect(mails[0]?.text).toContain('Bonjour Camille,');
	expect(mails[0]?.text?.replace(/\s+/g, ' ')).toContain(
		'ce que lisent les habitants, à Haut-Valclair et au Pont-Valclair.'
	);
	expect(mails[1]?.text).toContain('Bonjour Dominique,');
	expect(mails[1]?.text?.replace(/\s+/g, ' ')).toContain('ce que lisent les habitants.');
});
