import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { message } from '../../platform/graphql/messages.js';
import { Node } from '../../platform/graphql/node.js';
import { ReferralRefusalReason } from '../referral.entity.js';
import { type FraudReason, thresholds } from './engine.js';
import {
  FraudReasonCode,
  FraudSeverity,
  ReferralAssessmentOutcome,
  ReferralAssessmentStep,
  ReferralReviewStatus,
  ReferralStrictness,
} from './fraud.enums.js';

@ObjectType({ description: 'How strictly a program looks at referrals.' })
@Entity('referral_fraud_policy')
export class ReferralFraudPolicy {
  @IdColumn('program_id')
  readonly programId: string;

  @Field(() => ReferralStrictness, { description: 'From which score on a referral is not paid by itself.' })
  @Stored('key', 'strictness')
  readonly strictness: ReferralStrictness;

  /** What devices, means of payment, networks and inboxes of this program are hashed with: 32 bytes, in hex. */
  @Stored('key', 'hash_key')
  readonly hashKey: string;

  @Field(() => Int, { description: 'From this score on a person decides.' })
  reviewFromScore(): number {
    return thresholds[this.strictness].review;
  }

  @Field(() => Int, { description: 'From this score on a referral is denied.' })
  denialFromScore(): number {
    return thresholds[this.strictness].denial;
  }
}

/** Somebody was seen with a network, device, means of payment or inbox: as a keyed hash, which leads back to nothing. */
@Entity('referral_sighting')
@Index('uq_referral_sighting', ['programId', 'hash', 'contactId'], { unique: true })
@Index('ix_referral_sighting_forget', ['forgetAt'])
@Index('ix_referral_sighting_contact', ['contactId'])
export class ReferralSighting {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** NETWORK, DEVICE, PAYMENT or INBOX. */
  @Stored('key', 'kind')
  readonly kind: string;

  @Stored('key', 'hash')
  readonly hash: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  /** Who brought them; null for what is known of an ambassador. */
  @Optional('id', 'referrer_id')
  readonly referrerId: string | null;

  @Stored('time', 'seen_at')
  readonly seenAt: Date;

  @Stored('time', 'forget_at')
  readonly forgetAt: Date;
}

@ObjectType({ description: 'One thing that speaks against a referral.' })
export class ReferralFraudReason {
  @Field(() => FraudReasonCode, { description: 'What it is, for programs to act on.' })
  readonly code: FraudReasonCode;

  @Field(() => Int, { description: 'How much of the score it makes. All of them together are the score, up to 100.' })
  readonly points: number;

  @Field(() => FraudSeverity, { description: 'How much a reason of this kind weighs by itself.' })
  readonly severity: FraudSeverity;

  private readonly count: number | null;

  @Field(() => String, {
    description: 'What was seen, as a sentence in the language of the caller, without personal data.',
  })
  evidence(@Ctx() context: BaseContext): string {
    return message(context.locale, `fraud.${this.code}`, { count: this.count ?? 0 });
  }
}

@ObjectType({
  implements: Node,
  description: 'How a referral was judged once: by the rules, or by a person. Never changed, never deleted.',
})
@Entity('referral_assessment')
@Index('ix_referral_assessment_referral', ['referralId', 'id'])
@Index('ix_referral_assessment_program', ['programId', 'id'])
export class ReferralAssessment extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Null where a rule refused the claim, so that no referral came about. */
  @Optional('id', 'referral_id')
  readonly referralId: string | null;

  @Stored('id', 'referrer_id')
  readonly referrerId: string;

  @Field(() => ReferralAssessmentStep, { description: 'When in the way of the referral it was judged.' })
  @Stored('key', 'step')
  readonly step: ReferralAssessmentStep;

  @Field(() => Int, { description: '0 to 100; of a person, the score that they decided about.' })
  @Stored('integer', 'score')
  readonly score: number;

  @Field(() => ReferralAssessmentOutcome, { description: 'What came of it.' })
  @Stored('key', 'outcome')
  readonly outcome: ReferralAssessmentOutcome;

  @Field(() => ReferralStrictness, { description: 'How strict the program was then.' })
  @Stored('key', 'strictness')
  readonly strictness: ReferralStrictness;

  @Stored('json', 'reasons')
  readonly foundReasons: readonly FraudReason[];

  @Field(() => ReferralRefusalReason, {
    nullable: true,
    description: 'Which rule refused the claim; null where the score decided, or a person.',
  })
  @Optional('key', 'refusal')
  readonly refusal: ReferralRefusalReason | null;

  @Field({ description: 'Who judged: `system` for the rules, otherwise role and subject of a person.' })
  @Stored('line', 'decided_by')
  readonly decidedBy: string;

  @Field(() => String, { nullable: true, description: 'Why, in the words of the person; null for the rules.' })
  @Optional('text', 'decision_reason')
  readonly decisionReason: string | null;

  @Field({ description: 'When it was judged.' })
  @Stored('time', 'decided_at')
  readonly decidedAt: Date;

  @Field(() => [ReferralFraudReason], { description: 'What spoke against it, the heaviest first.' })
  reasons(): readonly ReferralFraudReason[] {
    return this.foundReasons.map((reason) => Object.assign(new ReferralFraudReason(), reason));
  }
}

@ObjectType({
  implements: Node,
  description: 'A referral that is not paid by itself: a person decides, or it was denied and can be appealed.',
})
@Entity('referral_review')
@Index('uq_referral_review_referral', ['referralId'], { unique: true })
@Index('ix_referral_review_status', ['programId', 'status', 'id'])
export class ReferralReview extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'referral_id')
  readonly referralId: string;

  @Stored('id', 'referrer_id')
  readonly referrerId: string;

  @Field(() => ReferralReviewStatus, { description: 'What became of it.' })
  @Stored('key', 'status')
  readonly status: ReferralReviewStatus;

  @Stored('integer', 'score')
  readonly storedScore: number;

  /** The reasons of the assessment that this review is about. */
  @Stored('json', 'reasons')
  readonly foundReasons: readonly FraudReason[];

  @Field({ description: 'When it began.' })
  @Stored('time', 'opened_at')
  readonly openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was decided last; null while nobody has.' })
  @Optional('time', 'decided_at')
  readonly decidedAt: Date | null;

  @Optional('line', 'decided_by')
  readonly storedDecidedBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why a person decided so; null before, and for the rules.' })
  @Optional('text', 'decision_reason')
  readonly decisionReason: string | null;

  @Field(() => Date, { nullable: true, description: 'When the denial was appealed; null where it was not.' })
  @Optional('time', 'appealed_at')
  readonly appealedAt: Date | null;

  @Optional('line', 'appealed_by')
  readonly appealedBy: string | null;

  @Field(() => String, { nullable: true, description: 'What the appeal says; null without one.' })
  @Optional('text', 'appeal_statement')
  readonly appealStatement: string | null;

  /** For permissions: a review belongs to the ambassador who brought the friend. */
  get ambassadorId(): string {
    return this.referrerId;
  }

  @Field({ description: 'Whether referralAppeal would be taken now: once after each denial by the rules or a person.' })
  canAppeal(): boolean {
    return this.status === 'DENIED' && this.appealedAt === null;
  }
}
