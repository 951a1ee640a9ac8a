import {
	type IncomingMessage,
	type OutgoingHttpHeader,
	type OutgoingHttpHeaders,
	ServerResponse
} from 'node:http';

/** What a request handler answered, whole and not yet sent. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: OutgoingHttpHeaders;
	body: Buffer;
}

/** Internal header by which a route says until when (epoch milliseconds) its page stays true. It never leaves. */
export const freshUntilHeader = 'x-fresh-until';

/** SvelteKit's handler, as adapter-node builds it. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => unknown;

/** Runs the handler and gives its whole answer. Rejects when the handler fails before answering. */
export function collect(handler: Handler, req: IncomingMessage): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const response = new CollectedResponse(req, resolve, reject);
		Promise.resolve(handler(req, response, () => response.writeHead(404).end())).catch(reject);
	});
}

/** A response tied to no connection: it keeps what is written to it. */
class CollectedResponse extends ServerResponse {
	readonly #chunks: Buffer[] = [];
	readonly #resolve: (answer: Answer) => void;
	readonly #reject: (error: Error) => void;

	constructor(req: IncomingMessage, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
		super(req);
		this.#resolve = resolve;
		this.#reject = reject;
	}

	override writeHead(
		status: number,
		reasonOrHeaders?: string | OutgoingHttpHeaders | OutgoingHttpHeader[],
		headers?: OutgoingHttpHeaders | OutgoingHttpHeader[]
	): this {
		this.statusCode = status;
		const given = typeof reasonOrHeaders === 'string' ? headers : (reasonOrHeaders ?? headers);
		if (given !== undefined && !Array.isArray(given))
			for (const [name, value] of Object.entries(given)) if (value !== undefined) this.setHeader(name, value);
		return this;
	}

	override write(chunk: unknown, encodingOrCallback?: unknown, callback?: unknown): boolean {
		this.#keep(chunk, encodingOrCallback);
		for (const done of [encodingOrCallback, callback])
			if (typeof done === 'function') queueMicrotask(done as () => void);
		return true;
	}

	override end(chunk?: unknown, encodingOrCallback?: unknown): this {
		if (typeof chunk !== 'function') this.#keep(chunk, encodingOrCallback);
		this.#resolve({
			status: this.statusCode,
			headers: this.getHeaders(),
			body: Buffer.concat(this.#chunks)
		});
		return this;
	}

	override destroy(error?: Error): this {
		this.#reject(error ?? new Error('La réponse a été interrompue.'));
		return super.destroy(error);
	}

	#keep(chunk: unknown, encoding: unknown): void {
		if (chunk === undefined || chunk === null) return;
		if (typeof chunk === 'string')
			this.#chunks.push(
				Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
			);
		else this.#chunks.push(Buffer.from(chunk as Uint8Array));
	}
}
