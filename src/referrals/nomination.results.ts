import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { ReferralClaim, ReferralNomination } from './nomination.entity.js';
import { ReferralRefused, ReferralRegistered } from './referral.results.js';

@ObjectType({ description: 'A page of nominations.' })
export class ReferralNominationConnection extends connectionOf(ReferralNomination) {}

@ObjectType({ description: 'A page of claims.' })
export class ReferralClaimConnection extends connectionOf(ReferralClaim) {}

@ObjectType({
  description: 'The friend is noted, or was before. Says nothing of whether the program knows the friend.',
})
export class ReferralNominated {
  @Field(() => ReferralNomination, { description: 'The nomination.' })
  readonly nomination: ReferralNomination;

  constructor(nomination: ReferralNomination) {
    this.nomination = nomination;
  }
}

@ObjectType({
  description:
    'What the friend said is noted. The answer is the same whoever was named, so that it tells of no member.',
})
export class ReferralClaimNoted {
  @Field({ description: 'Until when a claim that is not matched at once waits for an ambassador or staff.' })
  readonly expiresAt: Date;

  constructor(expiresAt: Date) {
    this.expiresAt = expiresAt;
  }
}

@ObjectType({ description: 'The claim leads to nobody: it is not listed any more.' })
export class ReferralClaimDismissed {
  @Field(() => ID, { description: 'The claim that was.' })
  readonly claimId: string;

  constructor(claimId: string) {
    this.claimId = claimId;
  }
}

export const ReferralNominateResult = createUnionType({
  name: 'ReferralNominateResult',
  description: 'What referralNominate answers.',
  types: () => [ReferralNominated, ReferralRefused, InputInvalid] as const,
});

export const ReferralClaimResult = createUnionType({
  name: 'ReferralClaimResult',
  description: 'What referralClaim answers.',
  types: () => [ReferralClaimNoted, ReferralRefused, InputInvalid] as const,
});

export const ReferralClaimSettleResult = createUnionType({
  name: 'ReferralClaimSettleResult',
  description: 'What referralClaimSettle answers.',
  types: () => [ReferralRegistered, ReferralRefused, InputInvalid, NotFound] as const,
});

export const ReferralClaimDismissResult = createUnionType({
  name: 'ReferralClaimDismissResult',
  description: 'What referralClaimDismiss answers.',
  types: () => [ReferralClaimDismissed, InputInvalid, NotFound] as const,
});
