import type { IncomingMessage } from 'node:http';
import type { App as Application } from '#lib/server/app.ts';

declare global {
	namespace App {
		interface Locals {
			/** The open data folder, shared by all requests. */
			app: Application;
			/** Until when (epoch milliseconds) this page may be served again as it is; undefined: it is never kept. */
			freshUntil?: number;
		}
		interface Platform {
			req: IncomingMessage & { app?: Application };
		}
		interface Error {
			message: string;
			/** What to quote when asking for help. */
			reference?: string;
		}
	}
}

export {};
