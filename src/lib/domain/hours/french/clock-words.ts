import type { DaySlot } from './schedule.ts';

/** Two slots that can’t both be meant. */
export function clashWords([one, other]: [DaySlot, DaySlot]): string {
	return `${slotWords(one)} et ${slotWords(other)} se chevauchent : corrigez l’un des deux`;
}

/** « 9h-12h » */
export function slotWords({ debut, fin }: DaySlot): string {
	return `${clockWords(debut)}-${clockWords(fin)}`;
}

/** « 9h-12h, 14h-17h » */
export function slotsWords(slots: readonly DaySlot[]): string {
	return slots.map(slotWords).join(', ');
}

/** « 8h30 » */
export function clockWords(clock: string): string {
	const [hour, minute] = clock.split(':');
	return `${Number(hour)}h${minute === '00' ? '' : (minute ?? '')}`;
}
