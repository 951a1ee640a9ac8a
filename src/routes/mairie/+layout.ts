// The desk works without a script; what needs none has none.
export const csr = false;
