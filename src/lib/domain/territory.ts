import * as v from 'valibot';
import { eventEntries, eventStates } from './agenda/event.ts';
import { momentLimits } from './moments/state.ts';
import { isCommuneSlug, isThemeSlug } from './reserved.ts';
import { agesAgree, isoDate, serviceEntries, slug } from './service.ts';

/*
 * What a folder of seeds/ holds, file by file. A territory is data: these schemas are its form.
 */

const phrase = (max: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max));
const optionalPhrase = (max: number) => v.optional(phrase(max));
const siren = v.optional(v.pipe(v.string(), v.regex(/^\d{9}$/, 'Un SIREN a neuf chiffres.')));
const source = v.object({ nom: phrase(300), url: v.optional(v.pipe(v.string(), v.url())) });

/** territoire.yaml */
export const territorySchema = v.object({
	slug,
	nom: phrase(120),
	nom_court: phrase(60),
	/** The name as a sentence says it, in small letters where it begins by an article: « la Communauté de communes … ». */
	nom_avec_article: phrase(130),
	sigle: optionalPhrase(12),
	accroche: phrase(160),
	introduction: phrase(400),
	siren,
	site_web: v.optional(v.pipe(v.string(), v.url())),
	code_departement: v.pipe(v.string(), v.regex(/^(\d{2,3}|2[AB])$/)),
	departement: phrase(60),
	region: phrase(60),
	zone_scolaire: v.picklist(['A', 'B', 'C']),
	/** What the law asks the site to say of its publisher (loi n° 2004-575, article 1-1; RGPD, article 13). */
	adresse: optionalPhrase(200),
	directeur_publication: optionalPhrase(120),
	hebergeur: optionalPhrase(300),
	delegue_donnees: optionalPhrase(200),
	/** The day its accessibility statement was established (RGAA 4.1.2). */
	accessibilite_etablie_le: isoDate,
	contact: v.optional(slug),
	source: v.optional(v.union([v.string(), source]))
});

/** communes.yaml, in the order they are shown */
export const communesSchema = v.array(
	v.object({
		slug: v.pipe(v.string(), v.check(isCommuneSlug, 'Ce nom d’adresse est réservé ou mal formé.')),
		code_insee: v.pipe(v.string(), v.regex(/^(\d{5}|2[AB]\d{3})$/)),
		nom: phrase(80),
		lieu: phrase(90),
		code_postal: v.pipe(v.string(), v.regex(/^\d{5}$/)),
		siren,
		latitude: v.optional(v.number()),
		longitude: v.optional(v.number()),
		mairie: v.optional(slug),
		source: v.optional(v.union([v.string(), source]))
	})
);

/** structures.yaml: who runs the services */
export const structuresSchema = v.array(
	v.object({
		slug,
		nom: phrase(160),
		siren,
		site_web: v.optional(v.pipe(v.string(), v.url())),
		source: v.optional(v.union([v.string(), source]))
	})
);

/** themes.yaml, in the order they are shown */
export const themesSchema = v.array(
	v.object({
		slug: v.pipe(v.string(), v.check(isThemeSlug, 'Ce nom d’adresse est réservé ou mal formé.')),
		nom: phrase(40),
		question: phrase(80),
		accroche: phrase(40),
		introduction: phrase(300),
		titre_affiche: phrase(60),
		volet: v.optional(v.picklist(['petite-enfance', 'enfance', 'jeunesse'])),
		contact: v.optional(slug),
		sections: v.pipe(v.array(v.object({ slug, nom: phrase(60) })), v.minLength(1))
	})
);

