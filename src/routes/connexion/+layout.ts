// Signing in works without a script.
export const csr = false;
