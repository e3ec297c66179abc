/** The import cannot begin or go on as asked; the message says why, for the person who asked. */
export class ImportRefused extends Error {}
