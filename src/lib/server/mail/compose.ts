import { m } from '#lib/paraglide/messages.js';

/** What a mail says, whatever shows it. Plain words: nothing here is HTML. */
export interface Letter {
	subject: string;
	/** « Bonjour, » */
	greeting: string;
	/** Before the button. */
	paragraphs: string[];
	/** The one thing to do: the words of the button, and where it leads (http or https). */
	action?: { label: string; url: string };
	/** What the mail is about, item by item; `url` leads to the item. */
	items?: { text: string; url?: string }[];
	/** Name of the territory whose directory writes. */
	territory: string;
	/** A sentence: why this person receives it. */
	reason: string;
}

/** A letter as the outbox takes it. */
export interface ComposedMail {
	subject: string;
	text: string;
	html: string;
}

/**
 * Writes a letter twice: as plain text, and as an HTML document that needs nothing from outside (no image, no
 * script, nothing that tells when it is read).
 * @throws TypeError for a link that is neither http nor https
 */
export function composeMail(letter: Letter): ComposedMail {
	for (const url of [letter.action?.url, ...(letter.items ?? []).map((item) => item.url)])
		if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
			throw new TypeError(`Not a link for a mail: ${url}`);
	return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
}

function textOf({ greeting, paragraphs, action, items = [], territory, reason }: Letter): string {
	const list = items.map(({ text, url }) => (url === undefined ? `- ${text}` : `- ${text}\n  ${url}`));
	return [
		greeting,
		...paragraphs,
		...(list.length > 0 ? [list.join('\n')] : []),
		...(action ? [`${m.courriel_bouton({ action: action.label })}\n${action.url}`] : []),
		// « -- » alone on a line begins a signature (RFC 3676, 4.3).
		`-- \n${m.courriel_automatique({ territoire: territory })}\n${reason}\n`
	].join('\n\n');
}

/*
 * The colours of lib/styles/tokens.css, light inline and dark by class: mail programs read no custom property,
 * and some of them no style element.
 */
const light = {
	page: 'background:#fbf8f1;color:#12262b',
	link: 'color:#0f5c6e',
	button: 'background:#0f5c6e;color:#ffffff',
	note: 'color:#47585a'
};
const dark = `@media (prefers-color-scheme:dark){
.page{background:#10191b!important;color:#f1ece0!important}
.link{color:#7cc7d6!important}
.button{background:#7cc7d6!important;color:#10191b!important}
.note{color:#b9c4c2!important}
}`;
const letters = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Ubuntu,sans-serif";

function htmlOf({ subject, greeting, paragraphs, action, items = [], territory, reason }: Letter): string {
	const paragraph = (content: string) => `<p style="margin:0 0 16px">${content}</p>`;
	const link = (url: string, content: string) =>
		`<a class="link" href="${escapeHtml(url)}" style="${light.link};overflow-wrap:anywhere">${content}</a>`;
	const item = ({ text, url }: { text: string; url?: string }) =>
		`<li style="margin:0 0 8px">${url === undefined ? escapeHtml(text) : link(url, escapeHtml(text))}</li>`;
	return [
		'<!DOCTYPE html>',
		'<html lang="fr">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="color-scheme" content="light dark">',
		'<meta name="supported-color-schemes" content="light dark">',
		`<title>${escapeHtml(subject)}</title>`,
		`<style>:root{color-scheme:light dark}\n${dark}</style>`,
		'</head>',
		`<body class="page" style="margin:0;padding:24px 16px;${light.page};${letters};font-size:17px;line-height:1.5">`,
		'<div style="max-width:608px;margin:0 auto">',
		`<h1 style="margin:0 0 24px;font-size:26px;line-height:1.2">${escapeHtml(subject)}</h1>`,
		...[greeting, ...paragraphs].map((text) => paragraph(escapeHtml(text))),
		...(items.length > 0
			? [`<ul style="margin:0 0 16px;padding-left:24px">${items.map(item).join('\n')}</ul>`]
			: []),
		...(action
			? [
					paragraph(
						`<a class="button" href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 24px;border-radius:4px 20px 20px 20px;${light.button};font-weight:bold;text-decoration:none">${escapeHtml(action.label)}</a>`
					),
					paragraph(
						`${escapeHtml(m.courriel_adresse_du_bouton())}<br>${link(action.url, escapeHtml(action.url))}`
					)
				]
			: []),
		`<p class="note" style="margin:32px 0 0;${light.note};font-size:14px">${escapeHtml(m.courriel_automatique({ territoire: territory }))}<br>${escapeHtml(reason)}</p>`,
		'</div>',
		'</body>',
		'</html>',
		''
	].join('\n');
}

function escapeHtml(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;'
	};
	return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
