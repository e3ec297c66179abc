import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { SuperpromoterGateKey } from './gate.js';

@Validated(
  z.object({
    ambassadorId: rules.globalId,
    gate: z
      .enum(SuperpromoterGateKey)
      .refine((gate) => gate !== 'ENTHUSIASTIC', 'must be SHARES or INFLUENCES: enthusiasm is told by the score alone'),
    people: z.number().int().min(1, 'must be from 1 to 1000').max(1_000, 'must be from 1 to 1000'),
    text: rules.line(500),
    seenAt: rules.time.nullish(),
    idempotencyKey: rules.idempotencyKey.nullish(),
  }),
)
@InputType({ description: 'What staff saw an ambassador do.' })
export class SuperpromoterNominateInput {
  @Field(() => ID, { description: 'The ambassador.' })
  readonly ambassadorId: string;

  @Field(() => SuperpromoterGateKey, {
    description: 'SHARES for people who were told, INFLUENCES for people who followed.',
  })
  readonly gate: SuperpromoterGateKey;

  @Field(() => Int, { description: 'How many people, 1 to 1,000.' })
  readonly people: number;

  @Field({
    description: 'What was seen, at most 500 characters, as in "She brought in three colleagues at the trade fair".',
  })
  readonly text: string;

  @Field(() => Date, { nullable: true, description: 'When; now if left out.' })
  readonly seenAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}

@Validated(z.object({ nominationId: rules.globalId, reason: rules.line(200) }))
@InputType({ description: 'A nomination that does not count any more.' })
export class SuperpromoterNominationWithdrawInput {
  @Field(() => ID, { description: 'The nomination.' })
  readonly nominationId: string;

  @Field({ description: 'Why, at most 200 characters.' })
  readonly reason: string;
}
