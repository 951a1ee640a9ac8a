import { describe, expect, test } from 'vitest';
import { stretchesOn } from '../days.ts';
import { aCalendar } from '../fixtures/calendars.ts';
import horaires from '../fixtures/horaires.json' with { type: 'json' };
import { hoursTable } from '../table.ts';
import { weeklyHours } from '../weekly-hours.ts';
import { readFrenchHours } from './french.ts';

function read(text: string) {
	const read = readFrenchHours(text);
	if ('problems' in read) throw new Error(JSON.stringify(read.problems));
	return { ...read, precisions: read.precisions.map(plain), assumptions: read.assumptions.map(plain) };
}

const plain = (words: string): string => words.replaceAll('\u202f', ' ');

/** What the rest of the product makes of hours: readable each day, and told in full. */
function expectUsable(osm: string): void {
	expect(stretchesOn(osm, '2026-11-24', aCalendar())).toBeDefined();
	expect(weeklyHours(osm)).toBeDefined();
	expect(hoursTable(osm, Date.parse('2026-11-24T10:00Z'), aCalendar())).toBeDefined();
}

describe('hours really published', () => {
	test.each(horaires.horaires)('$texte', ({ texte, osm }) => {
		expect(read(texte)).toEqual({ osm, precisions: [], assumptions: expect.any(Array) as string[] });
	});

	test.each(horaires.lus_a_la_main)('$texte', ({ texte, osm, precisions = [], non_compris }) => {
		if (osm !== undefined) {
			const hours = read(texte);
			expect([hours.osm, hours.precisions]).toEqual([osm, precisions.map(plain)]);
			expectUsable(osm);
		} else
			expect(readFrenchHours(texte)).toEqual({
				problems: [{ fragment: non_compris, sentence: expect.any(String) as string }]
			});
	});

	test('more than nine texts in ten are understood', () => {
		const read = [...horaires.horaires, ...horaires.lus_a_la_main].filter(
			({ texte }) => 'osm' in readFrenchHours(texte)
		);
		expect(read.length).toBeGreaterThanOrEqual(0.9 * 65);
	});
});

