import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const ChallengeKind = graphqlEnum('ChallengeKind', 'What an ambassador is asked for.', {
  REVIEW: 'A review on a named platform.',
  QUOTE: 'A quote or testimonial with consent to publish.',
  REFERRAL: 'Knows someone who would benefit.',
  RECOMMENDATION: 'Is open to be asked as a reference.',
  VOTE: "Votes for us or for others' submissions.",
  BLOG_POST: 'A (guest) blog.',
  TRIAL: 'Tries one of something for us.',
  IDEA: 'An idea for the product or the service.',
  SERVICE_FEEDBACK: 'How to improve customer service.',
  EVENT_FEEDBACK: 'Attended an event: how was it.',
  BETA_PROGRAM: 'Tests what is not out yet.',
  SOCIAL_SHARE: 'Shares something on a social network.',
  CASE_STUDY: 'Tells the whole story of how it helped.',
  NEWSLETTER_MENTION: 'Mentions us in a newsletter.',
  CUSTOM: 'Anything else that the description asks for.',
});
export type ChallengeKind = keyof typeof ChallengeKind;

export const Verification = graphqlEnum('Verification', 'Who decides whether a submission counts.', {
  AUTOMATIC: 'It counts at once.',
  MANUAL: 'A moderator approves.',
  INTEGRATION: 'Another system approves through the API.',
});
export type Verification = keyof typeof Verification;

export const ProofKind = graphqlEnum('ProofKind', 'Which field of SubmissionProofInput a challenge takes.', {
  REVIEW: 'A review on a named platform, with its address.',
  QUOTE: 'A quote, to whom it is attributed, and the consent to publish it.',
  LINK: 'The address where it can be seen.',
  ANSWER: 'A text.',
});
export type ProofKind = keyof typeof ProofKind;

const proofKinds: Readonly<Record<ChallengeKind, ProofKind>> = {
  REVIEW: 'REVIEW',
  QUOTE: 'QUOTE',
  REFERRAL: 'ANSWER',
  RECOMMENDATION: 'ANSWER',
  VOTE: 'LINK',
  BLOG_POST: 'LINK',
  TRIAL: 'ANSWER',
  IDEA: 'ANSWER',
  SERVICE_FEEDBACK: 'ANSWER',
  EVENT_FEEDBACK: 'ANSWER',
  BETA_PROGRAM: 'ANSWER',
  SOCIAL_SHARE: 'LINK',
  CASE_STUDY: 'LINK',
  NEWSLETTER_MENTION: 'LINK',
  CUSTOM: 'ANSWER',
};

@ObjectType({ implements: Node, description: 'Something that ambassadors are asked to do, and what it pays.' })
@Entity('challenge')
@Index('ix_challenge_program', ['programId', 'id'])
export class Challenge extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field(() => ChallengeKind, { description: 'What is asked for; it says which proof a submission takes.' })
  @Stored('key', 'kind')
  readonly kind: ChallengeKind;

  @Field({ description: 'What ambassadors read first.' })
  @Stored('line', 'title')
  readonly title: string;

  @Field({ description: 'What to do, and how; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => Int, { description: 'Points for each approved submission; 0 for none.' })
  @Stored('integer', 'reward_points')
  readonly rewardPoints: number;

  @Field(() => Verification, { description: 'Who decides whether a submission counts.' })
  @Stored('key', 'verification')
  readonly verification: Verification;

  @Field({ description: 'Whether ambassadors may see and vote for the submissions of others.' })
  @Stored('boolean', 'votable')
  readonly votable: boolean;

  @Field(() => Date, { nullable: true, description: 'From when on it is open; null: at once.' })
  @Optional('time', 'starts_at')
  readonly startsAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it closes, itself not included; null: never.' })
  @Optional('time', 'ends_at')
  readonly endsAt: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many submissions one ambassador may have pending or approved; null: any number.',
  })
  @Optional('integer', 'max_per_ambassador')
  readonly maxPerAmbassador: number | null;

  @Field(() => Int, {
    description: 'For how many days after approval the points stay pending before they can be spent; 0: not at all.',
  })
  @Stored('integer', 'pending_days')
  readonly pendingDays: number;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => ProofKind, { description: 'Which proof a submission takes: the field of `proof` to fill in.' })
  proofKind(): ProofKind {
    return proofKinds[this.kind];
  }

  /** Whether it takes submissions and votes at that moment. */
  isOpenAt(time: Date): boolean {
    return (this.startsAt === null || this.startsAt <= time) && (this.endsAt === null || time < this.endsAt);
  }
}
