import type { Account, Role } from '#lib/domain/accounts.ts';
import { baseScope } from '#lib/domain/paths.ts';

/** Who may call a route: anyone, or an account of one of these roles. */
export type Access = 'public' | readonly Role[];

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const resident = '/(resident)/[[langue=langue]]';
/** The route of a commune's home, under which all its pages are. */
export const communeRoute = `${resident}/[commune=commune]`;
/** The form of an entry, where it is read over before it is published. */
const editingRoute = '/mairie/fiches/[slug]';
const situationRoute = '/mairie/situations/[moment]';
/** Pages that ask an editor to read over what is about to be published, within a frame. */
export const framingRoutes: readonly string[] = [editingRoute, situationRoute];
/** What is shown in those frames, as residents would read it. */
export const framedRoutes: readonly string[] = framingRoutes.map((route) => `${route}/apercu`);
const read = { GET: 'public' } as const;
/** Pages that read and receive a form from whoever holds what opens them: a password, a mail’s link. */
const form = { GET: 'public', POST: 'public' } as const;
const everyone = ['administration', 'mairie', 'agent', 'lecture'] as const;
/** What the communauté de communes and the mairies keep true. */
const editors = { GET: ['administration', 'mairie'], POST: ['administration', 'mairie'] } as const;
/** Who proposes changes, and who reads what was proposed. */
const proposals = {
	GET: ['administration', 'mairie', 'agent'],
	POST: ['administration', 'mairie', 'agent']
} as const;
const proposers = { GET: ['mairie', 'agent'], POST: ['mairie', 'agent'] } as const;
/** One's own account. */
const own = { GET: everyone, POST: everyone } as const;

/**
 * Every route of the site, by SvelteKit's route id, and who may call it by which method.
 * What isn't declared here is refused; a HEAD goes with its GET.
 */
