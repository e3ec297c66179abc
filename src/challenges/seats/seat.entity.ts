import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';

export const SeatStatus = graphqlEnum('SeatStatus', 'Whether an ambassador takes part in a beta programme.', {
  TAKEN: 'Takes part, and may submit.',
  WAITING: 'Stands in line: takes part as soon as a seat is free and nobody stands before.',
});
export type SeatStatus = keyof typeof SeatStatus;

@ObjectType({ description: "An ambassador's seat in a beta programme, or place in the line for one." })
@Entity('seat')
@Index('uq_seat_ambassador', ['challengeId', 'ambassadorId'], { unique: true })
@Index('ix_seat_line', ['challengeId', 'status', 'id'])
export class Seat {
  /** Ordered by time: the line. */
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'challenge_id')
  readonly challengeId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Field(() => SeatStatus, { description: 'Whether the ambassador takes part already.' })
  @Stored('key', 'status')
  readonly status: SeatStatus;

  @Field({ description: 'When the ambassador asked for it.' })
  @Stored('time', 'requested_at')
  readonly requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Since when the ambassador takes part; null while waiting.' })
  @Optional('time', 'taken_at')
  readonly takenAt: Date | null;
}

@ObjectType({ description: 'The seats of a beta programme.' })
export class SeatCount {
  readonly challengeId: string;

  @Field(() => Int, { description: 'How many there are.' })
  readonly total: number;

  @Field(() => Int, { description: 'How many are taken; never more than there are.' })
  readonly taken: number;

  @Field(() => Int, { description: 'How many ambassadors stand in line.' })
  readonly waiting: number;
}
