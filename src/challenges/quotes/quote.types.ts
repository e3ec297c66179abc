import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Submission } from '../submission.entity.js';

@ObjectType({ description: 'A quote that its speaker lets the program publish. It tells nothing else of them.' })
export class PublishedQuote {
  @Field(() => ID, { description: 'What tells it from others: the id of the submission.' })
  readonly id: string;

  @Field({ description: 'What was said.' })
  readonly text: string;

  @Field({ description: 'Who said it, as it is to be printed.' })
  readonly attribution: string;

  @Field({ description: 'Since when it is published.' })
  readonly publishedAt: Date;

  static of(submission: Submission): PublishedQuote {
    const { proof, submittedAt, decidedAt } = submission;
    return Object.assign(new PublishedQuote(), {
      id: submission.globalId(),
      text: proof.quote?.text ?? '',
      attribution: proof.quote?.attribution ?? '',
      publishedAt: decidedAt ?? submittedAt,
    });
  }
}

@ObjectType({ description: 'A page of published quotes.' })
export class PublishedQuoteConnection extends connectionOf(PublishedQuote) {}

@ObjectType({ description: 'The quote is published no more.' })
export class QuoteConsentRevoked {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

export const QuoteConsentRevokeResult = createUnionType({
  name: 'QuoteConsentRevokeResult',
  description: 'What quoteConsentRevoke answers.',
  types: () => [QuoteConsentRevoked, InputInvalid, NotFound] as const,
});
