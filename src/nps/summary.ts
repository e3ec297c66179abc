import { Field, Float, Int, ObjectType } from 'type-graphql';
import { NpsScheme } from './scheme.js';
import { distribution, type GivenScore, marginOfError, netScore, tally } from './tally.js';

const scoreDescription = 'Share of promoters less share of detractors, -100 to 100, unrounded; null without responses.';
const marginDescription =
  'Half the width of the 95% interval of the score, in the same points; null without responses.';

@ObjectType({ description: 'How many answers count as a score.' })
export class ScoreCount {
  @Field(() => Int, { description: 'The score.' })
  readonly score: number;

  @Field(() => Int, { description: 'How many answers.' })
  readonly count: number;
}

@ObjectType({ description: 'The answers of one period.' })
export class NpsPoint {
  @Field(() => Date, { description: "When the period begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => Float, { nullable: true, description: scoreDescription })
  readonly score: number | null;

  @Field(() => Float, { nullable: true, description: marginDescription })
  readonly marginOfError: number | null;

  @Field(() => Int, { description: 'How many answers were given in it.' })
  readonly responses: number;

  constructor(from: Date, scheme: NpsScheme, given: readonly GivenScore[]) {
    const counts = tally(scheme, given);
    this.from = from;
    this.score = netScore(counts);
    this.marginOfError = marginOfError(counts);
    this.responses = counts.responses;
  }
}

/** Which answers a summary is of, and how they are counted. */
export interface Selection {
  readonly surveyIds: readonly string[];
  readonly scheme: NpsScheme;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly attribute: { readonly name: string; readonly value: string } | null;
}

/** When the first and the last answer were given. */
export interface Span {
  readonly first: Date;
  readonly last: Date;
}

@ObjectType({ description: 'What many answers say together.' })
export class NpsSummary {
  @Field(() => NpsScheme, { description: 'The scheme that the answers are counted by.' })
  readonly scheme: NpsScheme;

  @Field(() => Float, { nullable: true, description: scoreDescription })
  readonly score: number | null;

  @Field(() => Float, { nullable: true, description: marginDescription })
  readonly marginOfError: number | null;

  @Field(() => Int, { description: 'How many answers.' })
  readonly responses: number;

  @Field(() => Int, { description: 'How many of them are promoters.' })
  readonly promoters: number;

  @Field(() => Int, { description: 'How many of them are passives.' })
  readonly passives: number;

  @Field(() => Int, { description: 'How many of them are detractors.' })
  readonly detractors: number;

  @Field(() => [ScoreCount], {
    description:
      "Every score of the scheme, ascending, zeros included. An answer below the scheme's lowest score counts as that.",
  })
  readonly distribution: readonly ScoreCount[];

  /** @param span none without answers */
  constructor(
    readonly selection: Selection,
    given: readonly GivenScore[],
    readonly span: Span | undefined,
  ) {
    const counts = tally(selection.scheme, given);
    this.scheme = selection.scheme;
    this.score = netScore(counts);
    this.marginOfError = marginOfError(counts);
    this.responses = counts.responses;
    this.promoters = counts.promoters;
    this.passives = counts.passives;
    this.detractors = counts.detractors;
    this.distribution = distribution(selection.scheme, given);
  }
}
