import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';

/** Where a program's own bands meet. Every score from 0 to 10 falls in one band, whatever these are. */
export interface OwnBands {
  readonly detractorTo: number | null;
  readonly promoterFrom: number | null;
}

export const ownBands = z
  .object({
    detractorTo: z.number().int().min(0, 'must be from 0 to 9').max(9, 'must be from 0 to 9'),
    promoterFrom: z.number().int().min(1, 'must be from 1 to 10').max(10, 'must be from 1 to 10'),
  })
  .refine(({ detractorTo, promoterFrom }) => detractorTo < promoterFrom, {
    path: ['promoterFrom'],
    error: 'must be above detractorTo',
  });

@InputType({ description: 'Own bands on the scale of 0 to 10. Whatever lies between the two is passive.' })
export class NpsBandsInput {
  @Field(() => Int, { description: 'Up to this score a respondent is a detractor: 0 to 9.' })
  readonly detractorTo: number;

  @Field(() => Int, { description: 'From this score on a respondent is a promoter: 1 to 10, above detractorTo.' })
  readonly promoterFrom: number;
}

export const bandsMisfit = 'are needed with the scheme OWN, and go with no other';

/** Whether own bands come with OWN, or with no scheme said, and OWN never without. */
export function bandsFit(scheme: string | null | undefined, bands: object | null | undefined): boolean {
  return scheme === 'OWN' ? Boolean(bands) : !bands || !scheme;
}
