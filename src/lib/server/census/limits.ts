/** A file that can't be read, with what to do, in French. */
export class FileError extends Error {}

/** Most rows and columns of a file, and signs in a cell: a census of a département has less. */
export const most = { rows: 5000, columns: 200, signs: 20_000 } as const;
