import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { AudienceRuleNode } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import { ChallengeStage } from './challenge.stages.js';
import { ChallengeTerms } from './challenge.terms.entity.js';
import { LimitWindow, WindowLimit } from './challenge.window.js';

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
  PEERS: 'Other ambassadors approve by their votes; a moderator may decide before them.',
});
export type Verification = keyof typeof Verification;

export const ProofKind = graphqlEnum('ProofKind', 'Which field of SubmissionProofInput a challenge takes.', {
  REVIEW: 'A review on a named platform, with its address.',
  QUOTE: 'A quote, to whom it is attributed, and the consent to publish it.',
  LINK: 'The address where it can be seen.',
  ANSWER: 'A text.',
  FORM: 'The values of the form that Challenge.form describes.',
});
export type ProofKind = keyof typeof ProofKind;

export const ChallengeStatus = graphqlEnum('ChallengeStatus', 'Where a challenge stands now.', {
  SCHEDULED: 'Has not started yet.',
  OPEN: 'Takes submissions.',
  PAUSED: 'Takes no submissions until it is resumed; those that wait can be decided on.',
  ENDED: 'Is over; those that wait can be decided on.',
  ARCHIVED: 'Is put away for good, and listed only where it is asked for; those that wait can be decided on.',
});
export type ChallengeStatus = keyof typeof ChallengeStatus;

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
export class Challenge extends ChallengeTerms {
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

  @Optional('key', 'limit_window')
  readonly limitWindow: LimitWindow | null;

  @Optional('integer', 'max_per_window')
  readonly maxPerWindow: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many submissions of all ambassadors together may be pending or approved; null: any number.',
  })
  @Optional('integer', 'max_in_all')
  readonly maxInAll: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many points it may pay in all; null: any number. What waits for a decision is set aside, so that it is never overrun: a submission is taken only while all that it may pay still fits.',
  })
  @Optional('integer', 'budget_points')
  readonly budgetPoints: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many hours an ambassador waits after a submission before the next; null: none.',
  })
  @Optional('integer', 'cooldown_hours')
  readonly cooldownHours: number | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it takes no submissions for now; null: it is not paused.',
  })
  @Optional('time', 'paused_at')
  readonly pausedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Since when it is put away for good; null: it is not.' })
  @Optional('time', 'archived_at')
  readonly archivedAt: Date | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Whom it is meant for; null: every ambassador. For staff.',
  })
  @Optional('json', 'audience')
  readonly audience: AudienceRule | null;

  @Field(() => [ChallengeStage], {
    nullable: true,
    description:
      'Its steps in their order, at most 20, each submitted once the one before is approved; null: it has none. rewardPoints are those of all together.',
  })
  @Optional('json', 'stages')
  readonly stages: readonly ChallengeStage[] | null;

  @Optional('id', 'draw_id')
  readonly drawId: string | null;

  /** The most that its draw gives on top of its points. */
  @Optional('integer', 'most_drawn_points')
  readonly mostDrawnPoints: number | null;

  /** Since when its limits are what they are: what was submitted before went by others. Null: from the beginning. */
  @Optional('time', 'limits_changed_at')
  readonly limitsChangedAt: Date | null;

  @Field(() => WindowLimit, {
    nullable: true,
    description:
      'How many submissions one ambassador may have pending or approved in a day, week or month; null: any number.',
  })
  windowLimit(): WindowLimit | null {
    const { limitWindow, maxPerWindow } = this;
    return limitWindow && maxPerWindow ? { window: limitWindow, times: maxPerWindow } : null;
  }

  @Field(() => ProofKind, { description: 'Which proof a submission takes: the field of `proof` to fill in.' })
  proofKind(): ProofKind {
    return this.form ? 'FORM' : proofKinds[this.kind];
  }

  /** Whether it takes submissions and votes at that moment. */
  isOpenAt(time: Date): boolean {
    return this.statusAt(time) === 'OPEN';
  }

  /** Where it stands at that moment: put away before paused, paused before its dates. */
  statusAt(time: Date): ChallengeStatus {
    if (this.archivedAt) return 'ARCHIVED';
    if (this.endsAt && this.endsAt <= time) return 'ENDED';
    if (this.pausedAt) return 'PAUSED';
    return this.startsAt && time < this.startsAt ? 'SCHEDULED' : 'OPEN';
  }
}

/**
 * What is used of a challenge's limit in all and of its budget: a row for each challenge that has one of the two, and
 * the one that its submitters queue for. It equals what the challenge's submissions say, at every point in time.
 */
@Entity('challenge_usage')
export class ChallengeUsage {
  @IdColumn('challenge_id')
  readonly challengeId: string;

  /** Submissions that count or may yet count. */
  @Stored('integer', 'submissions')
  readonly submissions: number;

  /** Points that were paid, and those that are set aside for what waits. */
  @Stored('integer', 'points')
  readonly points: number;
}
