import { AsyncLocalStorage } from 'node:async_hooks';
import type { Rehearse, StagedServices } from '../insight/simulation/simulation.service.js';
import type { Database } from '../platform/database/database.js';
import { enclose } from '../platform/database/enclosed.js';
import { Events } from '../platform/events/events.js';
import type { Platform } from './platform.js';

/** Ends a rehearsal: thrown to have its transaction rolled back. */
class RehearsalOver extends Error {}

/**
 * Makes the stage on which simulations play: all features once more, on a database that in each rehearsal is one
 * transaction which is always rolled back. It is set up with the first rehearsal. Their events are rows that are never
 * committed, so that nobody hears of them.
 */
export function createRehearsal(platform: Platform, compose: (staged: Platform) => StagedServices): Rehearse {
  const stage = new AsyncLocalStorage<Database>();
  const onStage = (): Database => {
    const database = stage.getStore();
    if (!database) throw new Error('A rehearsal reaches for the database after its end');
    return database;
  };
  const { engine, dataSource } = platform.database;
  const database: Database = {
    engine,
    dataSource,
    read: (work) => onStage().read(work),
    transact: (work) => onStage().transact(work),
    connectionUse: () => platform.database.connectionUse(),
    close: async () => {},
  };
  let services: StagedServices | undefined;
  return async (work) => {
    services ??= compose({ ...platform, database, events: new Events() });
    const staged = services;
    type Shown = Awaited<ReturnType<typeof work>>;
    let shown: { readonly result: Shown } | undefined;
    try {
      await platform.database.transact(async (tx) => {
        const enclosed = enclose(platform.database, tx, platform.clock, platform.random);
        shown = { result: await stage.run(enclosed, () => work(staged, database, tx.newId())) };
        throw new RehearsalOver();
      });
    } catch (error) {
      if (!(error instanceof RehearsalOver)) throw error;
    }
    if (!shown) throw new Error('A rehearsal showed nothing');
    return shown.result;
  };
}
