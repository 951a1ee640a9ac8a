import { getContext, setContext } from 'svelte';

/** The address of the page shown, and where the site is: what tells the same page in another language. */
export interface PageAddress {
	origin: string;
	pathname: string;
	/** With its question mark; '' when there is none. */
	search: string;
}

const key = Symbol('address');

/** Tells the components of a page its address; undefined for a page that has no other language. */
export function provideAddress(address: () => PageAddress | undefined): void {
	setContext(key, address);
}

/** The address of the page, where it has other languages. */
export function pageAddress(): PageAddress | undefined {
	return getContext<(() => PageAddress | undefined) | undefined>(key)?.();
}
