import type { RequestContext } from '../../identity/session.js';
import { BalanceInsufficient } from '../../points/points.results.js';
import type { Redemption, Reward } from '../../rewards/reward.entity.js';
import type { RewardCreateInput } from '../../rewards/reward.inputs.js';
import { RewardLimitReached, RewardNotEligible, RewardOutOfStock } from '../../rewards/reward.results.js';
import { annaOf } from './friends.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan, type Stage } from './stage.js';

interface DemoReward extends RewardCreateInput {
  /** The codes of a voucher. */
  readonly codes?: readonly string[];
}

/** What points buy in the demo: one of each kind. */
export const demoRewards: readonly DemoReward[] = [
  {
    kind: 'PHYSICAL',
    name: 'Enamel mug with a lighthouse',
    description: 'Sent to your door. Holds a third of a litre, and survives a fall.',
    costPoints: 150,
    stock: 40,
    lowStockAt: 5,
  },
  {
    kind: 'DONATION',
    name: 'Donation of 25 euros to a sea rescue',
    description: 'We give, in your name.',
    costPoints: 250,
    donation: { recipient: 'A sea rescue', amountCents: 2_500, currency: 'EUR' },
  },
  {
    kind: 'DIGITAL',
    name: 'A day at the works, for two',
    description: 'See how a lamp is made, and make one.',
    costPoints: 600,
    stock: 6,
    maxPerAmbassador: 1,
    deliveryText: 'Choose your day at https://havenlicht.example/works and say that you are an ambassador.',
  },
  {
    kind: 'VOUCHER',
    name: 'Dinner by the harbour',
    description: 'A code for a dinner for two. You see it once: write it down.',
    costPoints: 900,
    fromLevelRank: 2,
    lowStockAt: 2,
    codes: ['HARBOUR-7K2M-01', 'HARBOUR-9P4T-02', 'HARBOUR-3X8R-03'],
  },
];

/** Makes the rewards, with the codes of those that have some. */
export async function makeRewards(stage: Stage): Promise<Reward[]> {
  const admin = () => stage.as('ADMIN', 'admin');
  const made: Reward[] = [];
  for (const { codes, ...input } of demoRewards) {
    const reward = granted(await stage.features.rewards.create(admin(), input));
    if (codes) granted(await stage.features.rewardVouchers.load(admin(), { rewardId: reward.globalId(), codes }));
    made.push(reward);
  }
  return made;
}

/** What may come of a purchase in the demo beside the thing itself. */
const refusals = [BalanceInsufficient, RewardOutOfStock, RewardNotEligible, RewardLimitReached];

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
      bought = await buy(plan, buyer, reward, day);
    });
    if (waits) continue;
    calendar.plan(day + 3, 11 * 60, async () => {
      if (!bought) return;
      purchases += 1;
      if (purchases % cancelledEvery === 0) await cancel(plan, bought);
      else if (reward.kind === 'VOUCHER') await reveal(plan, buyer, bought);
      else await handOver(plan, bought);
    });
  }
}

/** What was bought; nothing for who has too few points, comes too late, or may not. */
async function buy(plan: Plan, buyer: DemoAmbassador, reward: Reward, day: number): Promise<Redemption | undefined> {
  const { displayName: name } = buyer.contact;
  const deliverTo = { name, street: `Havenkade ${day}`, postalCode: '1234 AB', city: 'Vlissingen', country: 'NL' };
  const address = reward.kind === 'PHYSICAL' ? { deliverTo } : {};
  const input = { rewardId: reward.globalId(), idempotencyKey: `purchase-${day}`, ...address };
  const result = await plan.stage.features.redemptions.redeem(asBuyer(plan, buyer), input);
  if (refusals.some((refusal) => result instanceof refusal)) return undefined;
  return granted(result).redemption;
}

/** The buyer looks at the code. */
async function reveal(plan: Plan, buyer: DemoAmbassador, redemption: Redemption): Promise<void> {
  const input = { redemptionId: redemption.globalId() };
  granted(await plan.stage.features.redemptions.reveal(asBuyer(plan, buyer), input));
}

function asBuyer({ stage, joined }: Plan, { contact }: DemoAmbassador): RequestContext {
  return stage.asAmbassador(contact.externalId, joined.get(contact.externalId) ?? '');
}

async function handOver({ stage }: Plan, redemption: Redemption): Promise<void> {
  const input = { redemptionId: redemption.globalId() };
  granted(await stage.features.redemptions.fulfill(stage.as('MODERATOR', 'moderator'), input));
}

async function cancel({ stage }: Plan, redemption: Redemption): Promise<void> {
  const input = { redemptionId: redemption.globalId(), reason: 'Lost on the way; your points are back' };
  granted(await stage.features.redemptions.cancel(stage.as('MODERATOR', 'moderator'), input));
}
