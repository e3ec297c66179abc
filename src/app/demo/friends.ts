import type { DemoAmbassador, Person } from './people.js';
import { linkOf, planSending, type Sending } from './sharing.js';
import { granted, type Plan } from './stage.js';

export const demoTerms = {
  referrerPoints: 200,
  friendReward: '25 euros off the first order',
  landingUrl: 'https://www.example.com/havenlicht/welcome',
  refundWindowDays: 14,
  rewardRules: { currency: 'EUR', minimumOrderCents: 3_000, steps: [{ fromFriend: 3, points: 350 }], friendPoints: 50 },
};

/** Longer than any hold and a day, so that every referral of the past has come to its end. */
const holdDays = 15;
const firstFriendOn = 140;
const daysBetweenFriends = 20;
/** One of so many never becomes a customer. */
const undecidedEvery = 4;
/** Whose order is sent back. */
const refundedFriend = 6;
/** Who keeps all but one article. */
const partlyRefundedFriend = 4;

/** Plans the friends whom ambassadors bring: registered, mostly converted, rewarded after the hold, one refunded. */
export function planFriends(plan: Plan, friends: readonly Person[]): void {
  const { calendar, dice } = plan;
  for (const [index, friend] of friends.entries()) {
    const day = firstFriendOn + index * daysBetweenFriends;
    const host = index % 3 === 0 ? annaOf(plan) : dice.pick(plan.ambassadors.filter(({ joinsOn }) => joinsOn < day));
    const sent = planSending(plan, host, { day, index });
    calendar.plan(day, dice.between(9 * 60, 20 * 60), () => register(plan, host, friend, sent));
    if (index % undecidedEvery === 1) continue;
    const orderedOn = day + dice.between(1, 4);
    const order = `order-${1_001 + index}`;
    const amountCents = dice.between(40, 400) * 100;
    calendar.plan(orderedOn, dice.between(9 * 60, 20 * 60), () => convert(plan, friend, order, amountCents));
    if (index === refundedFriend) calendar.plan(orderedOn + 6, 10 * 60, () => refund(plan, order));
    if (index === partlyRefundedFriend) calendar.plan(orderedOn + 4, 10 * 60, () => payBack(plan, order));
    calendar.plan(orderedOn + holdDays, 6 * 60, () => release(plan));
  }
}

/** The ambassador whom the README speaks of. */
export function annaOf({ ambassadors }: Plan): DemoAmbassador {
  const anna = ambassadors.find(({ contact }) => contact.externalId === 'anna');
  if (!anna) throw new Error('The demo has no Anna');
  return anna;
}

async function register(plan: Plan, host: DemoAmbassador, friend: Person, { clickId }: Sending): Promise<void> {
  const { stage } = plan;
  const server = stage.as('INTEGRATION', 'shop');
  const naming = clickId ? { clickId } : { code: (await linkOf(plan, host)).code, channel: 'SPOKEN' as const };
  granted(await stage.features.referrals.register(server, { ...naming, friend: friend.contact }));
}

async function convert({ stage }: Plan, { contact }: Person, orderId: string, amountCents: number): Promise<void> {
  const input = { friend: contact, orderId, amountCents, currency: 'EUR' };
  granted(await stage.features.referrals.convert(stage.as('INTEGRATION', 'shop'), input));
}

async function refund({ stage }: Plan, orderId: string): Promise<void> {
  const input = { orderId, reason: 'Sent back within the fourteen days' };
  granted(await stage.features.referrals.reverse(stage.as('INTEGRATION', 'shop'), input));
}

async function payBack({ stage }: Plan, orderId: string): Promise<void> {
  const input = { orderId, refundId: `${orderId}-1`, amountCents: 1_000, reason: 'One lamp sent back' };
  granted(await stage.features.refunds.refund(stage.as('INTEGRATION', 'shop'), input));
}

async function release({ stage }: Plan): Promise<void> {
  await stage.features.points.releaseDue(stage.clock.now());
}
