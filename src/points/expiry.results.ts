import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { PointsExpiryTerms } from './expiry.entity.js';

@ObjectType({ description: 'Points that expire together.' })
export class ExpiringPoints {
  @Field(() => Int, { description: 'How many.' })
  readonly points: number;

  @Field({ description: 'When: the midnight that ends their last day.' })
  readonly expiresAt: Date;
}

@ObjectType({ description: 'What would expire of one ambassador.' })
export class AmbassadorExpiry {
  readonly ambassadorId: string;

  @Field(() => Int, { description: 'How many points in all.' })
  readonly points: number;

  @Field(() => [ExpiringPoints], { description: 'When how many, soonest first, at most 100 moments.' })
  readonly expiring: readonly ExpiringPoints[];
}

@ObjectType({ description: 'What would expire in the whole program.' })
export class ExpiryTotals {
  @Field(() => Float, { description: 'How many points.' })
  readonly points: number;

  @Field(() => Int, { description: 'Of how many ambassadors.' })
  readonly ambassadors: number;

  @Field({ description: 'Whether everybody was counted; a very large program is counted in part only.' })
  readonly complete: boolean;
}

@ObjectType({
  description: 'What would expire, of whom, if nobody earned or spent anything until then.',
})
export class ExpiryPreview {
  @Field(() => [AmbassadorExpiry], { description: 'The ambassadors who would lose points, in a steady order.' })
  readonly nodes: readonly AmbassadorExpiry[];

  @Field(() => PageInfo, { description: 'Where this page lies. A page may be empty and still have a next one.' })
  readonly pageInfo: PageInfo;

  readonly countTotals: () => Promise<ExpiryTotals>;

  @Field(() => ExpiryTotals, { description: 'All of them together, whatever the page.' })
  totals(): Promise<ExpiryTotals> {
    return this.countTotals();
  }
}

@ObjectType({ description: 'The terms are set; they come into force when they say.' })
export class PointsExpiryPlanned {
  @Field({ description: 'The new terms.' })
  readonly terms: PointsExpiryTerms;

  constructor(terms: PointsExpiryTerms) {
    this.terms = terms;
  }
}

export const PointsExpirySetResult = createUnionType({
  name: 'PointsExpirySetResult',
  description: 'What pointsExpirySet answers.',
  types: () => [PointsExpiryPlanned, InputInvalid, NotFound] as const,
});
