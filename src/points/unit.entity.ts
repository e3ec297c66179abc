import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** The unit that every program has: boards, levels and badges go by it. */
export const defaultUnitKey = 'points';

/** How the ledger keeps a unit: null for the default one. */
export function storedUnit(key: string | null | undefined): string | null {
  return key === undefined || key === null || key === defaultUnitKey ? null : key;
}

@ObjectType({ description: 'What a program counts in. Every ambassador has a balance in each.' })
@Entity('points_unit')
export class PointsUnit {
  @IdColumn('program_id')
  readonly programId: string;

  @Field({
    description: 'The name for programs, as in credits; points is the default unit, by which boards and levels go.',
  })
  @PrimaryColumn('varchar', { length: '64', name: 'unit_key' })
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'Whether ambassadors may give them to each other.' })
  @Stored('boolean', 'gifts_allowed')
  readonly giftsAllowed: boolean;

  @Field(() => Int, { description: 'The least that can be given at once.' })
  @Stored('integer', 'gift_points_min')
  readonly giftPointsMin: number;

  @Field(() => Int, { description: 'The most that an ambassador can give away in one day of the program.' })
  @Stored('integer', 'gift_points_per_day_max')
  readonly giftPointsPerDayMax: number;

  @Field(() => Int, { description: 'How often an ambassador can give in one day of the program.' })
  @Stored('integer', 'gifts_per_day_max')
  readonly giftsPerDayMax: number;

  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field({ description: 'Whether it is the one by which boards, levels and badges go.' })
  isDefault(): boolean {
    return this.key === defaultUnitKey;
  }
}

/** What a program starts with, and every new unit: nothing can be given away. */
export const closedUnit = {
  giftsAllowed: false,
  giftPointsMin: 1,
  giftPointsPerDayMax: 1_000,
  giftsPerDayMax: 5,
} as const;
