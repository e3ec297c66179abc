import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { SuperpromoterNomination } from './nomination.entity.js';
import { SuperpromoterTerms } from './terms.entity.js';

@ObjectType({ description: 'A page of nominations.' })
export class SuperpromoterNominationConnection extends connectionOf(SuperpromoterNomination) {}

@ObjectType({ description: 'The nomination is noted, and counts at once.' })
export class SuperpromoterNominated {
  @Field(() => SuperpromoterNomination, { description: 'The nomination.' })
  readonly nomination: SuperpromoterNomination;

  constructor(nomination: SuperpromoterNomination) {
    this.nomination = nomination;
  }
}

export const SuperpromoterNominateResult = createUnionType({
  name: 'SuperpromoterNominateResult',
  description: 'What superpromoterNominate answers.',
  types: () => [SuperpromoterNominated, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});

@ObjectType({ description: 'The nomination does not count any more; who noted it and who withdrew it is kept.' })
export class SuperpromoterNominationWithdrawn {
  @Field(() => SuperpromoterNomination, { description: 'The nomination.' })
  readonly nomination: SuperpromoterNomination;

  constructor(nomination: SuperpromoterNomination) {
    this.nomination = nomination;
  }
}

export const SuperpromoterNominationWithdrawResult = createUnionType({
  name: 'SuperpromoterNominationWithdrawResult',
  description: 'What superpromoterNominationWithdraw answers.',
  types: () => [SuperpromoterNominationWithdrawn, InputInvalid, NotFound] as const,
});

@ObjectType({ description: 'Superpromoters are told so from now on.' })
export class SuperpromoterTermsReplaced {
  @Field(() => SuperpromoterTerms, { description: 'The terms as they are now.' })
  readonly terms: SuperpromoterTerms;

  constructor(terms: SuperpromoterTerms) {
    this.terms = terms;
  }
}

export const SuperpromoterTermsSetResult = createUnionType({
  name: 'SuperpromoterTermsSetResult',
  description: 'What superpromoterTermsSet answers.',
  types: () => [SuperpromoterTermsReplaced, InputInvalid] as const,
});
