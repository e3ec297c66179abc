import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { monday, useWorld } from '../support/world.js';

const world = useWorld();
const day = 86_400_000;
const after = (days: number) => new Date(monday.getTime() + days * day).toISOString();
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

test('the way of a referral is seen with its times, from the click to the refund', async () => {
  const program = await world.program();
  await program.admin.mutate('referralTermsSet', { landingUrl: 'https://shop.example.com/' });
  const anna = await program.ambassador('Anna');
  const { url } = (await anna.client.ask('{ me { referralLink { url } } }')).me.referralLink;
  const clicked = await fetch(world.server.url + new URL(url).pathname, { redirect: 'manual', headers: browser });
  const clickId = new URL(clicked.headers.get('location') ?? '').searchParams.get('via');
  const friend = { email: `${world.unique('friend')}@example.com` };
  world.clock.advance(day);
  await program.moderator.mutate('referralRegister', { clickId, friend });
  world.clock.advance(day);
  await program.admin.mutate('referralConvert', { friend, orderId: 'order-1' });
  world.clock.advance(14 * day);
  await world.server.features.points.releaseDue(world.clock.now());
  world.clock.advance(day);
  await program.admin.mutate('referralReverse', { orderId: 'order-1', reason: 'Sent back' });
  const history = '{ me { referrals { nodes { clickedAt history { status at reason } } } } }';
  const { me }: Answer = await anna.client.ask(history);
  expect(me.referrals.nodes).toEqual([
    {
      clickedAt: after(0),
      history: [
        { status: 'REGISTERED', at: after(1), reason: null },
        { status: 'HELD', at: after(2), reason: null },
        { status: 'REWARDED', at: after(16), reason: null },
        { status: 'REVERSED', at: after(17), reason: 'Sent back' },
      ],
    },
  ]);
});

describe('an order delivered again', () => {
  test('takes no step', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { code } = (await anna.client.ask('{ me { referralLink { code } } }')).me.referralLink;
    const order = { code, friend: { email: `${world.unique('friend')}@example.com` }, orderId: 'order-1' };
    for (let delivery = 0; delivery < 3; delivery++) await program.admin.mutate('referralConvert', order);
    const { me }: Answer = await anna.client.ask('{ me { referrals { nodes { history { status } } } } }');
    expect(me.referrals.nodes).toEqual([{ history: [{ status: 'REGISTERED' }, { status: 'HELD' }] }]);
  });
});
