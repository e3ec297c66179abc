import type { Ledger } from '../../points/ledger.js';
import { Deliveries } from '../../rewards/delivery.service.js';
import { RedemptionService } from '../../rewards/redemption.service.js';
import { Redemption, Reward } from '../../rewards/reward.entity.js';
import { defineRedemptions } from '../../rewards/reward.personal.js';
import { AmbassadorRedemptionsResolver, RedemptionResolver, RewardResolver } from '../../rewards/reward.resolver.js';
import { defineDeliveryRetention } from '../../rewards/reward.retention.js';
import { RewardService } from '../../rewards/reward.service.js';
import { RewardVouchers } from '../../rewards/reward-voucher.service.js';
import type { Kit } from './kit.js';

/** What points buy. */
export function composeRewards(
  { database, events, nodes, sealer, personalData, retention }: Kit,
  { ledger }: { readonly ledger: Ledger },
) {
  const rewards = new RewardService(database, events, sealer);
  const rewardVouchers = new RewardVouchers(database, sealer);
  const deliveries = new Deliveries(database, sealer);
  const redemptions = new RedemptionService(database, events, ledger, rewardVouchers, deliveries);
  defineRedemptions(personalData, deliveries);
  defineDeliveryRetention(retention);
  nodes.register(Reward, (context, id) => rewards.find(context, id));
  nodes.register(Redemption, (context, id) => redemptions.find(context, id));
  return {
    services: { rewards, redemptions, rewardVouchers },
    resolvers: [
      new RewardResolver(rewards, rewardVouchers),
      new RedemptionResolver(redemptions, deliveries),
      new AmbassadorRedemptionsResolver(redemptions),
    ],
    jobs: [
      { name: 'rewardVouchers.reseal', everyMilliseconds: 3_600_000, doSome: () => rewardVouchers.resealSome() },
      { name: 'deliveries.reseal', everyMilliseconds: 3_600_000, doSome: () => deliveries.resealSome() },
    ],
  };
}
