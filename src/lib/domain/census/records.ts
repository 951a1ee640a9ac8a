/** A table, its headers first, from the records of a JSON file. */
export type Rows = string[][];

type Item = Record<string, unknown>;

/**
 * The rows of a list of records: those of the annuaire de l'administration (DILA), whose fields hold others, or plain
 * ones, of which each field is a column. Undefined for anything else.
 */
export function rowsOfRecords(json: unknown): Rows | undefined {
	const list = Array.isArray(json)
		? json
		: isItem(json)
			? Object.values(json).find(Array.isArray)
			: undefined;
	const items = ((list ?? []) as unknown[]).filter(isItem);
	if (items.length === 0) return undefined;
	const plain = items.map((item) => (Array.isArray(item.plage_ouverture) ? plainOfDila(item) : item));
	const headers = [...new Set(plain.flatMap((item) => Object.keys(item)))];
	return [headers, ...plain.map((item) => headers.map((header) => textOf(item[header])))];
}

function isItem(value: unknown): value is Item {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	if (typeof value === 'number') return String(value);
	return Array.isArray(value) ? value.map(textOf).filter(Boolean).join('; ') : '';
}

/** https://echanges.dila.gouv.fr/OPENDATA/SPL/Documentation/ */
function plainOfDila(item: Item): Item {
	const [address = {}] = itemsIn(item.adresse);
	return {
		nom: item.nom,
		telephone: itemsIn(item.telephone).map(({ valeur }) => valeur),
		courriel: item.adresse_courriel,
		site_web: itemsIn(item.site_internet)[0]?.valeur,
		adresse: address.numero_voie,
		complement_adresse: [address.complement1, address.complement2, address.service_distribution]
			.map(textOf)
			.filter(Boolean)
			.join(', '),
		code_postal: address.code_postal,
		ville: address.nom_commune,
		code_insee: item.code_insee_commune,
		latitude: address.latitude,
		longitude: address.longitude,
		horaires: itemsIn(item.plage_ouverture).map(hoursOf).join('\n'),
		horaires_precisions: item.commentaire_plage_ouverture,
		source_lien: item.url_service_public
	};
}

function itemsIn(value: unknown): Item[] {
	return Array.isArray(value) ? value.filter(isItem) : [];
}

/** « du mardi au jeudi 9h00-12h00, 14h00-17h00 (hors vacances scolaires) » */
function hoursOf(range: Item): string {
	const [from, to] = [textOf(range.nom_jour_debut).toLowerCase(), textOf(range.nom_jour_fin).toLowerCase()];
	const days = from === to || to === '' ? from : `du ${from} au ${to}`;
	const slots = [1, 2].flatMap((n) => {
		const [start, end] = ['debut', 'fin'].map((edge) =>
			textOf(range[`valeur_heure_${edge}_${n}`]).replace(/^(\d\d):(\d\d).*$/, '$1h$2')
		);
		return start && end ? `${start}-${end}` : [];
	});
	const comment = textOf(range.commentaire);
	return `${days} ${slots.join(', ')}${comment === '' ? '' : ` (${comment})`}`;
}
