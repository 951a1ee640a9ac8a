import { expect, test } from 'vitest';
import type { Fiche } from '#lib/domain/fiche.ts';
import { groupSections } from './sections.ts';

const call = { lien: 'tel:+33465710001', texte: '04 65 71 00 01', sms: false };
const standIn = {
	nom: 'Accueil',
	invitation: 'Appelez : Accueil',
	chemin: '/territoire/services/accueil',
	appel: call
};

const fiche = (slug: string, facts: Partial<Fiche> = {}): Fiche => ({
	slug,
	nom: slug,
	chemin: `/territoire/services/${slug}`,
	propre: false,
	urgence: false,
	mark: 'plain',
	etat: null,
	message: null,
	horaires: null,
	resume: null,
	francais: null,
	facts: [],
	appel: null,
	enAttendant: null,
	changes: undefined,
	...facts
});

const section = (slug: string) => ({ slug, nom: slug, fr: false });

test('entries that wait for their number stand together under the one to call meanwhile', () => {
	const [garder] = groupSections(
		[section('garder'), section('vide')],
		[
			{ section: 'garder', fiche: fiche('creche', { enAttendant: standIn }) },
			{ section: 'garder', fiche: fiche('mairie', { appel: call }) },
			{ section: 'garder', fiche: fiche('relais', { enAttendant: standIn }) }
		]
	);
	expect(garder?.fiches.map(({ slug }) => slug)).toEqual(['mairie']);
	expect(garder?.relays.map((relay) => relay.fiches.map(({ slug }) => slug))).toEqual([['creche', 'relais']]);
});

test('an entry that waits alone says itself whom to call, at its place', () => {
	const [garder] = groupSections(
		[section('garder')],
		[
			{ section: 'garder', fiche: fiche('creche', { enAttendant: standIn }) },
			{ section: 'garder', fiche: fiche('mairie', { appel: call }) }
		]
	);
	expect(garder?.fiches.map(({ slug }) => slug)).toEqual(['creche', 'mairie']);
	expect(garder?.relays).toEqual([]);
});
