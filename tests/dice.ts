/** The same draw each time, so that a failure can be seen again (mulberry32). */
export function dice(seed: number): <T>(choices: readonly T[]) => T {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return <T>(choices: readonly T[]) => choices[Math.floor(next() * choices.length)] as T;
}
