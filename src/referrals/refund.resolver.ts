import sql, { join } from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { Referral } from './referral.entity.js';
import { ReferralRefund } from './refund.entity.js';
import { ReferralRefundInput } from './refund.inputs.js';
import { ReferralRefundResult } from './refund.results.js';
import type { ReferralRefunds } from './refund.service.js';

const refundsOf = new Loader(async (context: BaseContext, referralIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralRefund, sql`WHERE referral_id IN (${join([...referralIds])}) ORDER BY id`),
  );
  return referralIds.map((id) => rows.filter((row) => row.referralId === id));
});

@Resolver(() => Referral)
export class ReferralRefundResolver {
  constructor(private readonly refunds: ReferralRefunds) {}

  @Mutation(() => ReferralRefundResult, {
    description:
      'Says that an order of a friend was paid back, wholly or in part. A reward that is a part of the order shrinks with it; one of so many points stays while the rest of the order is above the minimum. For servers and staff.',
  })
  async referralRefund(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralRefundInput) input: ReferralRefundInput,
  ): Promise<typeof ReferralRefundResult> {
    refundsOf.clear(context);
    return this.refunds.refund(context, input);
  }

  @FieldResolver(() => [ReferralRefund], {
    nullable: true,
    name: 'refunds',
    description: 'What was paid back of the order, oldest first, at most 100. For staff and servers; null for others.',
  })
  async list(
    @Root() referral: Referral,
    @Ctx() context: RequestContext,
  ): Promise<readonly ReferralRefund[] | undefined> {
    return context.session.may('referral.list') ? refundsOf.load(context, referral.id) : undefined;
  }
}
