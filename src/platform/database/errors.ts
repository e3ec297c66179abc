import { QueryFailedError } from 'typeorm';

/** Error codes after which the whole transaction may be run again: nothing of it was kept. */
const transientCodes: ReadonlySet<string> = new Set([
  'ER_LOCK_DEADLOCK', // 1213
  'ER_LOCK_WAIT_TIMEOUT', // 1205
  'ER_CHECKREAD', // 1020: MariaDB, the row changed since it was read
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ER_SERVER_SHUTDOWN', // 1053
  'ER_CONNECTION_KILLED', // 1927: MariaDB
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

/** Whether a unique index or a primary key refused the row: it is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(codeOf(error));
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}
