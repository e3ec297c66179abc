import type { Config } from '../platform/config.js';

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
]);
const refused: ReadonlySet<string> = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
]);
const fileTrouble: ReadonlySet<string> = new Set(['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS', 'ENOSPC', 'EPERM']);

/**
 * One sentence on why the start failed, for the person who starts the server: what is wrong, and which setting says so.
 * Undefined for what nobody but a developer can mend.
 */
export function explainStart(error: unknown, config: Config): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if ('syscall' in error && (error.syscall === 'listen' || error.syscall === 'bind'))
    return explainListen(code, config);
  return config.DATABASE_URL ? explainServer(code, config.DATABASE_URL) : explainFile(error, code, config);
}

function explainListen(code: string, { HOST, PORT }: Config): string | undefined {
  if (code === 'EADDRINUSE') return `Port ${PORT} is in use: stop what listens there, or set PORT to another one.`;
  if (code === 'EACCES') return `This user may not listen on port ${PORT}: set PORT to one from 1024 on.`;
  return `Nothing can listen on ${HOST}, port ${PORT} (${code}): HOST has to be an address of this machine.`;
}

function explainServer(code: string, databaseUrl: string): string | undefined {
  // The address has a password in it, so only the parts that help are told.
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const place = `${hostname}:${port || 3306}`;
  if (unreachable.has(code)) {
    return `The database at ${place} does not answer (${code}): is it running, and is DATABASE_URL right?`;
  }
  if (refused.has(code)) {
    return `The database at ${place} refuses the user ${username || '(none)'} (${code}): check DATABASE_URL.`;
  }
  if (code === 'ER_BAD_DB_ERROR') {
    return `The database at ${place} has no database called ${pathname.slice(1)}: make it, or correct DATABASE_URL.`;
  }
  return undefined;
}

function explainFile(error: Error, code: string, { APPLAUS_DATA_DIR }: Config): string | undefined {
  if (
    !fileTrouble.has(code) &&
    !/^SQLITE_(CANTOPEN|READONLY|NOTADB|CORRUPT)/.test(code) &&
    !/unable to open/i.test(error.message)
  ) {
    return undefined;
  }
  const file = 'is there room, may this user write there, and is it a folder?';
  return `The database in ${APPLAUS_DATA_DIR} cannot be opened (${code || 'cannot open'}): ${file} See APPLAUS_DATA_DIR.`;
}
