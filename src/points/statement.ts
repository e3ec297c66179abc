import sql from 'sql-template-tag';
import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { Reader } from '../platform/database/database.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { accountName, PointsAccount, PointsEntryKind } from './points.entity.js';
import { defaultUnitKey, storedUnit } from './unit.entity.js';
import { unitKey } from './unit.inputs.js';

@Validated(
  z
    .object({ from: rules.time.nullish(), to: rules.time.nullish(), unitKey })
    .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'must not be before from' }),
)
@ArgsType()
export class StatementArgs {
  @Field(() => Date, { nullable: true, description: 'Its first moment; from the beginning if left out.' })
  readonly from?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Its end, which is not part of it: what the account was at that moment. Now if left out.',
  })
  readonly to?: Date | null;

  @Field({ defaultValue: defaultUnitKey, description: 'The unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;
}

@ObjectType({ description: 'What an ambassador had at one moment.' })
export class StatementBalance {
  @Field(() => Int, { description: 'Points that could be spent; below 0 while points already spent were owed.' })
  readonly available: number;

  @Field(() => Int, { description: 'Points that waited for their pending period.' })
  readonly pending: number;

  @Field(() => Int, { description: 'Points earned and not reversed until then, spent or not.' })
  readonly lifetime: number;
}

@ObjectType({ description: 'All entries of one kind on one account, together.' })
export class StatementMovement {
  @Field(() => PointsEntryKind, { description: 'Why the points moved.' })
  readonly kind: PointsEntryKind;

  @Field(() => PointsAccount, { description: 'On which account.' })
  readonly account: PointsAccount;

  @Field(() => Int, { description: 'How many entries.' })
  readonly entries: number;

  @Field(() => Float, { description: 'Their sum; negative where more went than came.' })
  readonly points: number;
}

@ObjectType({ description: 'An account over a time: what was there, what came and went, what was left.' })
export class PointsStatement {
  @Field({ description: 'Just before its first moment.' })
  readonly opening: StatementBalance;

  @Field({ description: 'At its end: opening, and all movements.' })
  readonly closing: StatementBalance;

  @Field(() => [StatementMovement], { description: 'What came and went, by account and kind.' })
  readonly movements: readonly StatementMovement[];
}

interface SumRow {
  readonly account: string;
  readonly kind: PointsEntryKind;
  readonly inside: number | string;
  readonly entries: number | string;
  readonly points: number | string;
  readonly earned: number | string;
}

/** The statement of an ambassador, from its entries alone: whatever was posted before `to`, added up. */
export async function readStatement(
  reader: Reader,
  ambassadorId: string,
  { unitKey: key, from, to }: { readonly unitKey: string; readonly from: Date; readonly to: Date },
): Promise<PointsStatement> {
  const unit = storedUnit(key);
  const available = accountName('AVAILABLE', unit);
  const rows = await reader.query<SumRow>(sql`
    SELECT e.account, t.kind, CASE WHEN e.posted_at < ${from} THEN 0 ELSE 1 END AS inside,
      COUNT(*) AS entries, SUM(e.amount_points) AS points, SUM(t.earned_points) AS earned
    FROM points_entry e JOIN points_transfer t ON t.id = e.transfer_id
    WHERE e.ambassador_id = ${ambassadorId} AND e.account IN (${available}, ${accountName('PENDING', unit)})
      AND e.posted_at < ${to}
    GROUP BY e.account, t.kind, inside ORDER BY e.account, t.kind`);
  const lines = rows.map((row) => ({
    kind: row.kind,
    account: row.account === available ? ('AVAILABLE' as const) : ('PENDING' as const),
    isInside: Number(row.inside) === 1,
    entries: Number(row.entries),
    points: Number(row.points),
    earned: Number(row.earned),
  }));
  const balanceOf = (some: typeof lines): StatementBalance => {
    const ofAvailable = some.filter(({ account }) => account === 'AVAILABLE');
    const ofPending = some.filter(({ account }) => account === 'PENDING');
    return {
      available: total(ofAvailable.map(({ points }) => points)),
      pending: total(ofPending.map(({ points }) => points)),
      // What is earned comes to the available account, or is taken from there; a release has a line on the other, too.
      lifetime: total(ofAvailable.map(({ earned }) => earned)),
    };
  };
  return {
    opening: balanceOf(lines.filter(({ isInside }) => !isInside)),
    closing: balanceOf(lines),
    movements: lines.filter(({ isInside }) => isInside),
  };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
