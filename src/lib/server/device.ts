/** A browser and its system in words, from its User-Agent header: what someone recognises in the list of their sessions. */
export function deviceOf(agent: string): string {
	const browser = first(agent, [
		[/Edg(e|A|iOS)?\//, 'Edge'],
		[/OPR\//, 'Opera'],
		[/Firefox\/|FxiOS\//, 'Firefox'],
		[/Chrome\/|CriOS\//, 'Chrome'],
		[/Safari\//, 'Safari']
	]);
	const system = first(agent, [
		[/Windows/, 'Windows'],
		[/Android/, 'Android'],
		[/iPhone|iPad/, 'iOS'],
		[/Mac OS X/, 'macOS'],
		[/Linux|X11/, 'Linux']
	]);
	return [browser ?? 'Un navigateur', system && `sous ${system}`].filter(Boolean).join(' ');
}

function first(agent: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
	return names.find(([pattern]) => pattern.test(agent))?.[1];
}
