import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { message } from '../../platform/graphql/messages.js';
import { NotFound } from '../../platform/graphql/problem.js';
import { Program } from '../../programs/program.entity.js';
import { Referral } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import { ReferralAssessment, ReferralFraudPolicy, ReferralReview } from './fraud.entity.js';
import {
  ReferralAppealInput,
  ReferralEvidenceRecordInput,
  ReferralFraudPolicySetInput,
  ReferralReviewDecideInput,
  ReferralReviewsArgs,
} from './fraud.inputs.js';
import { assessmentsOfReferral, reviewOfReferral } from './fraud.loaders.js';
import {
  ReferralAppealed,
  ReferralAppealResult,
  ReferralAssessmentConnection,
  ReferralEvidenceRecorded,
  ReferralEvidenceRecordResult,
  ReferralFraudPolicyReplaced,
  ReferralFraudPolicySetResult,
  ReferralReviewConnection,
  ReferralReviewDecided,
  ReferralReviewDecideResult,
} from './fraud.results.js';
import type { ReferralFraud } from './fraud.service.js';
import type { ReferralReviews } from './review.service.js';
import { summaryOf } from './summary.js';

@Resolver(() => ReferralReview)
export class ReferralReviewResolver {
  constructor(private readonly reviews: ReferralReviews) {}

  @Query(() => ReferralReviewConnection, {
    description: 'Referrals that are not paid by themselves, newest first; status OPEN is the queue. For staff.',
  })
  async referralReviews(
    @Ctx() context: RequestContext,
    @Args(() => ReferralReviewsArgs) args: ReferralReviewsArgs,
  ): Promise<ReferralReviewConnection> {
    return new ReferralReviewConnection(await this.reviews.list(context, args));
  }

  @Query(() => ReferralAssessmentConnection, {
    description: 'Every judgement about referrals, newest first, also of claims that a rule refused. For staff.',
  })
  async referralAssessments(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ReferralAssessmentConnection> {
    return new ReferralAssessmentConnection(await this.reviews.listAssessments(context, args));
  }

  @Mutation(() => ReferralReviewDecideResult, {
    description:
      'Decides about a referral under review, or about an appeal. What is cleared goes on and is paid once. For moderators.',
  })
  async referralReviewDecide(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralReviewDecideInput) input: ReferralReviewDecideInput,
  ): Promise<typeof ReferralReviewDecideResult> {
    const result = await this.reviews.decide(context, input);
    return result instanceof ReferralReview ? new ReferralReviewDecided(result) : result;
  }

  @Mutation(() => ReferralAppealResult, {
    description: 'Asks for another look at a denied referral: by its ambassador, or by staff on their behalf. Once.',
  })
  async referralAppeal(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralAppealInput) input: ReferralAppealInput,
  ): Promise<typeof ReferralAppealResult> {
    const result = await this.reviews.appeal(context, input);
    return result instanceof ReferralReview ? new ReferralAppealed(result) : result;
  }

  @FieldResolver(() => Referral, { description: 'What it is about.' })
  async referral(@Root() review: ReferralReview, @Ctx() context: RequestContext): Promise<Referral> {
    const referral = await referralById.load(context, review.referralId);
    if (!referral) throw new Error('A review has no referral');
    return referral;
  }

  @FieldResolver(() => [String], {
    description: 'What gave reason to look, in broad terms, in the language of the caller: for the ambassador to read.',
  })
  summary(@Root() review: ReferralReview, @Ctx() context: RequestContext): string[] {
    return summaryOf(review.foundReasons).map((kind) => message(context.locale, `fraud.summary.${kind}`));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: '0 to 100, when it was opened. For staff, null for others.',
  })
  score(@Root() review: ReferralReview, @Ctx() context: RequestContext): number | null {
    return context.session.may('referralReview.list') ? review.storedScore : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Who decided last: `system`, or role and subject. For staff, null for others.',
  })
  decidedBy(@Root() review: ReferralReview, @Ctx() context: RequestContext): string | null {
    return context.session.may('referralReview.list') ? review.storedDecidedBy : null;
  }
}

@Resolver(() => ReferralAssessment)
export class ReferralAssessmentResolver {
  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'What was judged; null where a rule refused the claim.',
  })
  async referral(@Root() { referralId }: ReferralAssessment, @Ctx() context: RequestContext) {
    return referralId === null ? null : referralById.load(context, referralId);
  }
}

@Resolver(() => Referral)
export class ReferralFraudResolver {
  @FieldResolver(() => ReferralReview, {
    nullable: true,
    description: 'Why it is not paid by itself, and what can be done; null where nothing was found.',
  })
  review(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<ReferralReview | undefined> {
    return reviewOfReferral.load(context, referral.id);
  }

  @FieldResolver(() => [ReferralAssessment], {
    nullable: true,
    description:
      'How it was judged each time, with score, reasons and evidence, oldest first. For staff, null for others.',
  })
  async assessments(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<ReferralAssessment[] | null> {
    return context.session.may('referralReview.list') ? assessmentsOfReferral.load(context, referral.id) : null;
  }
}

@Resolver(() => Program)
export class ReferralFraudPolicyResolver {
  constructor(private readonly fraud: ReferralFraud) {}

  @FieldResolver(() => ReferralFraudPolicy, {
    nullable: true,
    description: 'How strictly referrals are looked at. For staff, null for others.',
  })
  async referralFraudPolicy(@Root() program: Program, @Ctx() context: RequestContext) {
    if (!context.session.may('referralReview.list')) return null;
    return context.database.read((db) => this.fraud.policyOf(db, program.id));
  }

  @Mutation(() => ReferralFraudPolicySetResult, {
    description: 'Sets how strictly referrals are looked at from now on. For admins.',
  })
  async referralFraudPolicySet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralFraudPolicySetInput) input: ReferralFraudPolicySetInput,
  ): Promise<typeof ReferralFraudPolicySetResult> {
    return new ReferralFraudPolicyReplaced(await this.fraud.setPolicy(context, input));
  }

  @Mutation(() => ReferralEvidenceRecordResult, {
    description:
      'Notes by which device, means of payment and network an ambassador is known, to compare friends with. For servers and staff.',
  })
  async referralEvidenceRecord(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralEvidenceRecordInput) input: ReferralEvidenceRecordInput,
  ): Promise<typeof ReferralEvidenceRecordResult> {
    const result = await this.fraud.recordEvidence(context, input);
    return result instanceof NotFound ? result : new ReferralEvidenceRecorded(result);
  }
}
