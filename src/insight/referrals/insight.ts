import { Field, ObjectType } from 'type-graphql';
import type { InsightScope } from './counting.js';

@ObjectType({
  description: 'What recommending brings in, and what it costs. Each field is counted when it is asked for.',
})
export class ReferralInsight {
  @Field({ description: 'What happened at this moment or later is counted.' })
  readonly from: Date;

  @Field({ description: 'What happened before this moment is counted.' })
  readonly to: Date;

  constructor(readonly scope: InsightScope) {
    this.from = scope.from;
    this.to = scope.to;
  }
}
