/** The package has no types of its own: what is used of it. */
declare module 'snowball-stemmers' {
	interface Stemmer {
		stem(word: string): string;
	}
	const stemmers: { newStemmer(language: 'french'): Stemmer };
	export default stemmers;
}
