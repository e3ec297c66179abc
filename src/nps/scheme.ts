import { Field, Int, ObjectType } from 'type-graphql';
import { NpsBand } from '../programs/nps-band.js';
import type { OwnBands } from '../programs/nps-bands.js';
import { NpsSchemeKey } from '../programs/nps-scheme-key.js';
import type { Program } from '../programs/program.entity.js';
import type { Survey } from './survey.entity.js';

@ObjectType({ description: 'Which scores there are, and how they fall in bands.' })
export class NpsScheme {
  @Field(() => NpsSchemeKey, { description: 'Which scheme it is.' })
  readonly key: NpsSchemeKey;

  @Field(() => Int, { description: 'The lowest score that can be given.' })
  readonly lowestScore: number;

  @Field(() => Int, { description: 'The highest score that can be given.' })
  readonly highestScore: number;

  @Field(() => Int, { description: 'From this score on a respondent is a promoter.' })
  readonly promoterFrom: number;

  @Field(() => Int, { description: 'Up to this score a respondent is a detractor.' })
  readonly detractorTo: number;
}

function scheme(fields: NpsScheme): NpsScheme {
  return Object.assign(new NpsScheme(), fields);
}

/** A scheme that means the same in every program. */
export type CommonScheme = Exclude<NpsSchemeKey, 'OWN'>;

/** The schemes that every program can count by. CLASSIC after Reichheld (2003); DUTCH after Dutch school marks, in which an 8 is good. */
export const schemes: Readonly<Record<CommonScheme, NpsScheme>> = {
  CLASSIC: scheme({ key: 'CLASSIC', lowestScore: 0, highestScore: 10, promoterFrom: 9, detractorTo: 6 }),
  DUTCH: scheme({ key: 'DUTCH', lowestScore: 1, highestScore: 10, promoterFrom: 8, detractorTo: 5 }),
};

/** The scheme that a survey's answers count by: its own, or else the program's; the program's without a survey. */
export function schemeOf(program: Program, survey?: Survey): NpsScheme {
  return survey?.schemeKey ? named(survey.schemeKey, survey) : named(program.npsSchemeKey, program);
}

function named(key: NpsSchemeKey, { detractorTo, promoterFrom }: OwnBands): NpsScheme {
  if (key !== 'OWN') return schemes[key];
  if (detractorTo === null || promoterFrom === null) throw new Error('A scheme of its own has no bands');
  return scheme({ key, lowestScore: 0, highestScore: 10, promoterFrom, detractorTo });
}

/** Every score that any scheme knows. */
export const everyScore: readonly number[] = Array.from({ length: 11 }, (_, score) => score);

/** Whether a score can be given under a scheme. */
export function allowsScore({ lowestScore, highestScore }: NpsScheme, score: number): boolean {
  return Number.isInteger(score) && lowestScore <= score && score <= highestScore;
}

/** What a score counts as: one from under another scheme that lies below the lowest counts as the lowest. */
export function countedScore({ lowestScore, highestScore }: NpsScheme, score: number): number {
  return Math.min(highestScore, Math.max(lowestScore, score));
}

/** The band that a score falls in. The one place that says so. */
export function bandOf({ promoterFrom, detractorTo }: NpsScheme, score: number): NpsBand {
  if (score >= promoterFrom) return NpsBand.PROMOTER;
  return score <= detractorTo ? NpsBand.DETRACTOR : NpsBand.PASSIVE;
}
