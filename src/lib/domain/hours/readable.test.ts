import { expect, test } from 'vitest';
import { canReadHours } from './days.ts';

test.each([
	'Mo-Fr 08:30-12:00',
	'24/7',
	'Mo,We 09:00-12:00; week 2-53/2 Sa 09:00-12:00',
	'SH Mo-Fr 09:00-17:00',
	'Mo-Fr 09:00-12:00; SH off',
	'Mo-Fr "sur rendez-vous"'
])('the hours « %s » can be read', (hours) => {
	expect(canReadHours(hours, 'Haute-Savoie')).toBe(true);
});

test.each(['le soir, sauf le jeudi', 'quand il fait beau', 'Mo-Fr sunrise-12:00', 'Mo-Fr 25:99', ' '])(
	'the hours « %s » can’t be read',
	(hours) => {
		expect(canReadHours(hours, 'Haute-Savoie')).toBe(false);
	}
);
