import QRCode from 'qrcode';

/** What a printed code's symbol holds: all in capitals, which makes it smaller. The route ignores case. */
export function symbolText(origin: string, code: string): string {
	return `${origin}/q/${code}`.toUpperCase();
}

/**
 * The symbol of a printed code as a vector drawing: dark on light, level Q, 4 modules of quiet zone, nothing inside
 * (ISO/IEC 18004). Its unit is the module: give it at least 0.8 mm a module, and 25 mm in all, on paper.
 */
export async function symbolSvg(origin: string, code: string): Promise<string> {
	return QRCode.toString(symbolText(origin, code), { type: 'svg', errorCorrectionLevel: 'Q', margin: 4 });
}
