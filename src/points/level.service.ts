import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { Level } from './level.entity.js';
import type { LevelsSetInput } from './level.inputs.js';

/** What every program starts with; names and thresholds are the program's to change. */
const defaultLevels = [
  { rank: 1, name: 'Promoter', fromPoints: 0 },
  { rank: 2, name: 'Ambassador', fromPoints: 250 },
  { rank: 3, name: 'Superpromoter', fromPoints: 1_000 },
];

/** The levels of a program, lowest first. */
export const levelsOfProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Level, sql`WHERE program_id IN (${join([...programIds])}) ORDER BY rank_number`),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

/** The highest level that these lifetime points reach. The lowest starts at 0, so there is always one. */
export function levelAt(levels: readonly Level[], lifetimePoints: number): Level {
  const reached = levels.filter((level) => level.fromPoints <= Math.max(0, lifetimePoints)).at(-1);
  if (!reached) throw new Error('A program has no level from 0 points');
  return reached;
}

/** The steps of a program. An ambassador's level follows from lifetime points and is not stored. */
export class LevelService {
  constructor(private readonly database: Database) {}

  async addDefaults(tx: Transaction, programId: string): Promise<void> {
    await tx.insert(
      Level,
      defaultLevels.map((level) => ({ programId, ...level })),
    );
  }

  /** Replaces the levels of the program; every ambassador stands on the new ones at once. */
  async set(context: RequestContext, input: LevelsSetInput): Promise<Level[]> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    const levels = input.levels.map((level, index) =>
      Object.assign(new Level(), { programId, rank: index + 1, ...level }),
    );
    await this.database.transact(async (tx) => {
      // Two admins at once queue here, so that no mixture of two lists can remain.
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      await tx.execute(sql`DELETE FROM level WHERE program_id = ${programId}`);
      await tx.insert(Level, levels);
    });
    levelsOfProgram.clear(context);
    return levels;
  }
}
