import { IANAZone } from 'luxon';
import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { bandsFit, bandsMisfit, NpsBandsInput, ownBands } from './nps-bands.js';
import { NpsSchemeKey } from './nps-scheme-key.js';

export const timeZone = z
  .string()
  .refine((name) => IANAZone.isValidZone(name), 'must be an IANA time zone, as in Europe/Amsterdam');

/** What a new program has to meet; for the command line, as no caller of the API begins programs. */
export const newProgram = z.object({ slug: rules.key, name: rules.line(), timeZone });

@Validated(
  z
    .object({
      name: rules.line().nullish(),
      timeZone: timeZone.nullish(),
      npsScheme: z.enum(NpsSchemeKey).nullish(),
      npsBands: ownBands.nullish(),
      askFromScore: z.number().int().min(0, 'must be from 0 to 11').max(11, 'must be from 0 to 11').nullish(),
    })
    .refine(({ npsScheme, npsBands }) => bandsFit(npsScheme, npsBands), { path: ['npsBands'], error: bandsMisfit }),
)
@InputType({ description: 'What to change of the program; what is left out stays as it is.' })
export class ProgramUpdateInput {
  @Field(() => String, { nullable: true, description: 'The name for people.' })
  readonly name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'IANA time zone, as in Europe/Amsterdam. Boards by window are counted anew in it.',
  })
  readonly timeZone?: string | null;

  @Field(() => NpsSchemeKey, {
    nullable: true,
    description: 'How scores fall in bands; answers given before follow at once.',
  })
  readonly npsScheme?: NpsSchemeKey | null;

  @Field(() => NpsBandsInput, {
    nullable: true,
    description: 'Own bands, in place of CLASSIC or DUTCH; the scheme is OWN then, and need not be said.',
  })
  readonly npsBands?: NpsBandsInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From this score on a response is answered with a call to action; 11 means never.',
  })
  readonly askFromScore?: number | null;
}
