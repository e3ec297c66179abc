import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const ConsentPurpose = graphqlEnum('ConsentPurpose', 'What somebody may be asked consent for.', {
  SURVEYS: 'To be sent surveys.',
  ASKS: 'To be asked for help after an answer: to join, to share, to take a challenge.',
  MESSAGES: 'To be written to about the program: news, reminders, what one has won.',
});
export type ConsentPurpose = keyof typeof ConsentPurpose;

export const ConsentDecision = graphqlEnum('ConsentDecision', 'What somebody decided about a purpose.', {
  GRANTED: 'It is allowed.',
  WITHDRAWN: 'It is not allowed, or not any more.',
});
export type ConsentDecision = keyof typeof ConsentDecision;

export const ConsentBasis = graphqlEnum('ConsentBasis', 'What holds for those who have not decided.', {
  OPT_IN: 'It is not allowed before somebody grants it.',
  OPT_OUT: 'It is allowed until somebody withdraws it: the program rests on a legitimate interest.',
});
export type ConsentBasis = keyof typeof ConsentBasis;

export const everyPurpose = Object.keys(ConsentPurpose) as readonly ConsentPurpose[];

export type ConsentBases = Readonly<Record<ConsentPurpose, ConsentBasis>>;

/** What every program starts with: as it was before there was consent by purpose. */
export const defaultBases: ConsentBases = { SURVEYS: 'OPT_OUT', ASKS: 'OPT_OUT', MESSAGES: 'OPT_OUT' };

/** One decision of one contact. They are never changed: the last one for a purpose holds. */
@ObjectType({ description: 'What somebody decided about a purpose, and how. The last decision holds.' })
@Entity('consent')
@Index('ix_consent_contact', ['contactId', 'purpose', 'id'])
export class Consent {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  @Field(() => ConsentPurpose, { description: 'What it is about.' })
  @Stored('key', 'purpose')
  readonly purpose: ConsentPurpose;

  @Field(() => ConsentDecision, { description: 'What was decided.' })
  @Stored('key', 'decision')
  readonly decision: ConsentDecision;

  @Field({ description: 'When it was recorded.' })
  @Stored('time', 'decided_at')
  readonly decidedAt: Date;

  @Field({ description: 'Who recorded it, as role and subject, as in INTEGRATION:0198….' })
  @Stored('line', 'recorded_by')
  readonly recordedBy: string;

  @Field(() => String, { nullable: true, description: 'Where it was given, as in "newsletter form".' })
  @Optional('line', 'source')
  readonly source: string | null;

  @Field(() => String, { nullable: true, description: 'Which version of the text was shown.' })
  @Optional('key', 'text_version')
  readonly textVersion: string | null;
}

/** What a program changed of the bases; no row while nothing was. */
@Entity('consent_policy')
export class ConsentPolicyRow {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'bases')
  readonly bases: Partial<ConsentBases>;
}

@ObjectType({ description: 'What holds in the program for those who have not decided about a purpose.' })
export class ConsentRule {
  @Field(() => ConsentPurpose, { description: 'The purpose.' })
  readonly purpose: ConsentPurpose;

  @Field(() => ConsentBasis, { description: 'What holds without a decision.' })
  readonly basis: ConsentBasis;
}

@ObjectType({ description: 'Whether something is allowed with a contact now, and why.' })
export class ConsentStanding {
  @Field(() => ConsentPurpose, { description: 'The purpose.' })
  readonly purpose: ConsentPurpose;

  @Field({ description: 'Whether it is allowed now.' })
  readonly isAllowed: boolean;

  @Field(() => ConsentBasis, { description: 'What holds in the program without a decision.' })
  readonly basis: ConsentBasis;

  @Field(() => Consent, { nullable: true, description: 'The decision that holds; null where there is none.' })
  readonly decision: Consent | null;
}
