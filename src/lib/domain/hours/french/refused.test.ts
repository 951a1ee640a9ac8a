import { expect, test } from 'vitest';
import { problemsSentence, readFrenchHours } from './french.ts';

/** The text, the piece of it that is named first, and what is said of it. */
const REFUSED: [string, string, string][] = [
	['bonjour', 'bonjour', 'ces mots n’ont pas été compris'],
	['lundi', 'lundi', 'à quelles heures ?'],
	['lundi 9h', '9h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi de 9h', '9h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 25h-26h', '25h-26h', 'il n’y a que 24 heures dans un jour'],
	['lundi 9h-12h75', '9h-12h75', 'une heure n’a que 60 minutes'],
	['lundi 12h-9h', '12h-9h', 'la fin vient avant le début : vérifiez les deux heures'],
	['lundi 9h-9h', '9h-9h', 'le début et la fin sont à la même heure'],
	[
		'lundi 9h-12h, lundi 10h-13h',
		'9h-12h, 10h-13h',
		'lundi : 9h-12h et 10h-13h se chevauchent : corrigez l’un des deux'
	],
	[
		'lundi 9h-12h et 11h-15h',
		'9h-12h, 11h-15h',
		'lundi : 9h-12h et 11h-15h se chevauchent : corrigez l’un des deux'
	],
	['9h-12h', '9h-12h', 'quels jours ?'],
	['de 9h à 12h et de 14h à 17h', '9h à 12h', 'quels jours ?'],
	["jusqu'à 18h", "jusqu'à 18h", 'dites de quel jour, et à quelle heure cela commence : « 9h-18h »'],
	["lundi jusqu'à 18h", "lundi jusqu'à 18h", 'dites aussi à quelle heure cela commence : « 14h-18h »'],
	['lundi à partir de 14h', 'à partir de', 'dites aussi à quelle heure cela finit : « de 9h à 12h »'],
	['lundi dès 8h30', 'dès', 'dites aussi à quelle heure cela finit : « de 9h à 12h »'],
	['fermé', 'fermé', 'dites quels jours, ou à quelles heures c’est ouvert'],
	[
		'lundi 9h-12h, fermé le lundi',
		'fermé le lundi',
		'lundi est dit ouvert et fermé : corrigez l’un des deux'
	],
	[
		'du lundi au vendredi 9h-17h, fermé le mercredi après-midi',
		'fermé le mercredi après-midi',
		'mercredi est ouvert sans pause : dites à quelles heures il l’est encore'
	],
	['lundi matin 14h-17h', '14h-17h', 'ces heures ne sont pas celles d’un matin'],
	['lundi après-midi 9h-12h', '9h-12h', 'ces heures ne sont pas celles d’un après-midi'],
	['lundi matin', 'lundi', 'à quelles heures ?'],
	['ouvert le lundi matin', 'lundi', 'à quelles heures ?'],
	['lundi 9h-12h ?', '?', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h environ', 'environ', 'ces mots n’ont pas été compris'],
	['lundi vers 9h', 'vers', 'ces mots n’ont pas été compris'],
	['le matin', 'le matin', 'à quelles heures ?'],
	['samedi semaines A 9h-12h', 'semaines', 'ces mots n’ont pas été compris'],
	['jours pairs 9h-12h', 'jours pairs', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h un peu après', 'un peu après', 'ces mots n’ont pas été compris'],
	['lundi ou mardi 9h-12h', 'ou', 'ces mots n’ont pas été compris'],
	['fermé du 15 au 1er août', '15 au 1er août', 'cette date n’existe pas, ou n’est pas comprise'],
	['fermé du 31 au 32 août', '31 au 32 août', 'cette date n’existe pas, ou n’est pas comprise'],
	['fermé le 30 février', '30 février', 'cette date n’existe pas, ou n’est pas comprise'],
	['fermé le 31 juin', '31 juin', 'cette date n’existe pas, ou n’est pas comprise'],
	[
		'lundi 9h-12h pendant les vacances de Noël',
		'pendant les vacances de Noël',
		'ces mots n’ont pas été compris'
	],
	['lundi 9h-12h pendant les petites vacances', 'pendant les petites', 'ces mots n’ont pas été compris'],
	['horaires variables', 'horaires variables', 'ces mots n’ont pas été compris'],
	["horaires d'hiver : lundi 9h-12h", "horaires d'hiver", 'ces mots n’ont pas été compris'],
	['lundi 8h5-12h', '8h5', 'ces mots n’ont pas été compris'],
	['lundi 9h12h', '9h12h', 'ces mots n’ont pas été compris'],
	['lundi 9h 12h', '9h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 9h-12h-14h', '14h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 9h-12h, mercredi', 'mercredi', 'à quelles heures ?'],
	['avant-dernier samedi du mois 9h-12h', 'avant', 'ces mots n’ont pas été compris'],
	['6e samedi du mois 9h-12h', '6e', 'ces mots n’ont pas été compris'],
	['tous les jours sauf', 'sauf', 'sauf quand ?'],
	['sauf le dimanche', 'sauf le dimanche', 'aucune heure n’a été trouvée'],
	['Mo-Fr 09:00', 'Mo', 'ces mots n’ont pas été compris'],
	['Mo-Fr 25:00-26:00', 'Mo', 'ces mots n’ont pas été compris'],
	['sunrise-sunset', 'sunrise', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h; DROP TABLE service', 'DROP TABLE service', 'ces mots n’ont pas été compris'],
	['<script>alert(1)</script>', '<script>alert', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h (fermé si neige)', 'si neige', 'ces mots n’ont pas été compris ici'],
	['lundi 9h-12h (ou peut-être 14h-17h)', 'ou peut-être 14h-17h', 'cette parenthèse n’a pas été comprise'],
	[
		'fermé le lundi, mercredi, samedi 9h-12h',
		'mercredi',
		'dites si ce jour est fermé aussi : commencez une nouvelle phrase'
	],
	['fermé le mercredi 9h-12h', 'fermé le mercredi 9h-12h', 'aucune heure n’a été trouvée'],
	['ni le lundi ni le mardi', 'ni', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h sauf parfois', 'parfois', 'ces mots n’ont pas été compris ici'],
	['du lundi au lundi 9h-12h sauf hors', 'sauf hors', 'sauf quand ?'],
	['mairie', 'mairie', 'aucune heure n’a été trouvée'],
	['9h lundi mardi 12h', '9h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi : 9h-12h // mardi', 'mardi', 'à quelles heures ?'],
	['la veille des jours fériés 9h-12h', 'la veille', 'ces mots n’ont pas été compris'],
	['lundi 9h - midi moins le quart', 'moins le quart', 'ces mots n’ont pas été compris'],
	['une fois par mois', 'une fois par mois', 'dites-le avec les heures dont il s’agit'],
	['1er et 3e 9h-12h', '1er et 3e', 'dites de quel jour : « 1er et 3e samedi du mois »'],
	['lundi 9:00-12:60', '9:00-12:60', 'une heure n’a que 60 minutes'],
	['lundi 99h-100h', '99h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['😀 9h-12h', '😀', 'ces mots n’ont pas été compris'],
	['lundi mardi mercredi', 'lundi, mardi, mercredi', 'à quelles heures ?'],
	['semaines paires', 'semaines paires', 'dites-le avec les heures dont il s’agit'],
	['en juillet', 'juillet', 'dites-le avec les heures dont il s’agit'],
	['jours fériés', 'jours fériés', 'à quelles heures ?'],
	['lundi 9h-12h sur rendez-vous ou pas', 'ou pas', 'ces mots n’ont pas été compris'],
	['lundi semaines paires, mardi 9h-12h', 'lundi', 'à quelles heures ?'],
	[
		'lundi 9h-12h en juillet en août 9h-10h',
		'juillet',
		'dites de quelles heures il s’agit : séparez-les par une virgule'
	],
	['du 1er août : 9h-12h', '9h-12h', 'quels jours ?'],
	['Lundi 9h-12h les autres jours 14h-17h', 'les autres jours', 'ces mots n’ont pas été compris'],
	['lundi 1 9h-12h', '1', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['12 lundi 9h-12h', '12', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 9h-12h pas le matin', 'pas', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h, mardi idem', 'idem', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h, même chose le mardi', 'même chose', 'ces mots n’ont pas été compris'],
	['lundi 9h–', '9h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['24', '24', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi -12h', '12h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 9h-12h, 14h', '14h', 'il manque une heure : écrivez le début et la fin, « 9h-12h »'],
	['lundi 9h-12h et vendredi', 'vendredi', 'à quelles heures ?'],
	['appelez le 04 65 71 00 00', 'appelez', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h tél. 04 65 71 00 00', 'tél', 'ces mots n’ont pas été compris'],
	['lundi 9h00-12h00 1er étage', 'étage', 'ces mots n’ont pas été compris'],
	[
		'lundi au vendredi 9h-12h, sauf le mercredi 14h',
		'14h',
		'il manque une heure : écrivez le début et la fin, « 9h-12h »'
	],
	['semaines paires et impaires lundi 9h-12h', 'impaires', 'ces mots n’ont pas été compris'],
	['lundi 9h-12h, lundi fermé', 'lundi fermé', 'lundi est dit ouvert et fermé : corrigez l’un des deux'],
	['mercredi 9h-12h fermé', 'fermé', 'mercredi est dit ouvert et fermé : corrigez l’un des deux'],
	['lundi ferme à 12h', 'lundi ferme à 12h', 'dites aussi à quelle heure cela commence : « 14h-18h »'],
	['lundi 9h-12h. Tous les 15 jours.', 'Tous les 15 jours', 'dites-le avec les heures dont il s’agit'],
	['lundi 9h-12h. Semaines paires.', 'Semaines paires', 'dites-le avec les heures dont il s’agit'],
	['lundi 9h-12h. 1er et 3e du mois.', '1er et 3e du mois', 'dites-le avec les heures dont il s’agit'],
	[
		'lundi 9h-12h. Sur rendez-vous uniquement.',
		'sur rendez-vous',
		'dites pour quelles heures : « lundi 9h-12h sur rendez-vous »'
	],
	['lundi 9h-12h, mardi 10h-12h. Vacances scolaires : 10h-12h.', '10h-12h', 'quels jours ?'],
	['lundi 9h-12h, mardi 10h-12h ; juillet : 10h-11h', '10h-11h', 'quels jours ?'],
	['Lundi 9h-12h (arriver avant 11h45)', 'arriver avant 11h45', 'cette parenthèse n’a pas été comprise'],
	[
		'le mardi matin et le jeudi après-midi',
		'matin … après-midi',
		'à quelles heures l’un, et à quelles heures l’autre ?'
	],
	[
		'du lundi au vendredi 9h-12h, fermé 3 semaines en août',
		'3',
		'il manque une heure : écrivez le début et la fin, « 9h-12h »'
	],
	['vacances de Noël : fermé. lundi 9h-12h', 'vacances de Noël', 'ces mots n’ont pas été compris ici']
];

test.each(REFUSED)('« %s » is refused for « %s »: %s', (text, fragment, sentence) => {
	const read = readFrenchHours(text);
	if (!('problems' in read)) throw new Error(`« ${text} » was read as ${read.osm}`);
	expect(read.problems[0]).toEqual({ fragment, sentence });
});

test('an empty text is asked for, a page of text is refused', () => {
	expect(readFrenchHours('  ')).toHaveProperty('problems');
	expect(readFrenchHours('lundi 9h-12h, '.repeat(500))).toHaveProperty('problems');
});

test('what wasn’t understood is one line of French, whatever was pasted', () => {
	const read = readFrenchHours('lundi vers\nneuf heures\n"peut-être"\n\u0000 ((( x '.repeat(20));
	const sentence = 'problems' in read ? problemsSentence(read.problems) : '';
	expect(sentence).toMatch(/^Horaires non compris\. «\u202f/);
	expect(sentence).not.toMatch(/\n/);
	expect(sentence.length).toBeLessThan(600);
});
