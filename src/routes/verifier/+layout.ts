// A mail's link opens pages that work without a script.
export const csr = false;
