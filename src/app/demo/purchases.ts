import { BalanceInsufficient } from '../../points/points.results.js';
import type { Redemption, Reward } from '../../rewards/reward.entity.js';
import { RewardOutOfStock } from '../../rewards/reward.results.js';
import { annaOf } from './friends.js';
import { granted, type Plan } from './stage.js';

export const demoRewards = [
  { name: 'Enamel mug with a lighthouse', costPoints: 150, stock: 40 },
  { name: 'Donation of 25 euros to a sea rescue', costPoints: 250 },
  { name: 'A day at the works, for two', costPoints: 600, stock: 6 },
  { name: 'Dinner by the harbour', costPoints: 900, stock: 3 },
];

const shoppingFrom = 200;
const daysBetweenPurchases = 5;
/** What Anna buys after that still waits to be handed over. */
const handedOverUntil = 350;
/** One purchase of so many is cancelled. */
const cancelledEvery = 5;

/** Plans what ambassadors buy with their points, as far as they have any, and what becomes of it. */
export function planPurchases(plan: Plan, rewards: readonly Reward[]): void {
  const { calendar, dice } = plan;
  let purchases = 0;
  for (let day = shoppingFrom; day < 365; day += daysBetweenPurchases) {
    const waits = day > handedOverUntil;
    const buyer = waits ? annaOf(plan) : dice.pick(plan.ambassadors.filter(({ joinsOn }) => joinsOn < day - 60));
    const reward = (waits && rewards[0]) || dice.pick(rewards);
    let bought: Redemption | undefined;
    calendar.plan(day, dice.between(9 * 60, 21 * 60), async () => {
      bought = await buy(plan, buyer.contact.externalId, reward, day);
    });
    if (waits) continue;
    calendar.plan(day + 3, 11 * 60, async () => {
      if (!bought) return;
      purchases += 1;
      await (purchases % cancelledEvery === 0 ? cancel(plan, bought) : handOver(plan, bought));
    });
  }
}

/** What was bought; nothing for who has too few points, or comes too late. */
async function buy({ stage, joined }: Plan, who: string, reward: Reward, day: number): Promise<Redemption | undefined> {
  const caller = stage.asAmbassador(who, joined.get(who) ?? '');
  const input = { rewardId: reward.globalId(), idempotencyKey: `purchase-${day}` };
  const result = await stage.features.redemptions.redeem(caller, input);
  if (result instanceof BalanceInsufficient || result instanceof RewardOutOfStock) return undefined;
  return granted(result).redemption;
}

async function handOver({ stage }: Plan, redemption: Redemption): Promise<void> {
  const input = { redemptionId: redemption.globalId() };
  granted(await stage.features.redemptions.fulfill(stage.as('MODERATOR', 'moderator'), input));
}

async function cancel({ stage }: Plan, redemption: Redemption): Promise<void> {
  const input = { redemptionId: redemption.globalId(), reason: 'Lost on the way; your points are back' };
  granted(await stage.features.redemptions.cancel(stage.as('MODERATOR', 'moderator'), input));
}