const MAIRIES: [string, string, string[]?][] = [
	[
		'du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi après-midi, samedi semaines paires 9h-12h',
		'Mo-Tu,Th-Fr 08:30-12:00,13:30-17:00; We 08:30-12:00; week 02-52/2 Sa 09:00-12:00'
	],
	['Du lundi au vendredi de 8h30 à 12h et de 13h30 à 17h', 'Mo-Fr 08:30-12:00,13:30-17:00'],
	['lundi, mardi et jeudi : 9h-12h ; mercredi : 14h-17h', 'Mo-Tu,Th 09:00-12:00; We 14:00-17:00'],
	['Lundi 9h-12h/14h-17h, mardi 9h-12h', 'Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00'],
	['tous les jours sauf le dimanche de 9h à 19h', 'Mo-Sa 09:00-19:00'],
	['tous les jours 9h-12h sauf mercredi', 'Mo-Tu,Th-Su 09:00-12:00'],
	['du lundi au vendredi sauf le mercredi 9h-12h', 'Mo-Tu,Th-Fr 09:00-12:00'],
	['En semaine 8h-12h', 'Mo-Fr 08:00-12:00'],
	['Week-end : 10h-12h', 'Sa-Su 10:00-12:00'],
	['les lundis et jeudis de 14h à 16h', 'Mo,Th 14:00-16:00'],
	['L-V 9h-12h 14h-17h', 'Mo-Fr 09:00-12:00,14:00-17:00'],
	['LMJV 8h30-11h30 13h30-16h30, Me 9h-12h', 'Mo-Tu,Th-Fr 08:30-11:30,13:30-16:30; We 09:00-12:00'],
	['lun.-ven. 9h-12h', 'Mo-Fr 09:00-12:00'],
	['lundi-vendredi 08:30-12:00', 'Mo-Fr 08:30-12:00'],
	['lundi/mardi 9h/12h', 'Mo-Tu 09:00-12:00'],
	['8h30-12h du lundi au vendredi', 'Mo-Fr 08:30-12:00'],
	['de 9h à 12h le lundi et de 14h à 17h le jeudi', 'Mo 09:00-12:00; Th 14:00-17:00'],
	['Ouvert de 9h à midi le samedi', 'Sa 09:00-12:00'],
	['le samedi de 10h à midi et demi', 'Sa 10:00-12:30'],
	[
		'Mairie ouverte au public du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h.',
		'Mo-Fr 08:30-12:00,13:30-17:00'
	],
	['entre 9h et 12h le mardi', 'Tu 09:00-12:00'],
	['mardi 9.30-12.00', 'Tu 09:30-12:00'],
	['vendredi 20h-2h', 'Fr 20:00-02:00'],
	['vendredi et samedi 20h-minuit', 'Fr-Sa 20:00-24:00'],
	['24h/24 7j/7', '24/7'],
	['24h/24', '24/7'],
	['7j/7 24h/24', '24/7'],
	['ouvert 24 heures sur 24, 7 jours sur 7', '24/7'],
	["du lundi au vendredi 9h-17h, jusqu'à 19h le jeudi", 'Mo-We,Fr 09:00-17:00; Th 09:00-19:00'],
	["du lundi au vendredi 9h-17h (sauf le vendredi jusqu'à 16h)", 'Mo-Th 09:00-17:00; Fr 09:00-16:00'],
	['du lundi au vendredi 9h-12h, fermé les jours fériés', 'Mo-Fr 09:00-12:00; PH off'],
	['du lundi au vendredi 9h-12h. Fermé du 1er au 15 août.', 'Mo-Fr 09:00-12:00; Aug 01-15 off'],
	['du lundi au vendredi 9h-12h, fermé en août', 'Mo-Fr 09:00-12:00; Aug off'],
	['mardi 9h-12h, fermeture annuelle du 24 décembre au 2 janvier', 'Tu 09:00-12:00; Dec 24-Jan 02 off'],
	[
		'Lundi au vendredi 9h-12h ; fermé du 24/12/2026 au 02/01/2027',
		'Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 02 off'
	],
	['tous les jours y compris les jours fériés : 10h-18h', 'Mo-Su 10:00-18:00; PH 10:00-18:00'],
	[
		'du lundi au vendredi 9h-12h, samedi 10h-11h, y compris jours fériés',
		'Mo-Fr 09:00-12:00; Sa 10:00-11:00; PH Mo-Fr 09:00-12:00; PH Sa 10:00-11:00'
	],
	['dimanches et jours fériés : 10h-12h', 'Su 10:00-12:00; PH 10:00-12:00'],
	['Samedi 9h-12h et dimanche et jours fériés 10h-12h', 'Sa 09:00-12:00; Su 10:00-12:00; PH 10:00-12:00'],
	['1er et 3e samedi du mois 9h-12h', 'Sa[1,3] 09:00-12:00'],
	['le premier lundi de chaque mois de 14h à 16h', 'Mo[1] 14:00-16:00'],
	['dernier vendredi du mois 14h-17h', 'Fr[-1] 14:00-17:00'],
	['du lundi au vendredi 8h-12h, le 1er samedi du mois 9h-12h', 'Mo-Fr 08:00-12:00; Sa[1] 09:00-12:00'],
	['Samedi (1er et 3e du mois) 9h-12h', 'Sa[1,3] 09:00-12:00'],
	[
		'mercredi 14h-18h hors vacances scolaires, 10h-18h pendant les vacances scolaires',
		'We 14:00-18:00; SH We 10:00-18:00'
	],
	[
		'En période scolaire : mercredi 14h-18h. Vacances scolaires : du lundi au vendredi 10h-18h.',
		'We 14:00-18:00; SH Mo-Fr 10:00-18:00'
	],
	[
		'lundi, mardi, jeudi, vendredi : 7h30-8h30 et 16h30-18h30 en période scolaire ; mercredi 7h30-18h30',
		'Mo-Tu,Th-Fr 07:30-08:30,16:30-18:30; We 07:30-18:30; SH Mo-Tu,Th-Fr off'
	],
	['lundi 9h-12h sur rendez-vous', 'Mo 09:00-12:00 "sur rendez-vous"'],
	['Sur rendez-vous', '"sur rendez-vous"'],
	['du lundi au vendredi sur rendez-vous', 'Mo-Fr "sur rendez-vous"'],
	['lundi 9h-12h, mardi sur rdv, jeudi 14h-16h', 'Mo 09:00-12:00; Tu "sur rendez-vous"; Th 14:00-16:00'],
	['Lundi matin : 9h-12h / après-midi : 14h-17h', 'Mo 09:00-12:00,14:00-17:00'],
	['lundi : matin 9h-12h, après-midi fermé', 'Mo 09:00-12:00'],
	[
		'du lundi au vendredi 8h30-12h 13h30-17h sauf mercredi après-midi',
		'Mo-Tu,Th-Fr 08:30-12:00,13:30-17:00; We 08:30-12:00'
	],
	['du lundi au vendredi 9h-18h, fermé de 12h à 14h', 'Mo-Fr 09:00-12:00,14:00-18:00'],
	[
		'du lundi au samedi 9h-12h, lundi et jeudi 14h-18h',
		'Mo,Th 09:00-12:00,14:00-18:00; Tu-We,Fr-Sa 09:00-12:00'
	],
	['du lundi au vendredi 9h-17h, mercredi 9h-12h', 'Mo-Tu,Th-Fr 09:00-17:00; We 09:00-12:00'],
	['juillet et août : du lundi au vendredi 9h-12h', 'Jul-Aug Mo-Fr 09:00-12:00'],
	[
		'du lundi au vendredi 9h-12h et 14h-17h. En juillet et août : 9h-12h.',
		'Mo-Fr 09:00-12:00,14:00-17:00; Jul-Aug Mo-Fr 09:00-12:00'
	],
	[
		'de septembre à juin, le mardi 16h-18h ; en juillet-août, le mardi 10h-12h',
		'Sep-Jun Tu 16:00-18:00; Jul-Aug Tu 10:00-12:00'
	],
	['Lundi : 9h-12h\nMardi : fermé\nMercredi : 9h-12h, 14h-17h', 'Mo 09:00-12:00; We 09:00-12:00,14:00-17:00'],
	[
		'Lundi : 9h - 12h\nMardi : 14h - 18h\nSamedi : sur RDV',
		'Mo 09:00-12:00; Tu 14:00-18:00; Sa "sur rendez-vous"'
	],
	['- lundi : 9h-12h\n- mardi : 14h-16h', 'Mo 09:00-12:00; Tu 14:00-16:00'],
	['• Lundi : 9h-12h • Mardi : 14h-16h', 'Mo 09:00-12:00; Tu 14:00-16:00'],
	['Secrétariat : mardi 16h-18h, vendredi 9h-11h', 'Tu 16:00-18:00; Fr 09:00-11:00'],
	[
		'Agence postale : lundi 9h-12h ; Bibliothèque : mardi 14h-17h',
		'Mo 09:00-12:00 open "Agence postale"; Tu 14:00-17:00 open "Bibliothèque"'
	],
	['lundi 9h-12h (entrée par la cour)', 'Mo 09:00-12:00 open "entrée par la cour"'],
	[
		'lundi et mercredi 9h-12h (accueil téléphonique uniquement)',
		'Mo,We 09:00-12:00 open "accueil téléphonique uniquement"'
	],
	['Accueil téléphonique : du lundi au vendredi 9h-12h', 'Mo-Fr 09:00-12:00 open "Accueil téléphonique"'],
	['Accueil téléphonique du lundi au vendredi de 9h à 12h', 'Mo-Fr 09:00-12:00 open "Accueil téléphonique"'],
	[
		'Mairie ouverte du lundi au vendredi 9h-12h. Accueil téléphonique du lundi au vendredi de 9h à 17h.',
		'Mo-Fr 09:00-12:00',
		['Accueil téléphonique du lundi au vendredi de 9h à 17h']
	],
	['mardi 8h-12h en continu', 'Tu 08:00-12:00'],
	['mardi 10h-18h non-stop', 'Tu 10:00-18:00'],
	['lundi 9h-12h ; 14h-17h', 'Mo 09:00-12:00,14:00-17:00'],
	['Lundi 8H30 - 12H00 et 13H30 - 17H00', 'Mo 08:30-12:00,13:30-17:00'],
	['du mardi au samedi : 9h00min-12h00min', 'Tu-Sa 09:00-12:00'],
	[
		'le lundi, le mardi et le jeudi de 8h30 à 11h30 et le vendredi de 13h à 16h',
		'Mo-Tu,Th 08:30-11:30; Fr 13:00-16:00'
	],
	['Jeudi 14h-16h semaines paires uniquement', 'week 02-52/2 Th 14:00-16:00'],
	['semaines paires : lundi 9h-12h', 'week 02-52/2 Mo 09:00-12:00'],
	[
		'Lundi 9h-12h (semaines paires) et mardi 14h-16h (semaines impaires)',
		'week 02-52/2 Mo 09:00-12:00; week 01-53/2 Tu 14:00-16:00'
	],
	['un mercredi sur deux de 14h à 16h', 'We 14:00-16:00 "un mercredi sur deux"'],
	['du lundi au jeudi 9-12 et 14-17', 'Mo-Th 09:00-12:00,14:00-17:00'],
	['Ouvert le jeudi 14h-18h et sur rendez-vous', 'Th 14:00-18:00 || "sur rendez-vous"'],
	['Mardi 9h-12h. En dehors de ces horaires, sur rendez-vous.', 'Tu 09:00-12:00 || "sur rendez-vous"'],
	['Mardi 9h-12h ou sur rendez-vous', 'Tu 09:00-12:00 || "sur rendez-vous"'],
	['Fermé le lundi. Du mardi au samedi 9h-12h.', 'Tu-Sa 09:00-12:00'],
	['fermé le lundi, le mardi et le jeudi, samedi 9h-12h', 'Sa 09:00-12:00'],
	['Lundi : fermé Mardi : 8h-12h Mercredi : fermé', 'Tu 08:00-12:00'],
	['lundi 9h-12h, mardi fermé, mercredi 9h-12h', 'Mo,We 09:00-12:00'],
	['Vacances scolaires : fermé. Lundi 9h-12h.', 'Mo 09:00-12:00; SH off'],
	['lundi 9h-12h, fermé pendant les vacances scolaires', 'Mo 09:00-12:00; SH off'],
	['Ouvert du lundi au vendredi de 9h à 12h sans interruption', 'Mo-Fr 09:00-12:00'],
	['tous les matins de 9h à 12h', 'Mo-Su 09:00-12:00'],
	['du lundi au samedi matin 9h-12h', 'Mo-Sa 09:00-12:00'],
	['Le samedi matin de 9h à 12h sauf en juillet et août', 'Sa 09:00-12:00; Jul-Aug Sa off'],
	['lundi de 9 à 12h et de 14 à 17h', 'Mo 09:00-12:00,14:00-17:00'],
	['lundi de 9 à 12 et de 14 à 17', 'Mo 09:00-12:00,14:00-17:00'],
	['Mercredi après-midi 13h30-18h30, samedi matin 10h-12h', 'We 13:30-18:30; Sa 10:00-12:00'],
	['du 1er juillet au 31 août : mardi 9h-12h', 'Jul 01-Aug 31 Tu 09:00-12:00'],
	['ouvert tous les jours sauf mardi et dimanche de 10h à 18h', 'Mo,We-Sa 10:00-18:00'],
	['Sur rendez-vous du lundi au vendredi 9h-17h', 'Mo-Fr 09:00-17:00 "sur rendez-vous"'],
	[
		'Sur rendez-vous : lundi 9h-12h, mardi 14h-17h',
		'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00 "sur rendez-vous"'
	],
	['tous les 15 jours, le lundi 9h-12h', 'Mo 09:00-12:00 "tous les 15 jours"'],
	['lundi 9h-12h, guichet unique : mardi 14h-17h', 'Mo 09:00-12:00; Tu 14:00-17:00 open "guichet unique"'],
	[
		'tous les mercredis 14h-18h et un samedi sur deux 9h-12h',
		'We 14:00-18:00; Sa 09:00-12:00 "un samedi sur deux"'
	],
	['En août : lundi 9h-12h. Mardi : 10h-12h', 'Aug Mo 09:00-12:00; Aug Tu 10:00-12:00'],
	['tous les jours 9h-12h, sauf mardi et dimanche', 'Mo,We-Sa 09:00-12:00'],
	[
		'sans rendez-vous le lundi 9h-12h, sur rendez-vous le mardi 14h-17h',
		'Mo 09:00-12:00; Tu 14:00-17:00 "sur rendez-vous"'
	],
	['lundi et mardi 9h-12h, mercredi 14h-17h sauf en août', 'Mo-Tu 09:00-12:00; We 14:00-17:00; Aug We off'],
	['Lundi 9h-12h sauf vacances scolaires', 'Mo 09:00-12:00; SH Mo off'],
	['lundi sur rendez-vous 9h-12h / mardi 14h-17h', 'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00'],
	['Lundi 9h-12h, en août 10h-11h, mardi 9h-12h', 'Mo-Tu 09:00-12:00; Aug Mo 10:00-11:00'],
	['Fermé le dimanche et les jours fériés, ouvert du lundi au samedi 9h-19h', 'Mo-Sa 09:00-19:00; PH off'],
	['Fermé le samedi, le dimanche. Du lundi au vendredi 8h-18h', 'Mo-Fr 08:00-18:00'],
	['lundi 9h-12h (sauf jours fériés)', 'Mo 09:00-12:00; PH off'],
	[
		'8h30 - 12h00 / 13h30 - 17h00 du lundi au jeudi, 8h30 - 12h00 le vendredi',
		'Mo-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00'
	],
	['de 8h30 à 12h les lundi, mardi et de 14h à 18h les jeudi', 'Mo-Tu 08:30-12:00; Th 14:00-18:00'],
	[
		'Lundi au Vendredi de 8H à 12H et 13H à 17H - Samedi 9H à 12H',
		'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00'
	],
	['hors vacances scolaires : lundi 9h-12h, mardi 9h-12h', 'Mo-Tu 09:00-12:00; SH Mo-Tu off'],
	[
		'fermé le lundi matin. Du lundi au vendredi 9h-12h et 14h-18h',
		'Mo 14:00-18:00; Tu-Fr 09:00-12:00,14:00-18:00'
	],
	['mardi 9h-12h, fermé le 25 décembre et le 1er janvier', 'Tu 09:00-12:00; Dec 25,Jan 01 off'],
	['Lun/Mar/Jeu/Ven : 8h30/12h - 13h30/17h', 'Mo-Tu,Th-Fr 08:30-12:00,13:30-17:00'],
	['jeudi de 16h30 à 19h sauf le dernier jeudi du mois', 'Th 16:30-19:00; Th[-1] off'],
	['9h à 12h tous les jours, sauf mardi 14h à 16h', 'Mo,We-Su 09:00-12:00; Tu 14:00-16:00'],
	['tous les jours de 9h à 12h sauf le samedi et le dimanche', 'Mo-Fr 09:00-12:00']
];

