import { QueryFailedError } from 'typeorm';

/** Error codes after which the whole transaction may be run again: nothing of it was kept. */
const transientCodes: ReadonlySet<string> = new Set([
  'ER_LOCK_DEADLOCK', // 1213
  'ER_LOCK_WAIT_TIMEOUT', // 1205
  'ER_CHECKREAD', // 1020: MariaDB, the row changed since it was read
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ER_SERVER_SHUTDOWN', // 1053
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

const uniqueCodes: ReadonlySet<string> = new Set([
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** Thrown inside a transaction that lost a race which it can win, or answer, when it starts anew. */
export class RaceLost extends Error {}

/** Whether running the transaction again from its start may succeed. */
export function isTransient(error: unknown): boolean {
  return error instanceof RaceLost || transientCodes.has(codeOf(error));
}

/** Whether the row is there already; with a name, whether it was that unique index that said so. */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(codeOf(error));
}

function codeOf(error: unknown): string {
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
