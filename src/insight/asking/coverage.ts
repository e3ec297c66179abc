import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { attributeName } from '../../contacts/contact.inputs.js';
import { Validated } from '../../platform/graphql/input.js';
import type { AnswerScope } from '../last-answers.js';

/** How many of some people would recommend, were asked to, and did. */
export interface CoverageCounts {
  readonly willing: number;
  readonly asked: number;
  readonly askedForReferral: number;
  readonly referred: number;
}

@ObjectType({ description: 'How many of those who would recommend were asked to.' })
export class CoverageFigures {
  @Field(() => Int, { description: "People whose last answer of this time was the program's askFromScore or more." })
  readonly willing: number;

  @Field(() => Int, { description: 'How many of them were asked for anything in this time.' })
  readonly asked: number;

  @Field(() => Int, {
    description: 'How many of them were asked for a referral in this time: by a challenge of that kind.',
  })
  readonly askedForReferral: number;

  @Field(() => Int, {
    description:
      'How many of those who were asked for a referral brought a friend since, or had a submission to a REFERRAL challenge approved.',
  })
  readonly referred: number;

  @Field(() => Float, { description: 'askedForReferral / willing, 0 to 1.' })
  readonly coverage: number;

  @Field(() => Float, {
    nullable: true,
    description: 'referred / askedForReferral, 0 to 1; null where nobody was asked.',
  })
  readonly followThrough: number | null;

  constructor({ willing, asked, askedForReferral, referred }: CoverageCounts) {
    this.willing = willing;
    this.asked = asked;
    this.askedForReferral = askedForReferral;
    this.referred = referred;
    this.coverage = willing === 0 ? 0 : askedForReferral / willing;
    this.followThrough = askedForReferral === 0 ? null : referred / askedForReferral;
  }
}

@ObjectType({ description: 'The same of the contacts with one value of an attribute.' })
export class CoverageGroup {
  @Field({ description: 'The value, as text.' })
  readonly value: string;

  @Field(() => CoverageFigures, { description: 'How many of them.' })
  readonly figures: CoverageFigures;
}

/**
 * The gap that this shows is an old one: 91% of customers would give a referral, and 11% of sellers ask for one, as it is
 * handed down under the name of Dale Carnegie (dalecarnegie.co.uk, "Asking for Referrals"); no study is known for it.
 */
@ObjectType({
  description:
    'Whether those who would recommend are asked to. It is said that 91% of customers would, and that 11% of sellers ask.',
})
export class AskCoverage {
  readonly scope: AnswerScope;

  @Field({ description: 'Answers and asks at this moment or later are counted.' })
  readonly from: Date;

  @Field({ description: 'Answers and asks before this moment are counted.' })
  readonly to: Date;

  @Field(() => Int, { description: 'From this score on somebody would recommend.' })
  readonly askFromScore: number;

  @Field(() => CoverageFigures, { nullable: true, description: 'Of all; null where fewer than 5 would recommend.' })
  readonly all: CoverageFigures | null;
}

@Validated(z.object({ name: attributeName }))
@ArgsType()
export class CoverageAttributeArgs {
  @Field({ description: 'The attribute, as in market.' })
  readonly name: string;
}