describe('hours as a mairie may write them', () => {
	test.each(MAIRIES)('« %s »: %s', (text, osm, precisions = []) => {
		const hours = read(text);
		expect([hours.osm, hours.precisions]).toEqual([osm, precisions]);
		expectUsable(osm);
	});

	test.each(MAIRIES)(
		'« %s » is read the same in capitals, without accents, with other spaces and dashes',
		(text, osm) => {
			if (/\b(LMJV|L-V)\b|"/.test(text + osm)) return;
			const bare = text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');
			expect(read(bare.toUpperCase()).osm).toBe(osm);
			expect(
				read(bare.replaceAll(' ', '\u00a0 ').replaceAll('-', '–').replaceAll("'", '’').normalize('NFC')).osm
			).toBe(osm);
		}
	);
});

describe('what the reading takes for granted is said', () => {
	test.each([
		[
			'du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi après-midi',
			'mercredi : 8h30-12h au lieu de 8h30-12h, 13h30-17h'
		],
		['en semaine 9h-12h', '« en semaine » est lu du lundi au vendredi'],
		['du lundi au samedi 9h-12h, lundi 14h-18h', 'lundi : 14h-18h s’ajoute à 9h-12h'],
		['du lundi au vendredi 9h-17h, mercredi 9h-12h', 'mercredi : 9h-12h remplace 9h-17h'],
		['lundi 9-12', '« 9-12 » est lu comme des heures'],
		['mardi : été : 9h-12h', 'l’été est lu comme juillet et août'],
		['L-V 9h-12h, MJ 14h-16h', '« MJ » : M est lu mardi'],
		['lundi 9h-12h, 14h-17h sur rendez-vous', 'ce qui suit « 14h-17h » est lu pour « 9h-12h » et « 14h-17h »']
	])('« %s »: %s', (text, assumption) => {
		expect(read(text).assumptions).toContain(assumption);
	});
});
