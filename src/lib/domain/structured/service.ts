import type {
	OpeningHoursSpecification,
	Place,
	PeopleAudience,
	PostalAddress,
	Service as ServiceData,
	ServiceChannel,
	WithContext
} from 'schema-dts';
import { type PlainDate } from '../dates.ts';
import type { Service } from '../service.ts';
import type { ServicePage } from '../service-page.ts';
import { closedBetween, openingHours } from './hours.ts';
import { webPage } from './page.ts';

/** Where and when the page of an entry is read. */
export interface Shown {
	/** Where the site is. */
	origin: string;
	/** The commune that the page names, if it does. */
	commune: string | undefined;
	/** The day it is. */
	today: PlainDate;
	/** The day the page last changed. */
	modified: PlainDate | undefined;
}

/**
 * An entry as robots read it (https://schema.org/Service), from what its page shows and nothing else; undefined for what
 * is no service: a « comment faire », and a project, which nobody can turn to yet.
 */
export function serviceData(
	service: Service,
	page: ServicePage,
	{ origin, commune, today, modified }: Shown
): WithContext<ServiceData> | undefined {
	if (service.nature === 'repere' || service.nature === 'projet') return undefined;
	const url = page.canonical ?? `${origin}${page.fiche.chemin}`;
	const channel = channelOf(service, page, today);
	const audience = audienceOf(service, page);
	const hours = page.hours && hoursOf(service);
	const closures = closuresOf(service, today);
	return {
		'@context': 'https://schema.org',
		'@type': 'Service',
		name: service.nom,
		description: service.description,
		url,
		mainEntityOfPage: webPage({ url, modified, reviewed: service.verification?.verifie_le }),
		...(page.service.structure !== null && {
			provider: { '@type': 'Organization', name: page.service.structure }
		}),
		...(commune !== undefined && { areaServed: { '@type': 'AdministrativeArea', name: commune } }),
		...(audience && { audience }),
		// Words beside « Gratuit » may take some of it back.
		...(service.frais === 'gratuit' &&
			service.frais_precisions === null && { offers: { '@type': 'Offer', price: 0, priceCurrency: 'EUR' } }),
		// Of a service that has no place, nothing says on which days these hours don't hold.
		...(hours && closures.length === 0 && !hasAddress(service) && { hoursAvailable: hours }),
		...(channel && { availableChannel: channel })
	};
}

/** How people reach it: the number to press, the place to go to, where it is done online, in which languages. */
function channelOf(service: Service, page: ServicePage, today: PlainDate): ServiceChannel | undefined {
	const call = page.fiche.appel;
	const contact = call && ({ '@type': 'ContactPoint', telephone: call.lien.replace(/^\w+:/, '') } as const);
	const online = service.lien_mobilisation ?? (service.nature === 'site' ? service.site_web : null);
	if (!contact && !online && !hasAddress(service)) return undefined;
	return {
		'@type': 'ServiceChannel',
		...(service.langues.length > 0 && { availableLanguage: service.langues }),
		...(contact && (call.sms ? { serviceSmsNumber: contact } : { servicePhone: contact })),
		...(online && { serviceUrl: online }),
		...(hasAddress(service) && { serviceLocation: placeOf(service, page, today) })
	};
}

function placeOf(service: Service, page: ServicePage, today: PlainDate): Place {
	const hours = page.hours && hoursOf(service);
	const closures = closuresOf(service, today);
	return {
		'@type': 'Place',
		address: addressOf(service),
		...(hours && { openingHoursSpecification: hours }),
		...(closures.length > 0 && { specialOpeningHoursSpecification: closures })
	};
}

function hasAddress({ adresse, ville }: Service): boolean {
	return adresse !== null || ville !== null;
}

function addressOf({ adresse, complement_adresse, code_postal, ville }: Service): PostalAddress {
	const street = [adresse, complement_adresse].filter(Boolean).join(', ');
	return {
		'@type': 'PostalAddress',
		...(street !== '' && { streetAddress: street }),
		...(code_postal !== null && { postalCode: code_postal }),
		...(ville !== null && { addressLocality: ville }),
		addressCountry: 'FR'
	};
}

/** The hours, unless words stand beside them: they may say when these don't hold. */
function hoursOf({ horaires_accueil, horaires_precisions }: Service) {
	if (horaires_accueil === null || horaires_precisions !== null) return undefined;
	return openingHours(horaires_accueil);
}

/** The closures under way and to come: those that the page tells. */
function closuresOf({ closures }: Service, today: PlainDate): OpeningHoursSpecification[] {
	return closures.filter(({ fin }) => fin >= today).map(({ debut, fin }) => closedBetween(debut, fin));
}

function audienceOf(
	{ age_min_mois, age_max_mois }: Service,
	{ composed: { publics } }: ServicePage
): PeopleAudience | undefined {
	// From birth, the page says nothing of where it begins.
	const hasMin = age_min_mois !== null && age_min_mois > 0;
	if (publics === '' && !hasMin && age_max_mois === null) return undefined;
	return {
		'@type': 'PeopleAudience',
		...(publics !== '' && { audienceType: publics }),
		...(hasMin && { suggestedMinAge: yearsOf(age_min_mois) }),
		...(age_max_mois !== null && { suggestedMaxAge: yearsOf(age_max_mois) })
	};
}

/** An age in years, as the page rounds it: months under two years, then whole years. */
function yearsOf(months: number): number {
	return months < 24 ? Math.round((months / 12) * 100) / 100 : Math.floor(months / 12);
}
