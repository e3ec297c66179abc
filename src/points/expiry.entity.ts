import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const PointsExpiryKind = graphqlEnum('PointsExpiryKind', 'When points expire.', {
  NEVER: 'They do not.',
  AFTER_EARNING: 'So long after they became available.',
  CALENDAR_YEAR:
    'At the end of a calendar year: with length 0 of the one in which they became available, with 1 of the next.',
  AFTER_INACTIVITY: 'All together, so long after the ambassador last earned, spent or sent points.',
});
export type PointsExpiryKind = keyof typeof PointsExpiryKind;

export const PointsExpiryUnit = graphqlEnum('PointsExpiryUnit', 'What the length of an expiry is counted in.', {
  DAY: 'Days, midnight to midnight.',
  MONTH: 'Calendar months.',
  YEAR: 'Calendar years.',
});
export type PointsExpiryUnit = keyof typeof PointsExpiryUnit;

export const EarlierPoints = graphqlEnum(
  'EarlierPoints',
  'What new terms of expiry mean for points that are there already.',
  {
    KEEP_TERMS: 'Nothing: they keep the terms under which they were earned.',
    COUNT_FROM_START: 'They count as if they were earned on the day on which the new terms come into force.',
  },
);
export type EarlierPoints = keyof typeof EarlierPoints;

/**
 * Since when points expire how. Terms that were ever in force are kept as they are: what was earned under them may go by
 * them for years.
 */
@ObjectType({
  description: 'Since when points expire how. Points go at the end of a day, in the time zone of the program.',
})
@Entity('points_expiry_terms')
@Index('uq_points_expiry_terms', ['programId', 'unitKey', 'inForceFrom'], { unique: true })
export class PointsExpiryTerms {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The unit whose points they are, by its key.' })
  @Stored('key', 'unit_key')
  readonly unitKey: string;

  @Field(() => PointsExpiryKind, { description: 'When points expire.' })
  @Stored('key', 'kind')
  readonly kind: PointsExpiryKind;

  @Field(() => Int, { description: 'How long they last, in the unit of length; 0 where they never expire.' })
  @Stored('integer', 'length')
  readonly length: number;

  @Field(() => PointsExpiryUnit, { description: 'What the length is counted in.' })
  @Stored('key', 'length_unit')
  readonly lengthUnit: PointsExpiryUnit;

  @Field(() => EarlierPoints, { description: 'What becomes of points that were there before.' })
  @Stored('key', 'earlier_points')
  readonly earlierPoints: EarlierPoints;

  @Field(() => Int, { description: 'So many days before points expire their ambassador is told; 0: not at all.' })
  @Stored('integer', 'notice_days')
  readonly noticeDays: number;

  @Field({ description: 'From then on.' })
  @Stored('time', 'in_force_from')
  readonly inForceFrom: Date;

  @Field({ description: 'When they were laid down.' })
  @Stored('time', 'set_at')
  readonly setAt: Date;

  @Stored('line', 'set_by')
  readonly setBy: string;
}

/** What expired of one lot in one expiry, and how much of that a reversal gave back. */
@Entity('points_expired_lot')
@Index('ix_points_expired_lot_expiry', ['expiryTransferId'])
export class ExpiredLot {
  /** What the points came with: an award, an adjustment, a receipt. */
  @IdColumn('lot_transfer_id')
  readonly lotTransferId: string;

  /** Which part of a receipt; 0 of everything else. */
  @PrimaryColumn('integer', { name: 'part' })
  readonly part: number;

  @IdColumn('expiry_transfer_id')
  readonly expiryTransferId: string;

  @Stored('integer', 'points')
  readonly points: number;

  @Stored('integer', 'restored_points')
  readonly restoredPoints: number;
}

/** An ambassador was told that so many points expire at that moment; once. */
@Entity('points_expiry_notice')
export class ExpiryNotice {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'unit_key' })
  readonly unitKey: string;

  /** The moment at which they expire, in ISO 8601. */
  @PrimaryColumn('varchar', { length: '64', name: 'expires_at' })
  readonly expiresAt: string;

  @Stored('integer', 'points')
  readonly points: number;

  @Stored('time', 'noticed_at')
  readonly noticedAt: Date;
}
