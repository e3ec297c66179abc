import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Validated } from '../platform/graphql/input.js';
import { everyRetentionKind, RetentionKind } from '../platform/retention.js';

const bounds = 'must be from 1 to 120';
const months = z.number().int().min(1, bounds).max(120, bounds);

@InputType({ description: 'How long to keep something.' })
export class RetentionRuleInput {
  @Field(() => RetentionKind, { description: 'What it is about.' })
  readonly kind: RetentionKind;

  @Field(() => Int, { nullable: true, description: 'After how many months to forget it, 1 to 120; null for never.' })
  readonly months?: number | null;
}

@Validated(
  z.object({
    rules: z
      .array(z.object({ kind: z.enum(RetentionKind), months: months.nullish() }))
      .max(everyRetentionKind.length, `must not hold more than ${everyRetentionKind.length} rules`)
      .refine((list) => new Set(list.map(({ kind }) => kind)).size === list.length, {
        error: 'must not hold the same kind twice',
      }),
  }),
)
@InputType({ description: 'How long the program is to keep what; kinds that are left out stay.' })
export class RetentionSetInput {
  @Field(() => [RetentionRuleInput], { description: 'The kinds to change, each once.' })
  readonly rules: readonly RetentionRuleInput[];
}

@Validated(z.object({ months }))
@ArgsType()
export class RetentionPreviewArgs {
  @Field(() => RetentionKind, { description: 'What it is about.' })
  readonly kind: RetentionKind;

  @Field(() => Int, { description: 'After how many months it would be forgotten, 1 to 120.' })
  readonly months: number;
}
