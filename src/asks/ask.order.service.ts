import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { AskOrderSetInput } from './ask.inputs.js';
import { AskOrderRow, type AskOrderSettings, defaultOrder } from './ask.order.js';

/** How a program decides what somebody is asked. */
export class AskOrderService {
  constructor(private readonly database: Database) {}

  async current(context: RequestContext): Promise<AskOrderSettings> {
    context.session.require('ask.list');
    const programId = context.session.program.id;
    return this.database.read((db) => orderOf(db, programId));
  }

  async set(context: RequestContext, input: AskOrderSetInput): Promise<AskOrderSettings> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(AskOrderRow, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const settings = changed(row ? { ...defaultOrder, ...row.settings } : defaultOrder, input);
      if (row) {
        await tx.execute(sql`
          UPDATE ask_order SET settings = ${JSON.stringify(settings)} WHERE program_id = ${programId}`);
        return settings;
      }
      try {
        await tx.insert(AskOrderRow, { programId, settings });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the order at the same moment');
        throw error;
      }
      return settings;
    });
  }
}

/** The order of a program: its own where it has one, ours where not. */
export async function orderOf(db: Reader, programId: string): Promise<AskOrderSettings> {
  const row = await db.first(AskOrderRow, sql`WHERE program_id = ${programId}`);
  return { ...defaultOrder, ...row?.settings };
}

function changed(known: AskOrderSettings, input: AskOrderSetInput): AskOrderSettings {
  return {
    mode: input.mode ?? known.mode,
    pinned: input.pinned ?? known.pinned,
    excluded: input.excluded ?? known.excluded,
    windowDays: input.windowDays ?? known.windowDays,
    learnFromAsks: input.learnFromAsks ?? known.learnFromAsks,
    groupAttribute: input.groupAttribute === undefined ? known.groupAttribute : input.groupAttribute,
    phoneAttribute: input.phoneAttribute ?? known.phoneAttribute,
  };
}
