import { expect, test } from 'vitest';
import { codeInAddress, isScan } from './scan.ts';

const telephone =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

const asked = (headers: Record<string, string>, method = 'GET') => isScan({ method, headers });

test.each([
	['a telephone', telephone],
	[
		'an old telephone',
		'Mozilla/5.0 (Linux; Android 6.0; LG-H850) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/81.0.4044.138 Mobile Safari/537.36'
	],
	['a computer', 'Mozilla/5.0 (Windows NT 6.1; rv:78.0) Gecko/20100101 Firefox/78.0'],
	['a browser that says nothing of itself', ''],
	['someone who tries the code from a shell', 'curl/8.5.0'],
	[
		'a browser without a window',
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36'
	]
])('%s is counted', (_who, agent) => {
	expect(asked({ 'user-agent': agent })).toBe(true);
});

test.each([
	['Google', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
	['Bing', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
	['a preview in WhatsApp', 'WhatsApp/2.23.20.0 A'],
	['a preview in Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
	['a preview in Signal or Telegram', 'TelegramBot (like TwitterBot)'],
	['a monitor', 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)']
])('%s is not counted', (_who, agent) => {
	expect(asked({ 'user-agent': agent })).toBe(false);
});

test.each([
	{ purpose: 'prefetch' },
	{ 'sec-purpose': 'prefetch' },
	{ 'sec-purpose': 'prefetch;prerender' },
	{ 'x-moz': 'prefetch' },
	{ 'x-purpose': 'preview' }
])('a page fetched before anyone asked for it is not counted: %j', (headers) => {
	expect(asked({ 'user-agent': telephone, ...headers })).toBe(false);
});

test('asking only whether the code answers (HEAD) is not counted', () => {
	expect(asked({ 'user-agent': telephone }, 'HEAD')).toBe(false);
});

test.each(['/q/2RS5B', '/Q/2RS5B', '/Q/2rs5b/', '/q/2R%20S5-B', '/q/2RS5B.', '/q/2RS5B?fbclid=x'])(
	'%s is the address of a code',
	(url) => {
		expect(codeInAddress(url)).toBe('2RS5B');
	}
);

test.each(['/q', '/q/', '/q/2RS5C', '/q/%c0%ae', '/q/2RS5B/plus-loin', '/sillingy', '/en/q/2RS5B'])(
	'%s is not the address of a code',
	(url) => {
		expect(codeInAddress(url)).toBeUndefined();
	}
);
