import { Field, Float, Int, ObjectType } from 'type-graphql';
import { holm } from '../platform/statistics/multiple-testing.js';
import { NpsScheme } from './scheme.js';
import { changePValue } from './statistics/change-test.js';
import { NpsInterval, scoreInterval } from './statistics/score-interval.js';
import type { Survey } from './survey.entity.js';
import { distribution, type GivenScore, marginOfError, netScore, type Tally, tally } from './tally.js';

const scoreDescription = 'Share of promoters less share of detractors, -100 to 100, unrounded; null without responses.';
const marginDescription =
  'Half the width of the 95% interval of the score, in the same points; null without responses.';

const intervalDescription =
  'The 95% interval of the score, which is sound also for few answers, unlike the score plus and minus the margin of error; null without responses.';
/** A change that chance alone brings about less often than once in twenty is called real. */
const realBelow = 0.05;

@ObjectType({ description: 'How many answers count as a score.' })
export class ScoreCount {
  @Field(() => Int, { description: 'The score.' })
  readonly score: number;

  @Field(() => Int, { description: 'How many answers.' })
  readonly count: number;
}

@ObjectType({
  description:
    'How the score changed since the last period with answers, and whether that is more than chance: a permutation test of the two periods.',
})
export class NpsChange {
  @Field(() => Float, { description: 'This score less the one before, in points.' })
  readonly points: number;

  @Field(() => Float, { description: 'How likely a change at least as big is by chance alone, 0 to 1.' })
  readonly pValue: number;

  @Field(() => Float, {
    description: "The same corrected for looking at all the changes of this trend, by Holm's method.",
  })
  readonly adjustedPValue: number;

  @Field({ description: 'Whether the change is real at 95%: adjustedPValue is below 0.05.' })
  readonly isReal: boolean;
}

@ObjectType({ description: 'The answers of one period.' })
export class NpsPoint {
  @Field(() => Date, { description: "When the period begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => Float, { nullable: true, description: scoreDescription })
  readonly score: number | null;

  @Field(() => Float, { nullable: true, description: marginDescription })
  readonly marginOfError: number | null;

  @Field(() => NpsInterval, { nullable: true, description: intervalDescription })
  readonly interval: NpsInterval | null;

  @Field(() => Int, { description: 'How many answers were given in it.' })
  readonly responses: number;

  @Field(() => NpsChange, {
    nullable: true,
    description: 'Since the last period with answers; null without answers in this one, or in any before it.',
  })
  readonly change: NpsChange | null;

  constructor(from: Date, counts: Tally, change: NpsChange | null) {
    this.from = from;
    this.score = netScore(counts);
    this.marginOfError = marginOfError(counts);
    this.interval = scoreInterval(counts);
    this.responses = counts.responses;
    this.change = change;
  }
}

/** The points of a trend, each with its change since the last one with answers. */
export function trendOf(
  scheme: NpsScheme,
  periods: readonly { from: Date; given: readonly GivenScore[] }[],
): NpsPoint[] {
  const counted = periods.map(({ from, given }) => ({ from, counts: tally(scheme, given) }));
  const filled = counted.filter(({ counts }) => counts.responses > 0);
  const pairs = filled.slice(1).map((after, index) => ({ after, before: filled[index] ?? after }));
  const pValues = pairs.map(({ before, after }) => changePValue(before.counts, after.counts));
  const adjusted = holm(pValues);
  const changes = new Map(
    pairs.map(({ before, after }, index): [object, NpsChange] => {
      const [pValue = 1, adjustedPValue = 1] = [pValues[index], adjusted[index]];
      const points = (netScore(after.counts) ?? 0) - (netScore(before.counts) ?? 0);
      return [after, { points, pValue, adjustedPValue, isReal: adjustedPValue < realBelow }];
    }),
  );
  return counted.map((period) => new NpsPoint(period.from, period.counts, changes.get(period) ?? null));
}

/** Which answers a summary is of, and how they are counted. */
export interface Selection {
  readonly programId: string;
  readonly surveys: readonly Survey[];
  readonly scheme: NpsScheme;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly attribute: { readonly name: string; readonly value: string } | null;
}

@ObjectType({ description: 'The answers of the contacts with one value of an attribute.' })
export class NpsGroup {
  @Field({ description: 'The value, as text.' })
  readonly value: string;

  @Field(() => Float, { nullable: true, description: scoreDescription })
  readonly score: number | null;

  @Field(() => Float, { nullable: true, description: marginDescription })
  readonly marginOfError: number | null;

  @Field(() => NpsInterval, { nullable: true, description: intervalDescription })
  readonly interval: NpsInterval | null;

  @Field(() => Int, { description: 'How many answers.' })
  readonly responses: number;

  @Field(() => Int, { description: 'How many of them are promoters.' })
  readonly promoters: number;

  @Field(() => Int, { description: 'How many of them are passives.' })
  readonly passives: number;

  @Field(() => Int, { description: 'How many of them are detractors.' })
  readonly detractors: number;

  constructor(value: string, scheme: NpsScheme, given: readonly GivenScore[]) {
    const counts = tally(scheme, given);
    this.value = value;
    this.score = netScore(counts);
    this.marginOfError = marginOfError(counts);
    this.interval = scoreInterval(counts);
    this.responses = counts.responses;
    this.promoters = counts.promoters;
    this.passives = counts.passives;
    this.detractors = counts.detractors;
  }
}

/** Fewer answers than this could be traced to somebody. */
const responsesMin = 5;

@ObjectType({ description: 'The same answers, apart by an attribute of the contacts who gave them.' })
export class NpsBreakdown {
  @Field(() => [NpsGroup], {
    description: 'The values with at least 5 answers, those with most answers first; at most 200.',
  })
  readonly groups: readonly NpsGroup[];

  @Field(() => Int, {
    description:
      'How many answers are in none of the groups: of contacts without the attribute, or of groups too small to be shown. Never 1 to 4: the smallest group is left out rather than shown, if otherwise the rest could be traced by subtraction.',
  })
  readonly otherResponses: number;

  /** @param responses how many answers there are in all */
  constructor(groups: readonly NpsGroup[], responses: number) {
    const shown = groups
      .filter((group) => group.responses >= responsesMin)
      .sort((a, b) => b.responses - a.responses || (a.value < b.value ? -1 : 1));
    const rest = () => responses - shown.reduce((sum, group) => sum + group.responses, 0);
    while (rest() > 0 && rest() < responsesMin && shown.length > 0) shown.pop();
    this.groups = shown;
    this.otherResponses = rest();
  }
}

@ObjectType({ description: 'What many answers say together.' })
export class NpsSummary {
  @Field(() => NpsScheme, { description: 'The scheme that the answers are counted by.' })
  readonly scheme: NpsScheme;

  @Field(() => Float, { nullable: true, description: scoreDescription })
  readonly score: number | null;

  @Field(() => Float, { nullable: true, description: marginDescription })
  readonly marginOfError: number | null;

  @Field(() => NpsInterval, { nullable: true, description: intervalDescription })
  readonly interval: NpsInterval | null;

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

  constructor(
    readonly selection: Selection,
    given: readonly GivenScore[],
  ) {
    const counts = tally(selection.scheme, given);
    this.scheme = selection.scheme;
    this.score = netScore(counts);
    this.marginOfError = marginOfError(counts);
    this.interval = scoreInterval(counts);
    this.responses = counts.responses;
    this.promoters = counts.promoters;
    this.passives = counts.passives;
    this.detractors = counts.detractors;
    this.distribution = distribution(selection.scheme, given);
  }
}
