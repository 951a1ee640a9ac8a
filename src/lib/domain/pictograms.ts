/*
 * The pictograms of the identity: one path each, drawn in a 24 × 24 box with a 2-unit round stroke.
 * A theme's pictogram bears the theme's slug.
 */
export const pictograms = {
	'petite-enfance':
		'M4 13.5a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M12 5.5c-1-3.5 4-3.5 3-.5M9 12.5v.5m6-.5v.5m-6 3.5q3 2.5 6 0',
	enfance: 'm14 2 7 6-5 8-9-4zm0 0 2 14m5-8L7 12m9 4c1 6-6 1-5 4s-4 2-7 1',
	jeunesse:
		'M4 16v-3a8 8 0 0 1 16 0v3M4 15h2q2 0 2 2v2q0 2-2 2H5q-1 0-1-1zm16 0h-2q-2 0-2 2v2q0 2 2 2h1q1 0 1-1z',
	parentalite:
		'M5.5 5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M15.5 11a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M4 21v-7q0-3 4-3 3 0 4 3l2 3M8 16v5m7 0v-3.5q0-1.5 2.5-1.5t2.5 1.5V21',
	'besoins-particuliers':
		'M12 11C5 7 9 1 12 4.5 15 1 19 7 12 11M2 14h4l4 2h3q2 0 2 1.5T13 19h-3m4.5-1 5-3q2-.5 2.5 1l-8 5.5h-5L2 20',
	seniors:
		'M7.5 4.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M10 10v6l-3 6m3-6 3 2v4M10 10l4 4h4v8M10 10q-4 1-4 6',
	'vie-locale': 'M3 21V10l4-7 4 7v11M2 21h20M11 14l5-4 5 4v7M7 21v-4m9 4v-3M7 11v.5',
	agenda: 'M4 5h16v16H4zm0 5h16M8 2v4m8-4v4m-4 6.5 1 2 2 .2-1.5 1.5.5 2-2-1-2 1 .5-2L9 14.7l2-.2z',
	'droits-et-demarches':
		'M2 5h20v14H2zm12 5h5m-5 4h5M4.5 16q0-3 3.5-3t3.5 3M6.5 10a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0',
	'sante-et-urgences': 'M3 8h18v12H3zm5 0V4h8v4m-4 3v6m-3-3h6',
	'vie-quotidienne': 'm2 12 10-9 10 9M5 10v11h14V10m-7 1c-4 4.5-2.5 7 0 7s4-2.5 0-7',
	tel: 'M5 3h4l2 5-3 2q2 4 6 6l2-3 5 2v4q0 2-2 2C10 21 3 14 3 5q0-2 2-2',
	lieu: 'M12 22C2 12 5 2 12 2s10 10 0 20M9.5 9a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0',
	heure: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M12 6v6l4 2.5',
	euro: 'M19 5.5a8 8 0 1 0 0 13M3 10h11M3 14h10',
	age: 'M4 21v-7h16v7M2 21h20M4 17q2.7 2 5.3 0 2.7 2 5.4 0 2.6 2 5.3 0M12 14V9m0-6q2 2.5 0 3-2-.5 0-3',
	papier: 'M5 2h9l5 5v15H5zm9 0v5h5M9 12h6m-6 4h6',
	fauteuil: 'M8.5 4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M10 8v6h6l3 6h2M10 10.5h5M7 12a5 5 0 1 0 7 7',
	langue: 'M3 4h18v12h-9l-5 5v-5H3zm5 4h8m-8 4h5',
	date: 'M4 5h16v16H4zm0 5h16M8 2v4m8-4v4',
	imprimer: 'M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z',
	courriel: 'M2 5h20v14H2zl10 8 10-8',
	lien: 'M10 5H4v15h15v-6M14 3h7v7m0-7L11 13',
	attention: 'M12 3 2 21h20zm0 6v6m0 2.5v.5',
	chercher: 'M3 10a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M0,0m15 15 6 6',
	fait: 'm4 13 5 6L20 5',
	suite: 'M5 12h14m-6-7 7 7-7 7'
} as const;

export type PictogramName = keyof typeof pictograms;

/** The pictogram of a theme; a plain mark for a theme that has none drawn yet. */
export function themePictogram(theme: string): PictogramName {
	return theme in pictograms ? (theme as PictogramName) : 'suite';
}
