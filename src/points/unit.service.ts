import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { closedUnit, defaultUnitKey, PointsUnit } from './unit.entity.js';
import type { PointsUnitSetInput } from './unit.inputs.js';

const unitsMax = 10;

/** The units of a program, the default one first, then in the order in which they came. */
export const unitsOfProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      PointsUnit,
      sql`WHERE program_id IN (${join([...programIds])})
        ORDER BY CASE WHEN unit_key = ${defaultUnitKey} THEN 0 ELSE 1 END, created_at, unit_key`,
    ),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

/** What a program counts in. */
export class UnitService {
  constructor(private readonly database: Database) {}

  async addDefault(tx: Transaction, programId: string): Promise<void> {
    await tx.insert(PointsUnit, {
      programId,
      key: defaultUnitKey,
      name: 'Points',
      ...closedUnit,
      createdAt: tx.now,
    });
  }

  /** The unit of that key; the default one where none is named. */
  find(reader: Reader, programId: string, key: string | null | undefined): Promise<PointsUnit | undefined> {
    return reader.first(PointsUnit, sql`WHERE program_id = ${programId} AND unit_key = ${key ?? defaultUnitKey}`);
  }

  /** Adds a unit, or changes one. Units stay for ever: entries are counted in them. */
  async set(context: RequestContext, input: PointsUnitSetInput): Promise<PointsUnit | InputInvalid> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      // Two admins at once queue here, so that there are never more units than a program may have.
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      const known = await this.find(tx, programId, input.key);
      return known ? this.change(tx, known, input) : this.add(tx, programId, input);
    });
    unitsOfProgram.clear(context);
    return result;
  }

  private async add(tx: Transaction, programId: string, input: PointsUnitSetInput): Promise<PointsUnit | InputInvalid> {
    if (!input.name) return InputInvalid.at(['name'], 'is needed for a new unit');
    const units = await tx.count(PointsUnit, sql`WHERE program_id = ${programId}`);
    if (units >= unitsMax) return InputInvalid.at(['key'], `must be one of the ${unitsMax} units that there are`);
    const unit = Object.assign(
      new PointsUnit(),
      { programId, key: input.key, name: input.name, createdAt: tx.now },
      settings(closedUnit, input),
    );
    await tx.insert(PointsUnit, unit);
    return unit;
  }

  private async change(tx: Transaction, known: PointsUnit, input: PointsUnitSetInput): Promise<PointsUnit> {
    const unit = Object.assign(new PointsUnit(), known, { name: input.name ?? known.name }, settings(known, input));
    await tx.execute(sql`
      UPDATE points_unit SET name = ${unit.name}, gifts_allowed = ${unit.giftsAllowed ? 1 : 0},
        gift_points_min = ${unit.giftPointsMin}, gift_points_per_day_max = ${unit.giftPointsPerDayMax},
        gifts_per_day_max = ${unit.giftsPerDayMax}
      WHERE program_id = ${unit.programId} AND unit_key = ${unit.key}`);
    return unit;
  }
}

type GiftSettings = Pick<PointsUnit, 'giftsAllowed' | 'giftPointsMin' | 'giftPointsPerDayMax' | 'giftsPerDayMax'>;

function settings(known: GiftSettings, input: PointsUnitSetInput): GiftSettings {
  return {
    giftsAllowed: input.giftsAllowed ?? known.giftsAllowed,
    giftPointsMin: input.giftPointsMin ?? known.giftPointsMin,
    giftPointsPerDayMax: input.giftPointsPerDayMax ?? known.giftPointsPerDayMax,
    giftsPerDayMax: input.giftsPerDayMax ?? known.giftsPerDayMax,
  };
}
