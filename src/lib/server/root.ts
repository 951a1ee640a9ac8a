import path from 'node:path';

/** The project's folder, for commands and the server's start: what Vite bundled has no need of it. */
export const projectRoot = path.resolve(import.meta.dirname, '../../..');
