// It stands outside the desk's layout, and is as the residents' pages are.
export const csr = false;
