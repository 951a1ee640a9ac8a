import * as v from 'valibot';
import { tidyTyped } from './typography.ts';

/** What an account may do: everything; its communes' part; the France Services desk; read without changing. */
export const roles = ['administration', 'mairie', 'agent', 'lecture'] as const;

export type Role = (typeof roles)[number];

/** The roles in words, as a person reads them. */
export const roleNames: Readonly<Record<Role, string>> = {
	administration: 'Communauté de communes',
	mairie: 'Mairie',
	agent: 'Agent France Services',
	lecture: 'Lecture seule'
};

/** Someone signed in. */
export interface Account {
	id: number;
	courriel: string;
	nom: string;
	role: Role;
	/** Slugs of the communes whose part it keeps true: at least one for a mairie, none for the others. */
	communes: string[];
	/** Whether a second factor is asked when signing in. */
	hasSecondFactor: boolean;
}

/** Fewest characters of a password (OWASP ASVS 5, 6.2.1, asks for eight). */
export const shortestPassword = 12;

/** An address of e-mail as people type it: trimmed, in lower case. */
export const mailAddress = v.pipe(
	v.string(),
	v.trim(),
	v.toLowerCase(),
	v.nonEmpty('Écrivez une adresse de courriel.'),
	v.email('Ce courriel n’est pas complet : écrivez par exemple accueil@exemple.fr.'),
	v.maxLength(254, 'Ce courriel est trop long.')
);

/** The longest name of an account, in characters. */
export const longestAccountName = 100;

/** The name of a person, or of a shared address, as others read it. */
export const accountName = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty('Écrivez le nom de la personne, ou de la boîte partagée.'),
	v.maxLength(longestAccountName, 'Ce nom est trop long : 100 caractères au plus.'),
	v.transform((nom) => tidyTyped(nom, '', longestAccountName))
);

/** Someone to invite. Communes are slugs, checked against the territory by whoever creates the account. */
export const newAccountSchema = v.pipe(
	v.object({
		courriel: mailAddress,
		nom: accountName,
		role: v.picklist(roles, 'Choisissez ce que cette personne pourra faire.'),
		communes: v.optional(v.array(v.string()), [])
	}),
	v.forward(
		v.check(
			({ role, communes }) => role !== 'mairie' || communes.length > 0,
			'Choisissez la commune de cette mairie.'
		),
		['communes']
	),
	v.transform((account) => ({ ...account, communes: account.role === 'mairie' ? account.communes : [] }))
);

export type NewAccount = v.InferOutput<typeof newAccountSchema>;

/** Where each role begins. */
const desks: Readonly<Record<Role, string>> = {
	administration: '/mairie',
	mairie: '/mairie',
	agent: '/mairie/compte',
	lecture: '/mairie/compte'
};

/** Where someone who has just signed in goes: where they were going, if that is a signed-in page, else their desk. */
export function landingPath({ role }: Pick<Account, 'role'>, wanted: string | null): string {
	return wanted !== null && /^\/mairie(?:[/?][\w/?=&.,%+-]*)?$/.test(wanted) ? wanted : desks[role];
}
