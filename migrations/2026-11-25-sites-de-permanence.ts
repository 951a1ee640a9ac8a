import { type Kysely, sql } from 'kysely';

/*
 * Where and when a shared service receives people in one commune: several communes' days live on the one service.
 * A permanence that changes is ended and another begins: what people could read is kept.
 */
const statements = [
	`CREATE TABLE permanence (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id),
		commune TEXT NOT NULL REFERENCES commune (slug),
		lieu TEXT NOT NULL CHECK (lieu <> ''),
		adresse TEXT,
		horaires_accueil TEXT NOT NULL CHECK (horaires_accueil <> ''),
		precisions TEXT,
		added_at TEXT NOT NULL,
		added_by TEXT NOT NULL,
		ended_at TEXT,
		ended_by TEXT,
		CHECK ((ended_at IS NULL) = (ended_by IS NULL))
	) STRICT`,
	`CREATE INDEX permanence_service ON permanence (service_id)`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	for (const event of ['INSERT', 'UPDATE', 'DELETE'])
		await sql
			.raw(
				`CREATE TRIGGER version_permanence_${event.toLowerCase()} AFTER ${event} ON permanence
				BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
			)
			.execute(db);
}
