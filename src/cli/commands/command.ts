import type { App } from '#lib/server/app.ts';
import type { Settings } from '#lib/server/settings.ts';

/** The options that commands take; `json` and `help` are the table's own. */
export const commandOptions = {
	o: { type: 'string', short: 'o' },
	envoyer: { type: 'boolean' },
	courriel: { type: 'string' },
	nom: { type: 'string' },
	role: { type: 'string' },
	commune: { type: 'string', multiple: true },
	'mot-de-passe-stdin': { type: 'boolean' },
	date: { type: 'string' },
	essai: { type: 'boolean' },
	oui: { type: 'boolean' },
	remplacer: { type: 'boolean' },
	reparer: { type: 'boolean' },
	publier: { type: 'boolean' },
	format: { type: 'string' }
} as const;

/** What was given of them. */
export interface Options {
	o?: string | undefined;
	envoyer?: boolean | undefined;
	courriel?: string | undefined;
	nom?: string | undefined;
	role?: string | undefined;
	commune?: string[] | undefined;
	'mot-de-passe-stdin'?: boolean | undefined;
	date?: string | undefined;
	essai?: boolean | undefined;
	oui?: boolean | undefined;
	remplacer?: boolean | undefined;
	reparer?: boolean | undefined;
	publier?: boolean | undefined;
	format?: string | undefined;
}

/** What a command gives back: lines for people, and the same as data for `--json`. */
export interface Result {
	lines: string[];
	data: unknown;
	/** What people must also know, told on the standard error. */
	warnings?: string[];
	/** Whether the command did its work and what it found calls for an exit code of 1. */
	failed?: boolean;
}

/** A command of `annuaire`. `needs` says what it runs on: the open database, the data folder as it is, or nothing. */
export type Command = { usage: string; summary: string } & (
	| { needs: 'nothing'; run(args: string[], options: Options): Promise<Result> }
	| { needs: 'app'; run(app: App, args: string[], options: Options): Promise<Result> }
	| { needs: 'folder'; run(settings: Settings, args: string[], options: Options): Promise<Result> }
);
