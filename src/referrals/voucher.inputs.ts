import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

const codesMax = 1_000;

@Validated(z.object({ name: rules.line(200) }))
@InputType({ description: 'A pool of voucher codes, still empty.' })
export class FriendVoucherPoolCreateInput {
  @Field({ description: 'What it is called, for staff; at most 200 characters.' })
  readonly name: string;
}

@Validated(
  z.object({
    poolId: rules.globalId,
    codes: z.array(rules.line(200)).min(1, 'must not be empty').max(codesMax, `must not be more than ${codesMax}`),
  }),
)
@InputType({ description: 'Voucher codes for a pool.' })
export class FriendVouchersLoadInput {
  @Field(() => ID, { description: 'The pool.' })
  readonly poolId: string;

  @Field(() => [String], {
    description: 'The codes, 1 to 1,000 at a time; those that the program has already are passed over.',
  })
  readonly codes: readonly string[];
}
