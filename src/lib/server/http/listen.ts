import { createServer, type Server } from 'node:http';

/** How long requests under way may take to end once the server is asked to stop, in milliseconds. */
const lastWords = 10_000;

/** The server can't start, for a reason its message gives in one French sentence. */
export class StartError extends Error {}

/**
 * Starts listening.
 * @param port 0 lets the system choose
 * @returns the address people can open on this machine
 * @throws StartError when the port can't be had
 */
export function listen(server: Server, port: number, host: string): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			reject(new StartError(explain(error, port, host)));
		});
		server.listen({ port, host }, () => {
			const address = server.address();
			const actual = typeof address === 'object' && address !== null ? address.port : port;
			resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
		});
	});
}

/**
 * Makes sure that the port can be had, and leaves it free.
 * @throws StartError when it can't
 */
export async function checkPort(port: number, host: string): Promise<void> {
	const probe = createServer();
	await listen(probe, port, host);
	probe.closeAllConnections();
	await new Promise((resolve) => {
		probe.close(resolve);
	});
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): string {
	if (error.code === 'EADDRINUSE')
		return `Le port ${port} est déjà pris : arrêtez l’autre programme, ou choisissez un autre PORT.`;
	if (error.code === 'EACCES')
		return `Le port ${port} est réservé au système : choisissez un PORT au-dessus de 1023.`;
	return `Impossible d’écouter sur ${host}:${port} (${error.message}) : vérifiez HOST et PORT.`;
}

/** Takes no new request, lets those under way end, at most ten seconds. */
export function stopServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const deadline = setTimeout(() => {
			server.closeAllConnections();
		}, lastWords);
		const idle = setInterval(() => {
			server.closeIdleConnections();
		}, 50);
		server.close(() => {
			clearTimeout(deadline);
			clearInterval(idle);
			resolve();
		});
		server.closeIdleConnections();
	});
}
