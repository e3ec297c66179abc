import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

/** The rules of a refund, wherever it comes from. */
export const refundRules = z.object({
  orderId: rules.line(200),
  refundId: rules.line(200),
  amountCents: z.number().int().min(1, 'must be 1 or more').max(2_147_483_647, 'must be 2147483647 or less').nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR')
    .nullish(),
  reason: rules.line(200),
});

@Validated(refundRules)
@InputType({ description: 'Money of an order that went back, all of it or a part.' })
export class ReferralRefundInput {
  @Field({ description: "The shop's own id of the order." })
  readonly orderId: string;

  @Field({ description: "The shop's own id of the refund; the same refund of an order counts once." })
  readonly refundId: string;

  @Field(() => Int, { nullable: true, description: 'What went back, in cents; all that is left if left out.' })
  readonly amountCents?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217; has to be that of the order. Not checked if left out.',
  })
  readonly currency?: string | null;

  @Field({ description: 'Why, for the ambassador to read; at most 200 characters.' })
  readonly reason: string;
}
