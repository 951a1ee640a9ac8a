import QRCode from 'qrcode';

/** What a printed code's symbol holds: all in capitals, which makes it smaller. The route ignores case. */
export function symbolText(origin: string, code: string): string {
	return `${origin}/q/${code}`.toUpperCase();
}

/** A symbol as a drawing whose unit is the module, its quiet zone of 4 modules included. */
export interface DrawnSymbol {
	/** The side, in modules. */
	size: number;
	/** The dark modules, as the path of an SVG. */
	path: string;
}

/** The symbol that opens this address, level M: a screen is neither creased nor stained (ISO/IEC 18004). */
export function screenSymbol(address: string): DrawnSymbol {
	return drawnSymbol(address, 'M');
}

/** The symbol of a printed code, level Q: give it at least 0.8 mm a module, and 25 mm in all. */
export function printedSymbol(origin: string, code: string): DrawnSymbol {
	return drawnSymbol(symbolText(origin, code), 'Q');
}

function drawnSymbol(text: string, errorCorrectionLevel: 'M' | 'Q'): DrawnSymbol {
	const { modules } = QRCode.create(text, { errorCorrectionLevel });
	const quiet = 4;
	let path = '';
	for (let row = 0; row < modules.size; row++)
		for (let column = 0; column < modules.size; column++) {
			if (!modules.get(row, column)) continue;
			let end = column + 1;
			while (end < modules.size && modules.get(row, end)) end++;
			path += `M${column + quiet} ${row + quiet}h${end - column}v1h${column - end}z`;
			column = end;
		}
	return { size: modules.size + 2 * quiet, path };
}

/**
 * The symbol of a printed code as a vector drawing: dark on light, level Q, 4 modules of quiet zone, nothing inside
 * (ISO/IEC 18004). Its unit is the module: give it at least 0.8 mm a module, and 25 mm in all, on paper.
 */
export function symbolSvg(origin: string, code: string): string {
	const { size, path } = printedSymbol(origin, code);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`;
}
