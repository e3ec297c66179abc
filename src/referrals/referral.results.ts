import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Url } from '../platform/graphql/scalars.js';
import { AlreadyReversed } from '../points/points.results.js';
import { Referral, ReferralRefusalReason, ReferralTerms } from './referral.entity.js';

@ObjectType({ description: 'How an ambassador is named as the one who sent somebody.' })
export class ReferralLink {
  /** Whose link it is. */
  readonly ambassadorId: string;

  @Field({ description: 'Can be said over the telephone: no look-alike letters, case and hyphen do not count.' })
  readonly code: string;

  @Field(() => Url, { description: 'The address to share.' })
  readonly url: string;
}

@ObjectType({ description: 'A page of referrals.' })
export class ReferralConnection extends connectionOf(Referral) {}

@ObjectType({ description: 'The friend is registered, or was before by the same ambassador.' })
export class ReferralRegistered {
  @Field(() => Referral, { description: 'The referral.' })
  readonly referral: Referral;

  constructor(referral: Referral) {
    this.referral = referral;
  }
}

@ObjectType({ description: 'The friend became a customer; the same order again answers with the same referral.' })
export class ReferralConverted {
  @Field(() => Referral, { description: 'The referral.' })
  readonly referral: Referral;

  constructor(referral: Referral) {
    this.referral = referral;
  }
}

@ObjectType({ description: 'The order is undone, and both rewards with it.' })
export class ReferralReversed {
  @Field(() => Referral, { description: 'The referral.' })
  readonly referral: Referral;

  constructor(referral: Referral) {
    this.referral = referral;
  }
}

@ObjectType({ description: 'A code that may have been meant.' })
export class ReferralCodeSuggestion {
  @Field({ description: 'The code as it is shown and said.' })
  readonly code: string;

  @Field({
    description:
      'Initials of whom it belongs to, as in A.K.: for the friend to recognise, no name to collect. Empty for a private profile.',
  })
  readonly initials: string;
}

@ObjectType({
  implements: Problem,
  description:
    'The referral does not count. Nothing was written, but that it was refused, and for SUSPECTED_FRAUD the rejected referral.',
})
export class ReferralRefused extends Problem {
  @Field(() => ReferralRefusalReason, { description: 'Why, for programs to act on.' })
  readonly reason: ReferralRefusalReason;

  @Field(() => [ReferralCodeSuggestion], {
    description:
      'UNKNOWN_CODE only: codes of ambassadors that are one slip away from what was typed, at most 3. Ask "did you mean" and send the one that was meant.',
  })
  readonly suggestions: readonly ReferralCodeSuggestion[];

  /** @param referrerId whose claim it was, where it was refused by a rule about the ambassador and the friend */
  constructor(
    reason: ReferralRefusalReason,
    suggestions: readonly ReferralCodeSuggestion[] = [],
    readonly referrerId: string | null = null,
  ) {
    super('REFERRAL_REFUSED', `problem.referralRefused.${reason}`);
    this.reason = reason;
    this.suggestions = suggestions;
  }
}

@ObjectType({ description: 'The program has its new terms.' })
export class ReferralTermsReplaced {
  @Field(() => ReferralTerms, { description: 'The terms as they are now.' })
  readonly terms: ReferralTerms;

  constructor(terms: ReferralTerms) {
    this.terms = terms;
  }
}

export const ReferralRegisterResult = createUnionType({
  name: 'ReferralRegisterResult',
  description: 'What referralRegister answers.',
  types: () => [ReferralRegistered, ReferralRefused, InputInvalid] as const,
});

export const ReferralConvertResult = createUnionType({
  name: 'ReferralConvertResult',
  description: 'What referralConvert answers.',
  types: () => [ReferralConverted, ReferralRefused, InputInvalid, IdempotencyKeyReused] as const,
});

export const ReferralReverseResult = createUnionType({
  name: 'ReferralReverseResult',
  description: 'What referralReverse answers.',
  types: () => [ReferralReversed, AlreadyReversed, InputInvalid, NotFound] as const,
});

export const ReferralTermsSetResult = createUnionType({
  name: 'ReferralTermsSetResult',
  description: 'What referralTermsSet answers.',
  types: () => [ReferralTermsReplaced, InputInvalid] as const,
});
