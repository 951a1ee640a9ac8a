import type { Selectable } from 'kysely';
import type { Account } from '#lib/domain/accounts.ts';
import { isMailAddress } from '#lib/domain/mail.ts';
import type { MaintainerTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';
import { nameInPublic, publicNames, type PublicNames } from './names.ts';

/** Someone who answers for an entry: known by an address, with an account or not. */
export interface Person {
	/** In lower case. */
	courriel: string;
	nom: string;
	/** As residents read it: « Vérifié le … par … ». */
	publicName: string;
	/** Whether what they correct is published at once. */
	publishes: boolean;
}

/** Whoever answers for an entry, by rank; those who left are not among them. */
export interface People {
	first: readonly Person[];
	second: readonly Person[];
	/** Whether nobody was chosen: it is the mairie's, or the administration's. */
	isDefault: boolean;
}

/** What tells whose an entry is. */
export interface OwnedEntry {
	id: number;
	/** Null for the common base. */
	commune: string | null;
}

type Owner = Pick<Account, 'courriel' | 'nom' | 'role' | 'communes'>;
type Maintainer = Selectable<MaintainerTable>;

/**
 * Reads who answers for entries. Unless someone was chosen, a commune's own entry is asked of the accounts of its mairie,
 * and one of the base of the administration; once someone is, these come second, in case that person is gone.
 */
export async function readPeople(db: Db): Promise<(entry: OwnedEntry) => People> {
	const names = await publicNames(db);
	const owners = await listOwners(db);
	const chosen = Map.groupBy(
		await db.selectFrom('maintainer').selectAll().execute(),
		({ service_id }) => service_id
	);
	const gone = new Set(
		(await db.selectFrom('departure').select(['service_id', 'courriel']).execute()).map(
			({ service_id, courriel }) => `${service_id} ${courriel}`
		)
	);
	return (entry) => {
		const house = owners.filter((owner) => owns(owner, entry));
		const [one, two] = ([1, 2] as const).map((rank) =>
			chosen.get(entry.id)?.find((maintainer) => maintainer.rank === rank)
		);
		const ofHouse = house.map((owner) => ownerPerson(names, owner, entry));
		const first = one ? [chosenPerson(one, house)] : ofHouse;
		const others = two ? [chosenPerson(two, house)] : one ? ofHouse : [];
		const isHere = ({ courriel }: Person) => !gone.has(`${entry.id} ${courriel}`);
		return {
			first: first.filter(isHere),
			second: others.filter(
				(person) => isHere(person) && !first.some(({ courriel }) => courriel === person.courriel)
			),
			isDefault: one === undefined
		};
	};
}

/** Everyone who answers for an entry, whatever their rank. */
export function everyone({ first, second }: People): readonly Person[] {
	return [...first, ...second];
}

/** The accounts of the house that answers for an entry: its mairie, or the administration, which also stands in for a mairie without any. */
export async function listHouse(
	db: Db,
	entry: Pick<OwnedEntry, 'commune'>
): Promise<Pick<Account, 'courriel' | 'nom'>[]> {
	const owners = await listOwners(db);
	const house = owners.filter((owner) => owns(owner, entry));
	return house.length > 0 ? house : owners.filter(({ role }) => role === 'administration');
}

/** The accounts that keep entries true and can be written to, the disabled ones left out. */
async function listOwners(db: Db): Promise<Owner[]> {
	const accounts = await db
		.selectFrom('account')
		.select(['id', 'courriel', 'nom', 'role'])
		.where('disabled_at', 'is', null)
		.where('role', 'in', ['administration', 'mairie'])
		.orderBy('id')
		.execute();
	const written = accounts.filter(({ courriel }) => isMailAddress(courriel));
	const communes = Map.groupBy(
		await db.selectFrom('account_commune').selectAll().execute(),
		({ account_id }) => account_id
	);
	return written.map(({ id, ...account }) => ({
		...account,
		communes: (communes.get(id) ?? []).map(({ commune }) => commune)
	}));
}

function owns({ role, communes }: Owner, { commune }: Pick<OwnedEntry, 'commune'>): boolean {
	return commune === null ? role === 'administration' : role === 'mairie' && communes.includes(commune);
}

function ownerPerson(names: PublicNames, owner: Owner, { commune }: OwnedEntry): Person {
	const { courriel, nom } = owner;
	return { courriel, nom, publicName: nameInPublic(names, owner, commune), publishes: true };
}

function chosenPerson({ courriel, nom, publishes }: Maintainer, house: Owner[]): Person {
	const isOfHouse = house.some((owner) => owner.courriel === courriel);
	return { courriel, nom, publicName: nom, publishes: isOfHouse || publishes === 1 };
}
