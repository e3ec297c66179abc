import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { Program } from '../programs/program.entity.js';
import { Level } from './level.entity.js';
import type { LevelPolicySetInput, LevelsSetInput } from './level.inputs.js';
import type { LevelLowering } from './level.lowering.js';
import { type LevelStanding, levelStandingOf } from './level.standing.js';
import { LevelPolicy } from './level-policy.entity.js';

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

/** How levels are lost in a program; undefined where they are not. */
export const levelPolicyOf = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(LevelPolicy, sql`WHERE program_id IN (${join([...programIds])})`),
  );
  return inOrder(programIds, rows, (row) => row.programId);
});

/** The steps of a program, and how they are lost. A level follows from points; only what is kept in grace is stored. */
export class LevelService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lowering: LevelLowering,
  ) {}

  /** Where an ambassador stands now. */
  standing(context: RequestContext, { id, programId }: Ambassador): Promise<LevelStanding> {
    return levelStandingOf.load(context, { programId, ambassadorId: id, at: this.clock.now() });
  }

  /** Says whether and how levels are lost from now on. Nobody loses one before the grace is over. */
  async setPolicy(context: RequestContext, input: LevelPolicySetInput): Promise<LevelPolicy | undefined> {
    context.session.require('program.update');
    const { months, graceDays } = input;
    const programId = context.session.program.id;
    const policy = months ? Object.assign(new LevelPolicy(), { programId, months, graceDays }) : undefined;
    await this.database.transact(async (tx) => {
      const program = await tx.first(Program, sql`WHERE id = ${programId} ${tx.forUpdate}`);
      if (!program) throw new Error('The program of the session is gone');
      await tx.execute(sql`DELETE FROM level_policy WHERE program_id = ${programId}`);
      if (!policy) return;
      await tx.insert(LevelPolicy, policy);
      await this.lowering.begin(tx, program);
    });
    levelPolicyOf.clear(context);
    levelStandingOf.clear(context);
    return policy;
  }

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
      Object.assign(new Level(), {
        ...{ programId, rank: index + 1, name: level.name, fromPoints: level.fromPoints },
        texts: level.benefits ?? [],
      }),
    );
    await this.database.transact(async (tx) => {
      // Two admins at once queue here, so that no mixture of two lists can remain.
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      await tx.execute(sql`DELETE FROM level WHERE program_id = ${programId}`);
      await tx.insert(Level, levels);
    });
    levelsOfProgram.clear(context);
    levelStandingOf.clear(context);
    return levels;
  }
}
