// Resident pages carry no script at all: one request, and nothing to run on an old phone.
export const csr = false;
