import { Field, Float, Int, ObjectType } from 'type-graphql';
import { NpsScheme } from '../../nps/scheme.js';
import { NpsInterval, scoreInterval } from '../../nps/statistics/score-interval.js';
import { netScore, type Tally } from '../../nps/tally.js';

@ObjectType({ description: 'What one set of answers says.' })
export class BenchmarkScore {
  @Field(() => Int, { description: 'How many answers.' })
  readonly responses: number;

  @Field(() => Float, { description: 'The NPS, -100 to 100, unrounded.' })
  readonly score: number;

  @Field(() => NpsInterval, { description: 'The 95% interval of the score.' })
  readonly interval: NpsInterval;

  /** Of answers enough to be shown. */
  static of(counts: Tally): BenchmarkScore {
    return Object.assign(new BenchmarkScore(), {
      responses: counts.responses,
      score: netScore(counts),
      interval: scoreInterval(counts),
    });
  }
}

@ObjectType({ description: 'What the answers are held against.' })
export class BenchmarkComparison {
  @Field(() => BenchmarkScore, { description: 'What they are held against.' })
  readonly against: BenchmarkScore;

  @Field(() => Float, { description: 'Their score less that of the others, in points.' })
  readonly points: number;

  @Field(() => Float, {
    description: 'How likely a difference at least as big is by chance alone: a permutation test.',
  })
  readonly pValue: number;

  @Field(() => Float, { description: "The same corrected for making up to two comparisons at once, by Holm's method." })
  readonly adjustedPValue: number;

  @Field({ description: 'Whether the difference is real at 95%: adjustedPValue is below 0.05.' })
  readonly isReal: boolean;
}

@ObjectType({
  description: "Some answers held against the program's own: those before them, and everybody else's at the same time.",
})
export class NpsBenchmark {
  @Field({ description: 'Answers at this moment or later.' })
  readonly from: Date;

  @Field({ description: 'Answers before this moment.' })
  readonly to: Date;

  @Field({ description: 'The time before it is as long, and begins here.' })
  readonly earlierFrom: Date;

  @Field(() => NpsScheme, { description: 'The scheme that all of these answers are counted by.' })
  readonly scheme: NpsScheme;

  @Field(() => BenchmarkScore, {
    nullable: true,
    description: 'The answers themselves; null where they are fewer than 5.',
  })
  readonly current: BenchmarkScore | null;

  @Field(() => BenchmarkComparison, {
    nullable: true,
    description: 'Against the same of the time before; null where either are fewer than 5 answers.',
  })
  readonly earlier: BenchmarkComparison | null;

  @Field(() => BenchmarkComparison, {
    nullable: true,
    description:
      'Against all other answers of the program at the same time; null where either are fewer than 5, and where there are no others.',
  })
  readonly others: BenchmarkComparison | null;
}
