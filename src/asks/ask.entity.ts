import { Field, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import type { WeighedCandidate } from './ask.candidate.js';
import { AskKind } from './ask.kinds.js';

export const AskStatus = graphqlEnum('AskStatus', 'What became of an ask.', {
  OPEN: 'Waits: it can be accepted until it expires.',
  ACCEPTED: 'Was done: submitted, joined, or a friend came, within its time.',
  DECLINED: 'Whoever was asked said no.',
  EXPIRED: 'Nothing came of it within its time, or before the same was asked again.',
});
export type AskStatus = keyof typeof AskStatus;

export const AskMoment = graphqlEnum('AskMoment', 'What gave cause to ask.', {
  RESPONSE: 'An answer to a survey.',
  DEED: 'Something that they did for the program and that was approved.',
});
export type AskMoment = keyof typeof AskMoment;

export const AskDecision = graphqlEnum('AskDecision', 'What decided on the kind of an ask.', {
  RULE: 'The rule: the best open challenge of another kind than the last one, then sharing.',
  PINNED: 'The order that the program pinned.',
  LEARNING: 'A draw, by what worked with people like them.',
});
export type AskDecision = keyof typeof AskDecision;

export const AskRefusal = graphqlEnum('AskRefusal', 'How somebody says no to an ask.', {
  NOT_NOW: 'Not now: not asked again for this kind until the ask would have expired.',
  NEVER_THIS: 'Never this: not asked again for this kind.',
});
export type AskRefusal = keyof typeof AskRefusal;

@ObjectType({
  implements: Node,
  description: 'What somebody is asked next: to join, to share, a challenge, or nothing but thanks.',
})
@Entity('ask')
@Index('uq_ask_response', ['responseId'], { unique: true })
@Index('uq_ask_submission', ['submissionId'], { unique: true })
@Index('ix_ask_contact', ['contactId', 'id'])
@Index('ix_ask_program', ['programId', 'id'])
@Index('ix_ask_open', ['status', 'expiresAt'])
export class Ask extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Who is asked; null where the survey is anonymous. */
  @Optional('id', 'contact_id')
  readonly contactId: string | null;

  /** The ambassador that the contact was when it was asked; null for one who had not joined. */
  @Optional('id', 'ambassador_id')
  readonly ambassadorId: string | null;

  @Field(() => AskKind, { description: 'What is asked for.' })
  @Stored('key', 'kind')
  readonly kind: AskKind;

  @Field(() => AskMoment, { description: 'What gave cause to ask.' })
  @Stored('key', 'moment')
  readonly moment: AskMoment;

  /** What is asked for; of JOIN what to begin with. Null where there is none. */
  @Optional('id', 'challenge_id')
  readonly challengeId: string | null;

  /** The answer that gave cause to ask. */
  @Optional('id', 'response_id')
  readonly responseId: string | null;

  /** The approved submission that gave cause to ask. */
  @Optional('id', 'submission_id')
  readonly submissionId: string | null;

  @Field({ description: 'When it was asked.' })
  @Stored('time', 'asked_at')
  readonly askedAt: Date;

  @Field(() => AskStatus, {
    nullable: true,
    description: 'What became of it; null where nothing was asked, and where nobody knows who was asked.',
  })
  @Optional('key', 'status')
  readonly status: AskStatus | null;

  @Field(() => Date, { nullable: true, description: 'Until when, itself not included, it can be accepted.' })
  @Optional('time', 'expires_at')
  readonly expiresAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When its outcome was known; null while it is open.' })
  @Optional('time', 'settled_at')
  readonly settledAt: Date | null;

  @Field(() => AskRefusal, { nullable: true, description: 'How they said no to it; null where they did not.' })
  @Optional('key', 'refusal')
  readonly refusal: AskRefusal | null;

  /** Whose asks it is counted with: the band of the last answer, and the value of the program's attribute. */
  @Stored('key', 'group_key')
  readonly groupKey: string;

  @Stored('key', 'decided_by')
  readonly decidedBy: AskDecision;

  /** All that could have been asked; null for asks from before this was kept. */
  @Optional('json', 'candidates')
  readonly candidates: readonly WeighedCandidate[] | null;
}

/** What is counted of asks. */
export type AskOutcome = 'ASKED' | Exclude<AskStatus, 'OPEN'>;

/** How many asks of one kind to one group of people were made, and how they ended. Always what the asks themselves say. */
@Entity('ask_tally')
export class AskTally {
  @PrimaryColumn('varchar', { length: '36', name: 'program_id' })
  readonly programId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'group_key' })
  readonly groupKey: string;

  @PrimaryColumn('varchar', { length: '64', name: 'kind' })
  readonly kind: AskKind;

  @PrimaryColumn('varchar', { length: '64', name: 'outcome' })
  readonly outcome: AskOutcome;

  @Stored('integer', 'asks')
  readonly asks: number;
}
