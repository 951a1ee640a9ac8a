/** What the journal tells, and how it is said after a name: « Accueil · a publié une fiche · mairie-bourg ». */
export const actionNames = {
	connexion: 's’est connecté',
	'connexion-refusee': 'n’a pas pu se connecter',
	deconnexion: 's’est déconnecté',
	'compte-cree': 'a ouvert un compte',
	invitation: 'a envoyé une invitation',
	'invitation-acceptee': 'a accepté son invitation',
	'mot-de-passe-change': 'a changé de mot de passe',
	'second-facteur-active': 'a activé la double vérification',
	'second-facteur-retire': 'a retiré une double vérification',
	'code-de-secours': 's’est servi d’un code de secours',
	'compte-change': 'a changé un compte',
	'compte-ferme': 'a fermé un compte',
	'compte-rouvert': 'a rouvert un compte',
	'fiche-creee': 'a créé une fiche',
	'adresse-changee': 'a changé l’adresse d’une fiche',
	'fiche-publiee': 'a publié une fiche',
	'variante-publiee': 'a publié les mots de sa commune sur une fiche',
	'permanence-publiee': 'a publié une permanence',
	'permanence-retiree': 'a retiré une permanence',
	'mots-gardes': 'a gardé les mots de sa commune, le texte commun ayant changé',
	'theme-publie': 'a publié le texte commun d’un thème',
	'introduction-publiee': 'a publié l’introduction d’un thème pour sa commune',
	'theme-range': 'a changé l’ordre des fiches d’un thème',
	'ordre-commun': 'a repris l’ordre commun des fiches d’un thème',
	'fiche-cachee': 'a caché une fiche dans sa commune',
	'fiche-montree': 'a de nouveau montré une fiche dans sa commune',
	'annonce-ajoutee': 'a ajouté une annonce à une fiche',
	'annonce-changee': 'a changé une annonce d’une fiche',
	'annonce-retiree': 'a retiré une annonce d’une fiche',
	'fiche-archivee': 'a archivé une fiche',
	'fiche-remise': 'a remis une fiche en ligne',
	'proposition-envoyee': 'a proposé un changement',
	'proposition-acceptee': 'a accepté une proposition',
	'proposition-refusee': 'a refusé une proposition',
	'proposition-retiree': 'a retiré sa proposition',
	'fiche-verifiee': 'a vérifié une fiche',
	'relecture-demandee': 'a demandé de vérifier une fiche',
	'suivi-change': 'a changé le suivi d’une fiche',
	'depart-signale': 'a dit ne plus s’occuper d’une fiche',
	export: 'a exporté les fiches',
	import: 'a importé un fichier',
	'import-annule': 'a annulé un import',
	fusion: 'a réuni deux fiches',
	'fusion-annulee': 'a séparé deux fiches réunies'
} as const;

export type Action = keyof typeof actionNames;

/** An action in words; as it is written when this version doesn't know it. */
export function actionName(action: string): string {
	return Object.hasOwn(actionNames, action) ? actionNames[action as Action] : action;
}
