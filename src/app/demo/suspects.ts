import { Referral } from '../../referrals/referral.entity.js';
import { annaOf } from './friends.js';
import { granted, type Plan } from './stage.js';

const lookedAtOn = 352;
const deniedOn = 338;

/** Plans what the queue of reviews has in it: a friend whom somebody has to look at, and a denial that Anna appeals. */
export function planSuspects(plan: Plan): void {
  const { calendar } = plan;
  const sanne = { email: 'sanne.bos@example.com', displayName: 'Sanne Bos' };
  calendar.plan(deniedOn, 10 * 60, () => bring(plan, sanne));
  calendar.plan(deniedOn + 2, 11 * 60, () => bring(plan, { ...sanne, email: 'sanne.bos+lamp@example.com' }));
  calendar.plan(deniedOn + 3, 9 * 60, () => appeal(plan));
  const forMinutes = { email: 'joris.vos@mailinator.com', displayName: 'Joris Vos' };
  calendar.plan(lookedAtOn, 14 * 60, () => bring(plan, forMinutes));
  calendar.plan(lookedAtOn + 1, 15 * 60, async () => {
    const order = { friend: forMinutes, orderId: 'order-2001', amountCents: 8_900, currency: 'EUR' };
    granted(await plan.stage.features.referrals.convert(plan.stage.as('INTEGRATION', 'shop'), order));
  });
}

/** Anna brings a friend, whatever comes of it. */
async function bring(
  { stage, joined, ...plan }: Plan,
  friend: { readonly email: string; readonly displayName: string },
): Promise<void> {
  const { externalId } = annaOf({ stage, joined, ...plan }).contact;
  const server = stage.as('INTEGRATION', 'shop');
  const { code } = await stage.features.referralCodes.linkOf(server, joined.get(externalId) ?? '');
  await stage.features.referrals.register(server, { code, channel: 'SPOKEN', friend });
}

/** Anna asks for another look at what was denied last. */
async function appeal(plan: Plan): Promise<void> {
  const { stage, joined } = plan;
  const { externalId } = annaOf(plan).contact;
  const anna = stage.asAmbassador(externalId, joined.get(externalId) ?? '');
  const page = { status: 'DENIED' as const, first: 1 };
  const { edges } = await stage.features.referralReviews.list(stage.as('MODERATOR', 'moderator'), page);
  const referral = edges[0] && (await stage.features.referrals.find(anna, edges[0].node.referralId));
  if (!(referral instanceof Referral)) throw new Error('The demo has nothing to appeal against');
  const statement = 'Sanne only used a label so that she can sort her mail. It is her first order.';
  granted(await stage.features.referralReviews.appeal(anna, { referralId: referral.globalId(), statement }));
}
