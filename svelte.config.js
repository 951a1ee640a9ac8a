import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: false }),
		// Cached HTML must stay valid, so the policy carries hashes rather than one nonce per request.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'style-src': ['self'],
				'img-src': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
				'base-uri': ['none']
			}
		},
		// A scanned page is one request: its whole style travels inside it.
		inlineStyleThreshold: 1_000_000,
		output: { preloadStrategy: 'modulepreload' },
		version: { pollInterval: 0 }
	}
};
