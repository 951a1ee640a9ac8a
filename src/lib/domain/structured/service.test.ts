import { describe, expect } from 'vitest';
import { findService } from '#lib/server/services.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { test } from '../../../../tests/world.ts';
import { instantOf } from '../dates.ts';
import type { Reading } from '../fiche.ts';
import type { Service } from '../service.ts';
import { servicePageOf } from '../service-page.ts';
import { serviceData } from './service.ts';

const origin = 'https://valclair.example';

/** What robots read of an entry of the world, these facts being its own, on a Tuesday morning. */
async function told(
	db: Db,
	slug: string,
	{ scope = 'haut-valclair', ...own }: Partial<Service> & { scope?: string } = {}
) {
	const found = await findService(db, slug, scope === 'territoire' ? undefined : scope);
	if (!found) throw new Error(`${slug} isn't read in ${scope}`);
	const service = { ...found, ...own };
	const reading: Reading = {
		scope,
		at: instantOf('2026-11-24T10:15'),
		calendar: { schoolHolidays: [], place: { departement: 'Haute-Savoie', region: 'Auvergne-Rhône-Alpes' } }
	};
	const around = { reading, theme: undefined, themes: [], communes: [], contact: null, origin };
	const commune = scope === 'territoire' ? undefined : 'Haut-Valclair';
	const shown = { origin, commune, today: '2026-11-24', modified: '2026-11-23' };
	const data = serviceData(service, servicePageOf(service, around), shown);
	return data as unknown as Record<string, unknown> | undefined;
}

test('a place one goes to: its number, its address, its hours, its closure, for whom, by whom', async ({
	db
}) => {
	expect(await told(db, 'accueil-petite-enfance', { langues: ['fr', 'en'] })).toEqual({
		'@context': 'https://schema.org',
		'@type': 'Service',
		name: 'Accueil petite enfance',
		description: 'C’est ici que l’on inscrit un enfant à la crèche. On vous aide par téléphone.',
		url: `${origin}/territoire/services/accueil-petite-enfance`,
		mainEntityOfPage: {
			'@type': 'WebPage',
			'@id': `${origin}/territoire/services/accueil-petite-enfance`,
			inLanguage: 'fr',
			dateModified: '2026-11-23'
		},
		provider: { '@type': 'Organization', name: 'Communauté de communes du Valclair' },
		areaServed: { '@type': 'AdministrativeArea', name: 'Haut-Valclair' },
		audience: {
			'@type': 'PeopleAudience',
			audienceType: 'Parents',
			suggestedMinAge: 0.17,
			suggestedMaxAge: 4
		},
		offers: { '@type': 'Offer', price: 0, priceCurrency: 'EUR' },
		availableChannel: {
			'@type': 'ServiceChannel',
			availableLanguage: ['fr', 'en'],
			servicePhone: { '@type': 'ContactPoint', telephone: '+33465710020' },
			serviceLocation: {
				'@type': 'Place',
				address: {
					'@type': 'PostalAddress',
					streetAddress: '2 rue du Pré',
					postalCode: '00200',
					addressLocality: 'Bourg-Valclair',
					addressCountry: 'FR'
				},
				openingHoursSpecification: [
					{
						'@type': 'OpeningHoursSpecification',
						dayOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
						opens: '08:30',
						closes: '12:00'
					},
					{
						'@type': 'OpeningHoursSpecification',
						dayOfWeek: ['Monday', 'Tuesday', 'Thursday'],
						opens: '13:30',
						closes: '17:00'
					},
					{ '@type': 'OpeningHoursSpecification', dayOfWeek: ['Friday'], opens: '13:30', closes: '16:00' },
					{ '@type': 'OpeningHoursSpecification', dayOfWeek: 'PublicHolidays' }
				],
				specialOpeningHoursSpecification: [
					{ '@type': 'OpeningHoursSpecification', validFrom: '2026-12-28', validThrough: '2026-12-31' }
				]
			}
		}
	});
});

test('a commune’s own entry, and its own words, are told at its own address', async ({ db }) => {
	const mairie = await told(db, 'mairie-haut-valclair');
	expect(mairie).toMatchObject({
		url: `${origin}/haut-valclair/services/mairie-haut-valclair`,
		mainEntityOfPage: { lastReviewed: '2026-10-02' }
	});
	const varied = await told(db, 'accueil-petite-enfance', { scope: 'pont-valclair' });
	expect(varied?.url).toBe(`${origin}/pont-valclair/services/accueil-petite-enfance`);
	expect(varied?.availableChannel).toMatchObject({ servicePhone: { telephone: '+33465710023' } });
});

