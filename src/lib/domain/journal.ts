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
	'compte-ferme': 'a fermé un compte',
	'compte-rouvert': 'a rouvert un compte',
	'fiche-publiee': 'a publié une fiche',
	'variante-publiee': 'a publié les mots de sa commune sur une fiche',
	'fiche-archivee': 'a archivé une fiche',
	'fiche-remise': 'a remis une fiche en ligne',
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
