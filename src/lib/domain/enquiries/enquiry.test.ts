import { describe, expect, test } from 'vitest';
import { checkForm } from '../forms.ts';
import { anonymise } from './anonymise.ts';
import { doubtOf, type Sending } from './doubt.ts';
import { answerBy, publishedAnswerSchema, questionSchema, reportSchema } from './enquiry.ts';

const place = { departement: 'Haute-Savoie', region: 'Auvergne-Rhône-Alpes' };

describe('the day by which the person is answered', () => {
	test.each([
		['question', '2026-11-30', '2026-12-07', 'five days of work'],
		['question', '2026-12-04', '2026-12-11', 'a week-end is no work'],
		['question', '2026-12-24', '2027-01-04', 'Christmas and New Year’s Day are none either'],
		['signalement', '2028-02-28', '2028-03-06', '29 February is a day like another'],
		['accessibilite', '2026-12-24', '2026-12-31', 'a difficulty with the site: a week, whatever the days']
	] as const)('%s received on %s: %s, %s', (kind, day, by, _why) => {
		expect(answerBy(kind, day, place)).toBe(by);
	});
});

describe('a question as it is typed', () => {
	const typed = { texte: 'À quelle heure ouvre la déchèterie ?', courriel: '', telephone: '' };
	test('needs neither mail nor telephone', () => {
		expect(checkForm(questionSchema, typed)).toEqual({
			output: { texte: typed.texte, courriel: null, telephone: null }
		});
	});
	test('keeps its address in small letters, its number in pairs', () => {
		expect(
			checkForm(questionSchema, { ...typed, courriel: ' Anne@Exemple.FR ', telephone: '+33465710001' }).output
		).toMatchObject({ courriel: 'anne@exemple.fr', telephone: '04 65 71 00 01' });
	});
	test.each([
		[{ texte: '  ' }, 'texte'],
		[{ texte: 'Aide' }, 'texte'],
		[{ texte: 'a'.repeat(2001) }, 'texte'],
		[{ courriel: 'anne@exemple' }, 'courriel'],
		[{ telephone: '04 65 71' }, 'telephone']
	])('%j is refused beside its field', (wrong, field) => {
		expect(Object.keys(checkForm(questionSchema, { ...typed, ...wrong }).errors ?? {})).toEqual([field]);
	});
});

describe('a report as it is ticked', () => {
	test('a tick is enough, so is a word; unknown ticks are nothing', () => {
		expect(checkForm(reportSchema, { raisons: ['horaires', 'zzz'], texte: '', courriel: '' }).output).toEqual(
			{
				raisons: ['horaires'],
				texte: '',
				courriel: null
			}
		);
		expect(
			checkForm(reportSchema, { raisons: [], texte: 'Fermé en août', courriel: '' }).errors
		).toBeUndefined();
	});
	test('neither is refused', () => {
		expect(checkForm(reportSchema, { raisons: ['zzz'], texte: ' ', courriel: '' }).errors).toHaveProperty(
			'raisons'
		);
	});
});

describe('what may not be a person’s waits apart', () => {
	const sent: Sending = { text: '', trap: '', seconds: 40, isRepeated: false, fromSamePlace: 0 };
	test.each([
		'Bonjour, à quelle heure ouvre la mairie le samedi ?',
		'Mon fils a 3 ans, où l’inscrire à la cantine',
		'bjr jcherch 1 nounou pr mon bb svp',
		'JE NE COMPRENDS PAS COMMENT INSCRIRE MON ENFANT A LA CRECHE, PERSONNE NE REPOND',
		'Le lien https://exemple.fr/inscription ne marche pas',
		'كيف أسجل طفلي في المدرسة؟',
		'Çocuğumu okula nasıl kaydederim?',
		'119 ?'
	])('« %s » is a person’s, even when many write from the same place', (text) => {
		expect(doubtOf({ ...sent, text })).toBeNull();
		expect(doubtOf({ ...sent, text, fromSamePlace: 12 })).toBeNull();
	});
	test.each([
		[{ text: 'Bonjour, une question', trap: 'https://x.example' }, 'un champ invisible'],
		[{ text: 'Bonjour, une question', seconds: 1 }, 'moins de trois secondes'],
		[{ text: 'Bonjour, une question', isRepeated: true }, 'le même texte'],
		[{ text: 'voir http://a.example et http://b.example' }, 'plusieurs liens'],
		[{ text: 'We offer backlinks and SEO for your website' }, 'publicité'],
		[{ text: 'dfgkjh sdlfkjg qsdlmkjf xcvbn', fromSamePlace: 40 }, 'qui n’en sont pas'],
		[{ text: 'voir http://a.example', fromSamePlace: 40 }, 'un lien, beaucoup d’envois']
	])('%j is doubtful', (wrong, reason) => {
		expect(doubtOf({ ...sent, ...wrong })).toContain(reason);
	});
	test('a crowd alone condemns nobody', () => {
		expect(
			doubtOf({ ...sent, text: 'Bonjour, à quelle heure ouvre la mairie ?', fromSamePlace: 1000 })
		).toBeNull();
	});
});

test('what signs took out of a question is not published as it stands', () => {
	const { errors } = checkForm(publishedAnswerSchema, {
		question: 'Je suis Mme [nom], où aller ?',
		reponse: 'Ici.'
	});
	expect(errors?.question).toContain('[nom]');
	expect(checkForm(publishedAnswerSchema, { question: 'Où aller ?', reponse: "L'accueil." }).output).toEqual({
		question: 'Où aller\u202f?',
		reponse: 'L’accueil.'
	});
});

describe('before a question is published', () => {
	test.each([
		['Appelez-moi au 04 65 71 00 01 ou +33 4 65 71 00 02', 'Appelez-moi au [téléphone] ou [téléphone]'],
		['Écrivez à anne.martin@exemple.fr, merci', 'Écrivez à [courriel], merci'],
		['Je m’appelle Anne Martin et je cherche une nounou', 'Je m’appelle [nom] et je cherche une nounou'],
		['Où aller ?\nMerci, Anne Martin', 'Où aller ?\nMerci, [nom]'],
		['Puis-je voir madame Martin le lundi ?', 'Puis-je voir madame [nom] le lundi ?'],
		['Merci de me dire où est la mairie de Sillingy', 'Merci de me dire où est la mairie de Sillingy'],
		['Le 119 répond-il la nuit ?', 'Le 119 répond-il la nuit ?']
	])('« %s » becomes « %s »', (text, anonymous) => {
		expect(anonymise(text)).toBe(anonymous);
	});
});
