// No page carries a script unless its own area asks for it.
export const csr = false;
