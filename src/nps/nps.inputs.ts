import { ArgsType, Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { AttributeFilter, attributeFilterRules } from '../contacts/attribute-filter.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { NpsSchemeKey } from '../programs/nps-scheme-key.js';
import { Interval } from './interval.js';
import type { CommonScheme } from './scheme.js';

const filterRules = z
  .object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters').nullish(),
    from: rules.time.nullish(),
    to: rules.time.nullish(),
    scheme: z
      .enum(['CLASSIC', 'DUTCH'], { error: 'must be CLASSIC or DUTCH; own bands count where it is left out' })
      .nullish(),
    attribute: attributeFilterRules.nullish(),
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: 'must be later than from' });

@InputType({ description: 'Which answers to count, and how; all conditions together.' })
export class NpsFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Answers to this survey; to all of the program but those of employees (ENPS) if left out.',
  })
  readonly surveyKey?: string | null;

  @Field(() => Date, { nullable: true, description: 'Answers given at this moment or later.' })
  readonly from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Answers given before this moment.' })
  readonly to?: Date | null;

  @Field(() => NpsSchemeKey, {
    nullable: true,
    description:
      "Counts the same answers by this scheme, CLASSIC or DUTCH; if left out, by the survey's own, or else the program's.",
  })
  readonly scheme?: CommonScheme | null;

  @Field(() => AttributeFilter, { nullable: true, description: 'Answers of contacts with this attribute.' })
  readonly attribute?: AttributeFilter | null;
}

@Validated(z.object({ filter: filterRules.nullish() }))
@ArgsType()
export class NpsArgs {
  @Field(() => NpsFilter, { nullable: true, description: 'Which answers; all of the program if left out.' })
  readonly filter?: NpsFilter | null;
}

@ArgsType()
export class TrendArgs {
  @Field(() => Interval, { defaultValue: Interval.MONTH, description: 'How long each period is.' })
  readonly interval: Interval = Interval.MONTH;
}

@Validated(z.object({ name: z.string().min(1, 'must not be empty').max(64, 'must not be longer than 64 characters') }))
@ArgsType()
export class BreakdownArgs {
  @Field({ description: 'The attribute, as in market.' })
  readonly name: string;
}
