/** The times of a day as people write them. */
export interface TypedTimes {
	/** 'HH:MM' */
	debut: string;
	/** 'HH:MM', null when only the beginning is said. Earlier than `debut`: the next morning. */
	fin: string | null;
}

const time = String.raw`(midi|minuit|\d{1,2}\s*(?:h|:|heures?)\s*(?:[0-5]\d)?)`;
const between = String.raw`\s*(?:-|–|—|à|a|jusqu[’']?\s*à|→|et)\s*`;
const pattern = new RegExp(String.raw`^(?:de|dès|à|a|entre)?\s*${time}(?:${between}${time})?$`, 'i');

/** « 9h30-11h », « de 9 h 30 à 11 h 30 », « 18:00 », « 20h à minuit ». Undefined for anything else. */
export function readTimes(typed: string): TypedTimes | undefined {
	const [, from, to] = pattern.exec(typed.replace(/[\u00a0\u202f]/g, ' ').trim()) ?? [];
	const debut = from === undefined ? undefined : clockOf(from);
	if (debut === undefined) return undefined;
	if (to === undefined) return { debut, fin: null };
	const fin = clockOf(to);
	return fin === undefined || fin === debut ? undefined : { debut, fin };
}

function clockOf(words: string): string | undefined {
	const name = words.toLowerCase();
	if (name === 'midi') return '12:00';
	if (name === 'minuit') return '00:00';
	const [, hour = '', minute = '00'] = /^(\d{1,2})\D+(\d\d)?$/.exec(name) ?? [];
	if (hour === '' || Number(hour) > 24) return undefined;
	if (Number(hour) === 24) return minute === '00' ? '00:00' : undefined;
	return `${hour.padStart(2, '0')}:${minute}`;
}