export const access: Record<string, Partial<Record<Method, Access>>> = {
	[resident]: read,
	[`${resident}/accessibilite`]: read,
	[`${resident}/donnees-personnelles`]: read,
	[`${resident}/mentions-legales`]: read,
	[`${resident}/plan-du-site`]: read,
	[communeRoute]: read,
	[`${communeRoute}/[image].png`]: read,
	[`${communeRoute}/[theme]`]: read,
	[`${communeRoute}/[...reste]`]: read,
	[`${communeRoute}/avis`]: form,
	[`${communeRoute}/agenda`]: read,
	[`${communeRoute}/agenda.ics`]: read,
	[`${communeRoute}/agenda/[evenement]`]: read,
	[`${communeRoute}/agenda/[evenement].ics`]: read,
	[`${communeRoute}/comprendre`]: read,
	[`${communeRoute}/moments`]: read,
	[`${communeRoute}/moments/[moment]`]: read,
	[`${communeRoute}/numeros-utiles`]: read,
	[`${communeRoute}/partager`]: read,
	[`${communeRoute}/plan-du-site`]: read,
	[`${communeRoute}/question`]: form,
	[`${communeRoute}/question/merci`]: read,
	[`${communeRoute}/recherche`]: read,
	[`${communeRoute}/services/[slug]`]: read,
	[`${communeRoute}/services/[slug].vcf`]: read,
	[`${communeRoute}/services/[slug]/signaler`]: form,
	'/(resident)/q': read,
	'/(resident)/q/[code]': read,
	'/connexion': form,
	'/connexion/code': form,
	'/connexion/oubli': form,
	'/connexion/invitation/[secret]': form,
	'/connexion/mot-de-passe/[secret]': form,
	'/connexion/premier-compte/[secret]': form,
	'/connexion/deconnexion': { POST: 'public' },
	'/verifier/[secret]': form,
	'/verifier/[secret]/[slug]': form,
	'/verifier/merci': read,
	'/mairie': { GET: ['administration', 'mairie'] },
	'/mairie/fiches': { GET: ['administration', 'mairie'] },
	'/mairie/fiches/nouvelle': editors,
	[editingRoute]: editors,
	'/mairie/fiches/[slug]/adresse': editors,
	[`${editingRoute}/apercu`]: { GET: ['administration', 'mairie'] },
	'/mairie/fiches/[slug]/archiver': editors,
	'/mairie/fiches/[slug]/historique': editors,
	'/mairie/fiches/[slug]/permanences': editors,
	'/mairie/propositions': { GET: proposals.GET },
	'/mairie/propositions/nouvelle': proposers,
	'/mairie/propositions/[id]': proposals,
	'/mairie/propositions/[id]/amender': editors,
	'/mairie/questions': proposals,
	'/mairie/questions/[id]': proposals,
	'/mairie/questions/[id]/publier': editors,
	'/mairie/questions/publiees': { GET: ['administration', 'mairie'] },
	'/mairie/questions/publiees/[numero]': editors,
	'/mairie/fiches/[slug]/suivi': editors,
	'/mairie/suivi': editors,
	'/mairie/suivi/fiche-papier': { GET: ['administration', 'mairie'] },
	'/mairie/fiches/[slug]/fusionner': editors,
	'/mairie/doublons': editors,
	'/mairie/import': editors,
	'/mairie/import/[numero]': editors,
	'/mairie/import/[numero]/revue': editors,
	'/mairie/export.csv': { GET: everyone },
	'/mairie/export.xlsx': { GET: everyone },
	'/mairie/fiches/[slug]/annonces': editors,
	'/mairie/fiches/[slug]/commun': editors,
	'/mairie/fiches/[slug]/horaires': editors,
	'/mairie/themes': { GET: ['administration', 'mairie'] },
	'/mairie/themes/[theme]': editors,
	'/mairie/themes/[theme]/historique': editors,
	'/mairie/situations': editors,
	'/mairie/situations/nouvelle': { GET: ['administration'], POST: ['administration'] },
	[situationRoute]: editors,
	[`${situationRoute}/adresse`]: { GET: ['administration'], POST: ['administration'] },
	[`${situationRoute}/apercu`]: { GET: ['administration', 'mairie'] },
	[`${situationRoute}/archiver`]: { GET: ['administration'], POST: ['administration'] },
	[`${situationRoute}/historique`]: editors,
	'/mairie/traductions': { GET: ['administration'] },
	'/mairie/traductions/[langue]/[objet]': { GET: ['administration'], POST: ['administration'] },
	'/mairie/agenda': editors,
	'/mairie/agenda/importer': editors,
	'/mairie/agenda/nouveau': editors,
	'/mairie/agenda/[evenement]': editors,
	'/mairie/agenda/[evenement]/historique': editors,
	'/mairie/supports': editors,
	'/mairie/supports/registre.csv': { GET: ['administration', 'mairie'] },
	'/mairie/supports/[support]': editors,
	'/mairie/supports/[support]/[format].pdf': { GET: ['administration', 'mairie'] },
	'/mairie/supports/[support]/code.svg': { GET: ['administration', 'mairie'] },
	'/mairie/compte': own,
	'/mairie/compte/second-facteur': own,
	'/mairie/comptes': { GET: ['administration'], POST: ['administration'] },
	'/mairie/comptes/[id]': { GET: ['administration'], POST: ['administration'] },
	'/mairie/journal': { GET: ['administration'] },
	'/donnees/agenda.ics': read,
	'/healthz': read,
	'/readyz': read,
	'/robots.txt': read,
	'/sitemap.xml': read
};

/** Who may call this route by this method; undefined when nobody may. */
export function accessTo(routeId: string, method: string): Access | undefined {
	return access[routeId]?.[(method === 'HEAD' ? 'GET' : method) as Method];
}

/** Pages that an administrator reaches before the second factor is on: the one that turns it on. */
const beforeSecondFactor = ['/mairie/compte/second-facteur'];

/** What someone signed in is answered at a route that isn't public. */
export type Entry = 'enter' | 'not-found' | 'second-factor-first';

/** Whether this account enters a route that these roles may call. */
export function entryOf(account: Account, roles: readonly Role[], routeId: string): Entry {
	if (!roles.includes(account.role)) return 'not-found';
	const isReady = account.role !== 'administration' || account.hasSecondFactor;
	return isReady || beforeSecondFactor.includes(routeId) ? 'enter' : 'second-factor-first';
}

/** Whether this word begins the addresses of resident pages that aren't a commune's: `territoire`, `mentions-legales`… */
export function isResidentWord(word: string): boolean {
	return word === baseScope || Object.hasOwn(access, `${resident}/${word}`);
}

/** The methods a route answers, for an Allow header. */
export function methodsOf(routeId: string): string[] {
	const methods = Object.keys(access[routeId] ?? {});
	return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}
