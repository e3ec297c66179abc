import { Field, Float, Int, ObjectType } from 'type-graphql';
import { FollowUpMetric } from './follow-up.entity.js';

/** Of fewer answers nothing is said: it could be said of somebody. */
export const answersMin = 5;
/** The standard normal's 97.5% point. */
const z = 1.96;

/** How many gave a number. */
export interface GivenNumber {
  readonly number: number;
  readonly count: number;
}

const hidden = 'Null with fewer than 5 answers.';

@ObjectType({ description: 'What the answers to one of the metrics beside NPS say together.' })
export class FollowUpSummary {
  @Field(() => FollowUpMetric, { description: 'Which metric it is.' })
  readonly metric: FollowUpMetric;

  @Field(() => Int, { description: 'How many answered.' })
  readonly answers: number;

  @Field(() => Int, { nullable: true, description: `How many people all of them named together. ${hidden}` })
  readonly people: number | null;

  @Field(() => Float, { nullable: true, description: `How many people one of them named, on average. ${hidden}` })
  readonly average: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Share of those who named at least one person, from 0 to 100. ${hidden}`,
  })
  readonly share: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Half the width of the 95% interval (Wilson) of the share, in the same points. ${hidden}`,
  })
  readonly marginOfError: number | null;

  constructor(metric: FollowUpMetric, given: readonly GivenNumber[]) {
    this.metric = metric;
    this.answers = given.reduce((sum, { count }) => sum + count, 0);
    const shown = this.answers >= answersMin;
    const people = given.reduce((sum, { number, count }) => sum + number * count, 0);
    const positive = given.reduce((sum, { number, count }) => sum + (number > 0 ? count : 0), 0);
    this.people = shown ? people : null;
    this.average = shown ? people / this.answers : null;
    this.share = shown ? (100 * positive) / this.answers : null;
    this.marginOfError = shown ? 100 * wilsonMargin(positive, this.answers) : null;
  }
}

/** Half the width of the 95% interval of a share, after Wilson (JASA 22, 1927): also true of none and of all. */
export function wilsonMargin(positive: number, all: number): number {
  const share = positive / all;
  return (z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all);
}
