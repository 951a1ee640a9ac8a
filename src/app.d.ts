import type { IncomingMessage } from 'node:http';
import type { Account } from '#lib/domain/accounts.ts';
import type { App as Application } from '#lib/server/app.ts';
import type { NotFound } from '#lib/server/not-found.ts';

declare global {
	namespace App {
		interface Locals {
			/** The open data folder, shared by all requests. */
			app: Application;
			/** Who is signed in; undefined for everyone else, and on resident pages. */
			account?: Account;
			/** Where the request comes from: an IP address, in memory only. */
			address: string;
			/** Until when (epoch milliseconds) this page may be served again as it is; undefined: it is never kept. */
			freshUntil?: number;
		}
		interface PageData {
			/** Where the reader is, on the pages of a commune. */
			place?: { slug: string; nom: string; lieu: string };
			/** What a page shows, as robots read it (JSON-LD). */
			structured?: object | undefined;
		}
		interface Platform {
			req: IncomingMessage & { app?: Application };
		}
		interface Error {
			message: string;
			/** What to quote when asking for help. */
			reference?: string;
			/** The ways out, when a commune is known. */
			around?: NotFound['around'];
			/** Whether another link can be sent in the place of one that has ended. */
			renewable?: boolean;
		}
	}
}

export {};
