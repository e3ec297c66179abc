import type { Database } from '../database/database.js';
import type { Logger } from '../log.js';
import type { Locale } from './messages.js';

/** What any resolver may rely on, whoever calls. One for each request. */
export interface BaseContext {
  readonly requestId: string;
  readonly locale: Locale;
  readonly database: Database;
  readonly log: Logger;
  /** The network address of who calls, where the call came over HTTP. */
  readonly callerAddress?: string;
}