test('in the common base no commune is named', async ({ db }) => {
	const base = await told(db, 'accueil-petite-enfance', { scope: 'territoire' });
	expect(base?.url).toBe(`${origin}/territoire/services/accueil-petite-enfance`);
	expect(base).not.toHaveProperty('areaServed');
});

test('nothing is told of what is no service, or not yet', async ({ db }) => {
	for (const slug of ['carte-grise', 'maison-des-familles']) expect(await told(db, slug)).toBeUndefined();
});

describe('each fact is told when the page shows it', () => {
	test.for<[string, Partial<Service>, Record<string, unknown>]>([
		['a short number, day and night', { telephone: '112', horaires_accueil: '24/7' }, { telephone: '112' }],
		['a number typed with its country', { telephone: '+33465710050' }, { telephone: '+33465710050' }]
	])('%s', async ([, own, contact], { db }) => {
		const data = await told(db, 'accueil-valclair', own);
		expect(data?.availableChannel).toMatchObject({ servicePhone: contact });
	});

	test('a number reached by text message only', async ({ db }) => {
		expect((await told(db, 'secours-par-sms'))?.availableChannel).toEqual({
			'@type': 'ServiceChannel',
			serviceSmsNumber: { '@type': 'ContactPoint', telephone: '114' }
		});
	});

	test('nobody to call and nowhere to go: no way to reach it', async ({ db }) => {
		expect(await told(db, 'creche')).not.toHaveProperty('availableChannel');
	});

	test('where it is done online', async ({ db }) => {
		const lien = 'https://valclair.example/inscription';
		expect((await told(db, 'creche', { lien_mobilisation: lien }))?.availableChannel).toEqual({
			'@type': 'ServiceChannel',
			serviceUrl: lien
		});
	});

	test.for<[string, Partial<Service>, boolean]>([
		['free', { frais: 'gratuit' }, true],
		['free, but', { frais: 'gratuit', frais_precisions: 'La première fois.' }, false],
		['paid for', { frais: 'payant' }, false],
		['by income', { frais: 'selon-revenus' }, false],
		['not said', { frais: null }, false]
	])('%s', async ([, own, isFree], { db }) => {
		const data = await told(db, 'accueil-valclair', own);
		expect(data?.offers !== undefined).toBe(isFree);
	});

	test.for<[number | null, number | null, Record<string, number> | undefined]>([
		[null, null, undefined],
		[0, null, undefined],
		[0, 36, { suggestedMaxAge: 3 }],
		[18, 47, { suggestedMinAge: 1.5, suggestedMaxAge: 3 }],
		[36, 132, { suggestedMinAge: 3, suggestedMaxAge: 11 }],
		[720, null, { suggestedMinAge: 60 }]
	])('from %s to %s months', async ([age_min_mois, age_max_mois, ages], { db }) => {
		const data = await told(db, 'accueil-valclair', { age_min_mois, age_max_mois });
		expect(data?.audience).toEqual(ages && { '@type': 'PeopleAudience', ...ages });
	});
});

describe('hours are told where they hold', () => {
	test('of a service that has no place, they are its own', async ({ db }) => {
		const data = await told(db, 'ecoute-valclair');
		expect(data?.hoursAvailable).toHaveLength(2);
		expect(data?.availableChannel).not.toHaveProperty('serviceLocation');
	});

	test.for<[string, Partial<Service>]>([
		['words beside them may contradict them', { horaires_precisions: 'Sauf en août.' }],
		['nobody can read them', { horaires_accueil: 'le soir' }],
		['they are not known', { horaires_accueil: null }],
		['school holidays change them', { horaires_accueil: 'Mo-Fr 09:00-12:00; SH off' }],
		['it closes, and has no place', { closures: [{ debut: '2026-11-20', fin: '2026-11-24', motif: null }] }]
	])('not told: %s', async ([, own], { db }) => {
		expect(await told(db, 'ecoute-valclair', own)).not.toHaveProperty('hoursAvailable');
	});

	test('a closure that is over is forgotten', async ({ db }) => {
		const closures = [{ debut: '2026-11-20', fin: '2026-11-23', motif: null }];
		const data = await told(db, 'accueil-petite-enfance', { closures });
		expect(data?.availableChannel).not.toHaveProperty('serviceLocation.specialOpeningHoursSpecification');
		expect(await told(db, 'ecoute-valclair', { closures })).toHaveProperty('hoursAvailable');
	});
});
