import sql, { join } from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Referral } from './referral.entity.js';
import { ReferralRewardRules } from './reward-rules.js';
import { FriendGift, FriendVoucher, FriendVoucherPool } from './voucher.entity.js';
import { FriendVoucherPoolCreateInput, FriendVouchersLoadInput } from './voucher.inputs.js';
import {
  FriendVoucherPoolConnection,
  FriendVoucherPoolCreated,
  FriendVoucherPoolCreateResult,
  FriendVouchersLoadResult,
} from './voucher.results.js';
import type { FriendVouchers } from './voucher.service.js';

const voucherOf = new Loader(async (context: BaseContext, referralIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(FriendVoucher, sql`WHERE referral_id IN (${join([...referralIds])})`),
  );
  return inOrder(referralIds, rows, (row) => row.referralId ?? '');
});

/** The referral that brought a contact, while it counts. */
const referralOfFriend = new Loader(async (context: BaseContext, contactIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Referral, sql`WHERE claimed_friend_id IN (${join([...contactIds])})`),
  );
  return inOrder(contactIds, rows, (row) => row.friendId);
});

const countsOf = new Loader(async (context: BaseContext, poolIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ pool_id: string; total: number | string; left_over: number | string }>(sql`
      SELECT pool_id, COUNT(*) AS total, SUM(CASE WHEN state = 'FREE' THEN 1 ELSE 0 END) AS left_over
      FROM friend_voucher WHERE pool_id IN (${join([...poolIds])}) GROUP BY pool_id`),
  );
  return inOrder(poolIds, rows, (row) => row.pool_id).map((row) => ({
    total: Number(row?.total ?? 0),
    left: Number(row?.left_over ?? 0),
  }));
});

@Resolver(() => FriendVoucherPool)
export class FriendVoucherPoolResolver {
  constructor(private readonly vouchers: FriendVouchers) {}

  @Query(() => FriendVoucherPoolConnection, {
    name: 'friendVoucherPools',
    description: 'The pools of voucher codes for friends, newest first. For staff and servers.',
  })
  async list(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<FriendVoucherPoolConnection> {
    return new FriendVoucherPoolConnection(await this.vouchers.list(context, args));
  }

  @Mutation(() => FriendVoucherPoolCreateResult, {
    description: 'Makes a pool of voucher codes for friends. For admins.',
  })
  async friendVoucherPoolCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => FriendVoucherPoolCreateInput) input: FriendVoucherPoolCreateInput,
  ): Promise<typeof FriendVoucherPoolCreateResult> {
    const result = await this.vouchers.createPool(context, input);
    return result instanceof FriendVoucherPool ? new FriendVoucherPoolCreated(result) : result;
  }

  @Mutation(() => FriendVouchersLoadResult, {
    description: 'Adds voucher codes to a pool; sending them again adds nothing. Nobody can list them. For admins.',
  })
  async friendVouchersLoad(
    @Ctx() context: RequestContext,
    @Arg('input', () => FriendVouchersLoadInput) input: FriendVouchersLoadInput,
  ): Promise<typeof FriendVouchersLoadResult> {
    countsOf.clear(context);
    return this.vouchers.load(context, input);
  }

  @FieldResolver(() => Int, { description: 'How many codes it has ever had.' })
  async total(@Root() pool: FriendVoucherPool, @Ctx() context: RequestContext): Promise<number> {
    return (await countsOf.load(context, pool.id)).total;
  }

  @FieldResolver(() => Int, { description: 'How many codes are still for somebody.' })
  async left(@Root() pool: FriendVoucherPool, @Ctx() context: RequestContext): Promise<number> {
    return (await countsOf.load(context, pool.id)).left;
  }
}

@Resolver(() => ReferralRewardRules)
export class RewardRulesVoucherResolver {
  constructor(private readonly vouchers: FriendVouchers) {}

  @FieldResolver(() => FriendVoucherPool, {
    nullable: true,
    description:
      'The pool of which each friend gets a voucher code; null for none, and for who is not staff or a server.',
  })
  async friendVoucherPool(
    @Root() rules: ReferralRewardRules,
    @Ctx() context: RequestContext,
  ): Promise<FriendVoucherPool | undefined> {
    return rules.friendVoucherPoolId ? this.vouchers.find(context, rules.friendVoucherPoolId) : undefined;
  }
}

@Resolver(() => Referral)
export class ReferralGiftResolver {
  constructor(private readonly vouchers: FriendVouchers) {}

  @FieldResolver(() => FriendGift, {
    nullable: true,
    description:
      'What the friend gets, with the voucher code once the hold has passed. For servers, moderators and admins; null for others and before the order.',
  })
  async friendGift(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<FriendGift | undefined> {
    return context.session.may('referral.readGift') ? giftOf(this.vouchers, context, referral) : undefined;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorGiftResolver {
  constructor(private readonly vouchers: FriendVouchers) {}

  @FieldResolver(() => FriendGift, {
    nullable: true,
    description:
      'What the ambassador got as a friend whom somebody brought; for itself, servers, moderators and admins. Null for nothing.',
  })
  async welcomeGift(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<FriendGift | undefined> {
    const owned = { ambassadorId: ambassador.id };
    if (!context.session.may('ambassador.readGift', owned)) return undefined;
    const referral = await referralOfFriend.load(context, ambassador.contactId);
    return referral && giftOf(this.vouchers, context, referral);
  }
}

async function giftOf(
  vouchers: FriendVouchers,
  context: RequestContext,
  referral: Referral,
): Promise<FriendGift | undefined> {
  if (referral.convertedAt === null) return undefined;
  const voucher = referral.friendVoucherId === null ? undefined : await voucherOf.load(context, referral.id);
  const given = voucher?.givenAt ? voucher : undefined;
  return Object.assign(new FriendGift(), {
    text: referral.friendReward(),
    points: referral.status === 'REVERSED' ? 0 : (referral.friendPoints ?? 0),
    voucherCode: given ? vouchers.codeOf(given) : null,
    voucherGivenAt: given?.givenAt ?? null,
    voucherRevokedAt: given?.revokedAt ?? null,
  });
}
