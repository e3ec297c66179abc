import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { SuperpromoterGateKey } from './gate.js';

@ObjectType({
  implements: Node,
  description:
    'What staff saw an ambassador do, as in "She brought in three colleagues at the trade fair": evidence by hand.',
})
@Entity('superpromoter_nomination')
@Index('ix_superpromoter_nomination_ambassador', ['ambassadorId', 'id'])
export class SuperpromoterNomination extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Field(() => SuperpromoterGateKey, { description: 'The gate that it speaks for: SHARES or INFLUENCES.' })
  @Stored('key', 'gate')
  readonly gate: SuperpromoterGateKey;

  @Field(() => Int, { description: 'How many people were told, or followed.' })
  @Stored('integer', 'people')
  readonly people: number;

  @Field({ description: 'What was seen, in words.' })
  @Stored('text', 'text')
  readonly text: string;

  @Field({ description: 'When it was seen; it counts as long as that lies within the window of the terms.' })
  @Stored('time', 'seen_at')
  readonly seenAt: Date;

  @Field({ description: 'Who noted it, as role and subject, as in MODERATOR:milan.' })
  @Stored('line', 'nominated_by')
  readonly nominatedBy: string;

  @Field({ description: 'When it was noted.' })
  @Stored('time', 'nominated_at')
  readonly nominatedAt: Date;

  @Field(() => String, { nullable: true, description: 'Who withdrew it; null while it stands.' })
  @Optional('line', 'withdrawn_by')
  readonly withdrawnBy: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was withdrawn; null while it stands.' })
  @Optional('time', 'withdrawn_at')
  readonly withdrawnAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn; null while it stands.' })
  @Optional('text', 'withdrawal_reason')
  readonly withdrawalReason: string | null;
}
