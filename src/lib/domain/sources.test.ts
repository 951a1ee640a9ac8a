import { expect, test } from 'vitest';
import { sourceLink } from './sources.ts';

const entry = {
	source_lien: null as string | null,
	site_web: 'https://www.creche.example/contact',
	lien_mobilisation: 'https://portail.example',
	structure: { nom: 'Communauté de communes', site_web: 'http://www.valclair.example/' as string | null }
};

test.each([
	['the service’s own site', 'https://creche.example/horaires'],
	['where one registers', 'https://portail.example/tarifs'],
	['the site of who runs it', 'https://www.valclair.example/2351-tarifs.htm'],
	['the official directory', 'https://lannuaire.service-public.gouv.fr/centres-contact/R167'],
	['a department of the State', 'https://www.education.gouv.fr/annuaire']
])('a source at %s is a link', (_whose, source_lien) => {
	expect(sourceLink({ ...entry, source_lien })).toBe(source_lien);
});

test.each([
	['a file of data', 'https://github.com/quelqu-un/depot/blob/main/74-services.json'],
	['a newspaper', 'https://www.journal.example/2022/mission-locale'],
	['a site whose name only ends alike', 'https://faux-service-public.gouv.fr.example/R167'],
	['a name glued to an official one', 'https://monservice-public.gouv.fr/R167'],
	['an official page copied at an odd address', 'https://associations.gouv.fr./page.html?xml=F33954']
])('a source at %s is named without a link', (_whose, source_lien) => {
	expect(sourceLink({ ...entry, source_lien })).toBeNull();
});

test('an entry whose source has no address has no link', () => {
	expect(sourceLink({ ...entry, site_web: null, source_lien: null })).toBeNull();
});
