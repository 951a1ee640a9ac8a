import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { readTable } from './file.ts';
import { FileError, most } from './limits.ts';

const fixture = (name: string) => readFileSync(`tests/fixtures/recensements/${name}`);
const text = (content: string) => new TextEncoder().encode(content);
const workbook = (...rows: (string | number | boolean | Date | null)[][]) =>
	writeXlsx({ sheets: [{ name: 'Feuille 1', rows }] });

describe('files of other directories', () => {
	test('the mairies of the DILA, in CSV', async () => {
		const { headers, rows, read } = await readTable(fixture('mairies-dila-extrait.csv'));
		expect(headers.slice(0, 4)).toEqual(['code_insee', 'nom', 'site', 'telephone']);
		expect([rows.length, rows[0]?.line, rows[0]?.cells[3]]).toEqual([12, 2, '04 50 68 89 02']);
		expect(read).toBe('Fichier CSV, aux colonnes séparées par des virgules');
	});

	test('the DILA’s own records, in JSON', async () => {
		const { headers, rows } = await readTable(fixture('dila-extrait.json'));
		const record = Object.fromEntries(headers.map((header, i) => [header, rows[1]?.cells[i]]));
		expect(record).toMatchObject({
			nom: 'Mairie - Breux-sur-Avre',
			code_insee: '27115',
			horaires: 'lundi 16h30-18h30\njeudi 16h30-18h30'
		});
	});

	test('the sheet of services of a data·inclusion workbook, without the rows that explain', async () => {
		const { headers, rows, read } = await readTable(fixture('data-inclusion-extrait.xlsx'));
		expect(read).toContain('Services');
		expect(headers).toContain('horaires_accueil');
		expect(rows.map(({ cells }) => cells[headers.indexOf('nom')])).toEqual([
			'Logement social',
			'Logement social'
		]);
	});
});

describe('a workbook', () => {
	test('gives numbers as they were typed, days as days, booleans in words', async () => {
		const { rows } = await readTable(
			await workbook(
				['Nom', 'Téléphone', 'Urgence', 'Relevé le'],
				['Mairie', 465710001, true, new Date('2026-11-03')]
			)
		);
		expect(rows[0]?.cells).toEqual(['Mairie', '465710001', 'oui', '2026-11-03']);
	});

	test('keeps the numbers of its rows where some are empty', async () => {
		const { rows, headerLine } = await readTable(
			await workbook(['Recensement 2026'], [null], ['Nom', 'Tél'], [null], ['Mairie', '0465710001'])
		);
		expect([headerLine, rows.map(({ line }) => line)]).toEqual([3, [5]]);
	});

	test('gives the last value of a formula, and runs nothing', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'F',
					rows: [
						['Nom', 'Téléphone'],
						['Mairie', null]
					],
					cells: new Map([['1,1', { value: null, formula: 'WEBSERVICE("https://exemple.fr")' }]])
				}
			]
		});
		expect((await readTable(bytes)).rows[0]?.cells[0]).toBe('Mairie');
	});
});

/** A zip of one deflated part, that says of itself what it likes. */
function zipOf(name: string, content: Uint8Array, saidSize: number): Uint8Array {
	const data = deflateRawSync(content);
	const file = Buffer.from(name);
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(data.length, 18);
	local.writeUInt32LE(saidSize, 22);
	local.writeUInt16LE(file.length, 26);
	const directory = Buffer.alloc(46);
	directory.writeUInt32LE(0x02014b50, 0);
	directory.writeUInt16LE(8, 10);
	directory.writeUInt32LE(data.length, 20);
	directory.writeUInt32LE(saidSize, 24);
	directory.writeUInt16LE(file.length, 28);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(46 + file.length, 12);
	end.writeUInt32LE(30 + file.length + data.length, 16);
	return Buffer.concat([local, file, data, directory, file, end]);
}

describe('what no spreadsheet writes is refused in one French sentence', () => {
	const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
	const cases: [string, () => Uint8Array | Promise<Uint8Array>, RegExp][] = [
		['nothing', () => new Uint8Array(), /vide/],
		['blanks', () => text(' \r\n ; ; \r\n'), /vide/],
		['headers alone', () => text('Nom;Téléphone\r\n'), /aucune ligne/],
		[
			'a picture',
			() => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
			/pas un tableau/
		],
		['NUL signs', () => text('nom;tel\nMai\0rie;1'), /pas un tableau/],
		['an old or locked workbook', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /ancien format/],
		['a zip that is no workbook', () => zipOf('lisez-moi.txt', text('bonjour'), 7), /ne se lit pas/],
		['half a workbook', async () => (await workbook(['Nom'], ['Mairie'])).subarray(0, 900), /ne se lit pas/],
		[
			'a bomb',
			() => zipOf('xl/workbook.xml', new Uint8Array(64 * 1024 * 1024), 64 * 1024 * 1024),
			/démesuré/
		],
		[
			'a bomb that says it is small',
			() => zipOf('xl/workbook.xml', new Uint8Array(64 * 1024 * 1024), 100),
			/démesuré/
		],
		['ten thousand columns', () => text(`nom;${wide.join(';')}\nMairie;1`), /colonnes/],
		['ten thousand columns of a workbook', () => workbook(['Nom', ...wide], ['Mairie']), /colonnes/],
		['too many rows', () => text(`nom\n${'Mairie\n'.repeat(most.rows + 1)}`), /lignes/],
		['a huge cell', () => text(`nom;description\nMairie;"${'a'.repeat(most.signs + 1)}"`), /démesurée/],
		['a JSON that is no list', () => text('{"a": 1}'), /pas un tableau/],
		['a broken JSON', () => text('[{"nom": '), /pas un tableau/]
	];
	test.each(cases)('%s', async (_, make, reason) => {
		const bytes = await make();
		await expect(readTable(bytes)).rejects.toThrow(FileError);
		await expect(readTable(bytes)).rejects.toThrow(reason);
	});
});

test('what is only untidy is read: a quote left open, rows of several lengths, bytes that are not UTF-8', async () => {
	const { rows } = await readTable(text('nom;adresse\nClub "Les Aînés;1 rue\nÉcole\nMairie;2 rue;de trop'));
	expect(rows.map(({ cells }) => cells)).toEqual([
		['Club "Les Aînés', '1 rue'],
		['École'],
		['Mairie', '2 rue']
	]);
	const latin = Buffer.from('nom;ville\nÉcole;Mésigny', 'latin1');
	expect((await readTable(latin)).rows[0]?.cells).toEqual(['École', 'Mésigny']);
});