/** services/*.yaml: the entries, with their places among communes and themes */
export const seededServicesSchema = v.array(
	v.pipe(
		v.object({
			...serviceEntries,
			source: v.optional(source),
			structure: slug,
			commune: v.optional(slug),
			communes: v.union([v.literal('toutes'), v.pipe(v.array(slug), v.minLength(1))]),
			themes: v.pipe(
				v.array(v.object({ theme: slug, section: slug, rang: v.optional(v.number()) })),
				v.minLength(1)
			),
			en_attendant: v.optional(slug),
			verification: v.optional(v.object({ verifie_le: isoDate, verifie_par: phrase(120) })),
			fermetures: v.optional(
				v.array(v.object({ debut: isoDate, fin: isoDate, motif: optionalPhrase(200) })),
				[]
			),
			contact_professionnel: v.optional(
				v.object({
					contact_nom_prenom: optionalPhrase(120),
					telephone: optionalPhrase(30),
					courriel: optionalPhrase(120),
					notes: optionalPhrase(2000)
				})
			),
			variantes: v.optional(
				v.array(
					v.object({
						commune: slug,
						champ: phrase(40),
						mode: v.picklist(['replace', 'add']),
						valeur: v.unknown()
					})
				),
				[]
			),
			brouillon: v.optional(v.boolean(), false)
		}),
		v.check((entry) => agesAgree(entry), 'L’âge de fin vient avant l’âge de début.'),
		v.check(
			(entry) => entry.releve_le === null || entry.source !== undefined,
			'Une date de relevé va avec sa source.'
		)
	)
);

/** moments.yaml: the situations that people name as theirs, the most useful first, each answered in a few steps */
export const momentsSchema = v.array(
	v.object({
		slug,
		nom: phrase(momentLimits.nom),
		accroche: phrase(momentLimits.accroche),
		introduction: phrase(momentLimits.introduction),
		theme: slug,
		urgence: v.optional(v.boolean(), false),
		/** Whom to call first; the commune’s mairie when omitted. */
		appeler: v.optional(slug),
		/** Other words people search it by. */
		mots: v.optional(v.array(phrase(40)), []),
		etapes: v.pipe(
			v.array(
				v.object({
					titre: phrase(momentLimits.titre),
					texte: phrase(momentLimits.texte),
					fiche: v.optional(slug),
					a_preparer: v.optional(
						v.pipe(v.array(phrase(momentLimits.chose)), v.maxLength(momentLimits.choses)),
						[]
					),
					source: v.optional(source)
				})
			),
			v.minLength(momentLimits.leastSteps),
			v.maxLength(momentLimits.mostSteps)
		)
	})
);

/** evenements.yaml: what the agenda holds at first; `fiche` is the entry of the place */
export const eventsSchema = v.array(
	v.object({
		...eventEntries,
		slug,
		fiche: v.optional(slug),
		etat: v.optional(v.picklist(eventStates), 'publie')
	})
);

/** synonymes.yaml: groups of expressions searched as one */
export const synonymsSchema = v.array(v.pipe(v.array(phrase(80)), v.minLength(2)));

/** ../mots-d-ailleurs.yaml: a French word, and those of other languages by which people search it */
export const foreignWordsSchema = v.record(phrase(80), v.array(phrase(80)));

/** ../calendrier-scolaire.yaml: school holidays of the three zones, dates inclusive */
export const schoolCalendarSchema = v.array(
	v.object({ zone: v.picklist(['A', 'B', 'C']), nom: phrase(80), debut: isoDate, fin: isoDate })
);

const told = v.optional(phrase(600));
const toldThings = v.optional(v.array(phrase(120)));

/** traductions/<langue>.yaml: what the territory's texts are in another language; the steps of a situation in their order */
export const translationsSchema = v.strictObject({
	territoire: v.optional(v.strictObject({ accroche: told, introduction: told }), {}),
	themes: v.optional(
		v.record(
			slug,
			v.strictObject({
				nom: told,
				question: told,
				accroche: told,
				introduction: told,
				sections: v.optional(v.record(slug, phrase(80)), {})
			})
		),
		{}
	),
	moments: v.optional(
		v.record(
			slug,
			v.strictObject({
				nom: told,
				accroche: told,
				introduction: told,
				etapes: v.optional(v.array(v.strictObject({ titre: told, texte: told, a_preparer: toldThings })), [])
			})
		),
		{}
	)
});
