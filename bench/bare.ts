import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

/*
 * The limit of this runtime: node:http alone, answering always the same bytes with the same headers.
 * They are in the file named by BARE: { "headers": [name, value, …], "body": base64 }.
 */
const { headers, body } = JSON.parse(readFileSync(process.env.BARE ?? '', 'utf8')) as {
	headers: string[];
	body: string;
};
const bytes = Buffer.from(body, 'base64');
const port = Number(process.env.PORT);

createServer({ keepAliveTimeout: 65_000 }, (_req, res) => {
	res.writeHead(200, headers);
	res.end(bytes);
}).listen(port, '127.0.0.1', () => {
	console.log(`http://127.0.0.1:${port}`);
});
