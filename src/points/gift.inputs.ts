import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { defaultUnitKey } from './unit.entity.js';
import { unitKey } from './unit.inputs.js';

@Validated(
  z.object({
    recipientId: rules.globalId,
    amountPoints: z.number().int().min(1, 'must be 1 or more').max(100_000_000, 'must not be more than 100,000,000'),
    message: rules.line(200),
    unitKey,
    idempotencyKey: rules.idempotencyKey,
  }),
)
@InputType({ description: 'Points for another ambassador.' })
export class PointsTransferInput {
  @Field(() => ID, { description: 'The ambassador who gets them.' })
  readonly recipientId: string;

  @Field(() => Int, { description: 'How many; at least what the unit asks for.' })
  readonly amountPoints: number;

  @Field({ description: 'What for, for both to read; at most 200 characters.' })
  readonly message: string;

  @Field({ defaultValue: defaultUnitKey, description: 'In which unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}
