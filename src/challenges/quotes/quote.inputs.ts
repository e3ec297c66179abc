import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'A quote that is not to be published any more.' })
export class QuoteConsentRevokeInput {
  @Field(() => ID, { description: 'The submission that holds the quote.' })
  readonly submissionId: string;
}
