import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { ChallengeKind } from '../../challenges/challenge.entity.js';
import { IdColumn, Stored } from '../../platform/database/columns.js';

/** What a program lays down for the figures that cannot be counted. */
export interface InsightSettings {
  /** ISO 4217; null until it is set, and then nothing is worth money. */
  readonly currency: string | null;
  /** What one point costs, in hundredths of a cent, by the key of its unit. */
  readonly pointHundredths: Readonly<Record<string, number>>;
  readonly actCents: Readonly<Partial<Record<ChallengeKind, number>>>;
  /** How much of what friends pay is gained, in percent. */
  readonly marginPercent: number;
  readonly activationFromPercent: number;
  readonly activationToPercent: number;
  readonly detractorTells: number;
  readonly detractorTellsLow: number;
  readonly detractorTellsHigh: number;
}

/**
 * What every program starts with. How many people somebody tells who was disappointed: 9 to 10, and 13% of them tell more
 * than 20, by TARP, Consumer Complaint Handling in America: An Update Study (White House Office of Consumer Affairs,
 * 1986); 9 to 15 where others cite it. An active share of 15 to 35% is what ambassador programs aim at.
 */
export const defaultSettings: InsightSettings = {
  currency: null,
  pointHundredths: {},
  actCents: {},
  marginPercent: 100,
  activationFromPercent: 15,
  activationToPercent: 35,
  detractorTells: 10,
  detractorTellsLow: 9,
  detractorTellsHigh: 15,
};

/** What a program changed of them; no row while nothing was. */
@Entity('insight_terms')
export class InsightTermsRow {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'settings')
  readonly settings: InsightSettings;
}

@ObjectType({ description: 'What one point of a unit costs the program.' })
export class PointValue {
  @Field({ description: 'The unit, by its key.' })
  readonly unitKey: string;

  @Field(() => Float, { description: 'Cents of the currency of the terms, with two decimals.' })
  readonly cents: number;
}

@ObjectType({ description: 'What one approved submission to a challenge of a kind is worth to the program.' })
export class ActValue {
  @Field(() => ChallengeKind, { description: 'The kind of challenge.' })
  readonly kind: ChallengeKind;

  @Field(() => Int, { description: 'Cents of the currency of the terms.' })
  readonly cents: number;
}

@ObjectType({
  description:
    'What a program lays down for the figures that cannot be counted: what a point costs, what an act is worth, which goal it has. Estimates of its own; insightTermsSet changes each.',
})
export class InsightTerms {
  @Field(() => String, {
    nullable: true,
    description: 'In which all of it is told, ISO 4217; null until it is set, and then nothing is told in money.',
  })
  readonly currency: string | null;

  @Field(() => [PointValue], { description: 'What one point costs, by unit; units without a value are not there.' })
  readonly pointValues: readonly PointValue[];

  @Field(() => [ActValue], {
    description: 'What an approved submission is worth, by kind; kinds without a value are not there.',
  })
  readonly actValues: readonly ActValue[];

  @Field(() => Int, {
    description: 'How much of what friends pay counts as gained, in percent, 0 to 100; 100 unless it was set.',
  })
  readonly marginPercent: number;

  @Field(() => Int, { description: 'The goal of activation begins here, in percent of all ambassadors; 15 at first.' })
  readonly activationFromPercent: number;

  @Field(() => Int, { description: 'The goal of activation ends here, in percent of all ambassadors; 35 at first.' })
  readonly activationToPercent: number;

  @Field(() => Float, { description: 'How many people a detractor tells; 10 at first.' })
  readonly detractorTells: number;

  @Field(() => Float, { description: 'How many they tell at the least; 9 at first.' })
  readonly detractorTellsLow: number;

  @Field(() => Float, { description: 'How many they tell at the most; 15 at first.' })
  readonly detractorTellsHigh: number;

  constructor({ pointHundredths, actCents, ...rest }: InsightSettings) {
    this.currency = rest.currency;
    this.pointValues = Object.entries(pointHundredths).map(([unitKey, hundredths]) =>
      Object.assign(new PointValue(), { unitKey, cents: hundredths / 100 }),
    );
    this.actValues = Object.entries(actCents).map(([kind, cents]) => Object.assign(new ActValue(), { kind, cents }));
    this.marginPercent = rest.marginPercent;
    this.activationFromPercent = rest.activationFromPercent;
    this.activationToPercent = rest.activationToPercent;
    this.detractorTells = rest.detractorTells;
    this.detractorTellsLow = rest.detractorTellsLow;
    this.detractorTellsHigh = rest.detractorTellsHigh;
  }
}

/** What so many points cost, in whole cents; null where nobody laid down what one costs. */
export function centsOf(
  { currency, pointHundredths }: InsightSettings,
  unitKey: string,
  points: number,
): number | null {
  const hundredths = pointHundredths[unitKey];
  return currency === null || hundredths === undefined ? null : Math.round((points * hundredths) / 100);
}
