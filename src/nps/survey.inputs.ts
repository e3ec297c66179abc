import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { bandsFit, bandsMisfit, NpsBandsInput, ownBands } from '../programs/nps-bands.js';
import { NpsSchemeKey } from '../programs/nps-scheme-key.js';
import { contrastMin, contrastWithWhite } from './contrast.js';
import { SurveyKind } from './survey.entity.js';

@Validated(
  z
    .object({
      key: rules.key,
      name: rules.line(),
      kind: z.enum(SurveyKind),
      isAnonymous: z.boolean(),
      scheme: z.enum(NpsSchemeKey).nullish(),
      bands: ownBands.nullish(),
    })
    .refine(({ scheme, bands }) => bandsFit(scheme, bands), { path: ['bands'], error: bandsMisfit }),
)
@InputType({ description: 'A survey to make.' })
export class SurveyCreateInput {
  @Field({ description: 'The name for programs: lower-case letters, digits and single hyphens, as in enps-2026.' })
  readonly key: string;

  @Field({ description: 'The name for people, at most 200 characters.' })
  readonly name: string;

  @Field(() => SurveyKind, { defaultValue: SurveyKind.NPS, description: 'Who is asked; never changes.' })
  readonly kind: SurveyKind = SurveyKind.NPS;

  @Field({ defaultValue: false, description: 'Whether nobody is to know who answered what; never changes.' })
  readonly isAnonymous: boolean = false;

  @Field(() => NpsSchemeKey, { nullable: true, description: "Its own scheme; the program's if left out." })
  readonly scheme?: NpsSchemeKey | null;

  @Field(() => NpsBandsInput, {
    nullable: true,
    description: 'Own bands, in place of CLASSIC or DUTCH; the scheme is OWN then, and need not be said.',
  })
  readonly bands?: NpsBandsInput | null;
}

@Validated(
  z.object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    name: rules.line().nullish(),
    brandColor: z
      .string()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, { error: 'must be a colour such as #0b5fa5', abort: true })
      .refine((color) => contrastWithWhite(color) >= contrastMin, {
        error: 'must be darker: white words on it could not be read (WCAG asks for a contrast of 4.5)',
      })
      .nullish(),
    joinUrl: rules.url.nullish(),
  }),
)
@InputType({ description: 'What to change of a survey; what is left out stays as it is.' })
export class SurveyUpdateInput {
  @Field({ description: 'The key of the survey.' })
  readonly surveyKey: string;

  @Field(() => String, { nullable: true, description: 'The name for people, at most 200 characters.' })
  readonly name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The colour of the button on its page, as in #0b5fa5, dark enough for white words; null for ours.',
  })
  readonly brandColor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where its page leads who is asked to join or to do something, http or https; null for nowhere.',
  })
  readonly joinUrl?: string | null;
}
