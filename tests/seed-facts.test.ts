import { expect } from 'vitest';
import { normalisePhone } from '#lib/domain/phone.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { loadSeed } from '#lib/server/seed.ts';
import { listServiceNames, listServicesById, listThemeServices } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import facts from './fixtures/faits-fier-et-usses.json' with { type: 'json' };
import { openWorld, test as base } from './world.ts';

/** The real territory, loaded once for this file. */
const test = base.extend<{ real: Awaited<ReturnType<typeof openWorld>> }>({
	real: [
		async ({ task: _task }, use) => {
			const real = await openWorld('fier-et-usses');
			await use(real);
			await real.close();
		},
		{ scope: 'file' }
	]
});

const published = facts.faits.filter(({ statut }) => statut === 'confirme' || statut === 'existence-seule');
const known = (field: 'telephone' | 'courriel' | 'site_web' | 'adresse' | 'horaires_osm') =>
	new Set(
		published.flatMap((fact) => (field in fact ? [plain(String(fact[field as keyof typeof fact]))] : []))
	);
const phones = new Set(
	published.flatMap(({ telephone }) => (telephone === undefined ? [] : [normalisePhone(telephone)]))
);
const streets = [...known('adresse')];

/** Case, spaces and trailing slashes don't make another fact. */
function plain(value: string): string {
	return value
		.toLowerCase()
		.replaceAll('’', "'")
		.replace(/[\s\u00a0\u202f]+/g, ' ')
		.replace(/\/$/, '')
		.trim();
}

async function allServices(real: Awaited<ReturnType<typeof openWorld>>) {
	const rows = await real.db.selectFrom('service').select(['id', 'commune']).execute();
	const services = await Promise.all(
		rows.map(async ({ id, commune }) => (await listServicesById(real.db, [id], commune ?? undefined))[0])
	);
	return services.filter((service) => service !== undefined);
}

test('no telephone, address, hour, mail or site is shown without its source', async ({ real }) => {
	const services = await allServices(real);
	expect(services.length).toBeGreaterThan(70);
	const unsourced: string[] = [];
	// These describe every line that answers day and night, or the one that answers every day, in the source's own words.
	const hoursInWords = new Set([
		'24/7',
		'mo-su,ph 09:00-23:00',
		'mo-fr 09:00-19:00; sa-su 09:00-13:00,14:00-19:00'
	]);
	for (const service of services) {
		const say = (what: string, value: string) => unsourced.push(`${service.slug} ${what} ${value}`);
		for (const number of [service.telephone, service.sms])
			if (number !== null && !phones.has(number)) say('telephone', number);
		if (service.courriel && !known('courriel').has(plain(service.courriel)))
			say('courriel', service.courriel);
		for (const site of [service.site_web, service.lien_mobilisation])
			if (site && !known('site_web').has(plain(site))) say('site', site);
		if (service.adresse && !streets.some((street) => street.startsWith(plain(service.adresse ?? ''))))
			say('adresse', service.adresse);
		const hours = service.horaires_accueil === null ? '' : plain(service.horaires_accueil);
		if (hours && !known('horaires_osm').has(hours) && !hoursInWords.has(hours)) say('horaires', hours);
		if (service.source === null) say('source', 'none');
		if (service.verification !== null) say('verification', service.verification.verifie_par);
	}
	expect(unsourced).toEqual([]);
});

test('a number typed in a text is one that has a source', async ({ real }) => {
	for (const service of await allServices(real)) {
		const texts = [service.nom, service.resume, service.description, service.horaires_precisions].concat(
			service.demarches
		);
		for (const [number] of texts.join(' ').matchAll(/\b0\d([\s\u202f.]?\d\d){4}\b/g))
			expect(phones, `${service.slug}: ${number}`).toContain(normalisePhone(number));
	}
});

test('every theme has something useful in every commune, and someone to call', async ({ real }) => {
	const communes = await listCommunes(real.db);
	const themes = await listThemes(real.db);
	expect([communes.length, themes.length]).toEqual([7, 11]);
	for (const { slug: commune } of communes)
		for (const { slug: theme } of themes) {
			const placed = await listThemeServices(real.db, theme, commune);
			expect(placed.length, `${theme} in ${commune}`).toBeGreaterThanOrEqual(3);
			const reachable = placed.filter(
				({ service }) => service.telephone ?? service.sms ?? service.en_attendant
			);
			expect(reachable.length, `${theme} in ${commune}`).toBeGreaterThanOrEqual(1);
		}
});

test('the schools stand in their own commune, twelve in all', async ({ real }) => {
	const schools = facts.faits.filter(({ genre }) => genre === 'ecole');
	expect(schools).toHaveLength(12);
	const communes = await listCommunes(real.db);
	for (const { slug, nom } of communes) {
		const names = (await listServiceNames(real.db, slug))
			.filter(({ commune }) => commune === slug)
			.map((one) => plain(one.nom));
		for (const school of schools.filter(({ commune }) => commune === nom))
			expect(
				names.some(
					(name) =>
						plain(school.nom).includes(name.replace(/^école /, '')) || name.includes(plain(school.nom))
				),
				school.nom
			).toBe(true);
	}
});

test('what may not be published isn’t', async ({ real }) => {
	const names = (await real.db.selectFrom('service').select(['nom', 'telephone']).execute()).map(({ nom }) =>
		plain(nom)
	);
	for (const { nom } of facts.faits.filter(({ statut }) => statut === 'ne-pas-publier'))
		expect(names).not.toContain(plain(nom));
	for (const word of ['fvda', 'capej', 'ireps', 'réaap', 'secours populaire', 'secours catholique', 'admr'])
		expect(names.filter((name) => name.includes(word))).toEqual([]);
});

test('loading the seed again changes nothing, and never undoes an edit', async ({ real }) => {
	await real.db
		.updateTable('service')
		.set({ telephone: '04 65 71 12 34' })
		.where('slug', '=', 'mairie-sillingy')
		.execute();
	const before = await real.db.selectFrom('service').selectAll().orderBy('id').execute();
	expect(await loadSeed(real.db, 'fier-et-usses', real.dataDir)).toEqual({ created: 0, codes: 0 });
	expect(await real.db.selectFrom('service').selectAll().orderBy('id').execute()).toEqual(before);
});
