import { describe, expect, test } from '@jest/globals';
import { rowId } from '../../src/platform/graphql/node.js';
import type { ReferralAssessmentOutcome } from '../../src/referrals/fraud/fraud.enums.js';
import { ReferralClickFlood } from '../../src/referrals/referral.clicks.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, useWorld, type World } from '../support/world.js';
import { frauds } from './corpus/frauds.js';
import { seeds } from './corpus/measure.js';
import { Census } from './corpus/people.js';
import {
  type Act,
  type Click,
  type Host,
  isFlagged,
  type Means,
  minutes,
  type Person,
  type Scene,
} from './corpus/scene.js';
import { FraudShop } from './shop.js';

const world = useWorld();
const judged = 'referral { status review { status } }';
/** Links count no robots; what a test calls itself by default is one. */
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Scenes played on a server, over its public API, with the evidence that it gathers from its database. */
class ServerScene implements Scene {
  private readonly orders = new Map<string, string>();
  private readonly hosts = new Map<string, TestAmbassador>();

  private constructor(
    private readonly shop: FraudShop,
    private readonly world: World,
  ) {}

  static async open(place: World): Promise<ServerScene> {
    return new ServerScene(await FraudShop.open(place, { landingUrl: 'https://shop.example.com/welcome' }), place);
  }

  async ambassador(person: Person, means?: Means): Promise<Host> {
    const ambassador = await this.shop.program.ambassador(person.name ?? 'Somebody', {
      email: person.email,
      displayName: person.name,
    });
    this.hosts.set(ambassador.id, ambassador);
    if (means) {
      const input = { ambassadorId: ambassador.id, evidence: evidenceOf(means) };
      await this.shop.shop.mutate('referralEvidenceRecord', input);
    }
    return ambassador;
  }

  async customer(person: Person): Promise<void> {
    await this.shop.program.admin.mutate('npsResponseRecord', { contact: contactOf(person), score: 8 });
  }

  async click(host: Host): Promise<Click> {
    const address = `${this.world.server.url}/r/${await this.codeOf(host)}`;
    const response = await fetch(address, { redirect: 'manual', headers: { 'user-agent': browser } });
    const id = new URL(response.headers.get('location') ?? '').searchParams.get('via');
    if (!id) throw new Error('The click was not noted');
    return { id };
  }

  /** A thousand visits over HTTP tell no more than the one row that the server makes of them. */
  async flood(host: Host, count: number): Promise<void> {
    const ambassadorId = rowId({ name: 'Ambassador' }, host.id) ?? '';
    const programId = this.shop.program.program.id;
    await this.world.server.platform.database.transact((tx) =>
      tx.insert(ReferralClickFlood, { ambassadorId, programId, day: tx.now.toISOString().slice(0, 10), clicks: count }),
    );
  }

  async register(host: Host, friend: Person, act: Act = {}): Promise<ReferralAssessmentOutcome> {
    const result = await this.shop.program.moderator.mutate(
      'referralRegister',
      {
        code: await this.codeOf(host),
        clickId: act.click?.id,
        friend: contactOf(friend),
        evidence: evidenceOf(act.means),
      },
      `ReferralRegistered { ${judged} } ... on ReferralRefused { reason }`,
    );
    return outcomeOf(result);
  }

  async buy(friend: Person, act: Act = {}): Promise<ReferralAssessmentOutcome> {
    const orderId = this.world.unique('order');
    this.orders.set(friend.email ?? '', orderId);
    const result = await this.shop.program.moderator.mutate(
      'referralConvert',
      { friend: contactOf(friend), orderId, evidence: evidenceOf(act.means) },
      `ReferralConverted { ${judged} } ... on ReferralRefused { reason }`,
    );
    return outcomeOf(result);
  }

  async undo(friend: Person): Promise<void> {
    const orderId = this.orders.get(friend.email ?? '');
    await this.shop.shop.mutate('referralReverse', { orderId, reason: 'Sent back' });
  }

  async pass(milliseconds: number): Promise<void> {
    this.world.clock.advance(milliseconds);
  }

  private codeOf({ id }: Host): Promise<string> {
    const host = this.hosts.get(id);
    if (!host) throw new Error('There is no such ambassador');
    return this.shop.codeOf(host);
  }
}

function contactOf({ name, email }: Person) {
  return { email, displayName: name };
}

/** Names of networks become addresses: `network 300` is 10.0.1.44. */
function evidenceOf({ network, device, payment }: Means = {}) {
  const number = Number(network?.replace(/\D/g, '') ?? 0);
  return {
    ipAddress: network ? `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` : null,
    deviceId: device ?? null,
    paymentId: payment ?? null,
  };
}

function outcomeOf({ __typename, referral }: Answer): ReferralAssessmentOutcome {
  if (__typename === 'ReferralRefused') return 'DENIED';
  if (!referral) throw new Error(`The API answered with ${__typename}`);
  return referral.review?.status === 'OPEN' ? 'REVIEW' : 'PASSED';
}

describe('on the server', () => {
  test.each(frauds.map((fraud, index) => [fraud.name, fraud, index] as const))(
    '%s is blocked or sent to review',
    async (_, fraud, index) => {
      const scene = await ServerScene.open(world);
      expect(isFlagged(await fraud.play(scene, new Census(seeds.known + index)))).toBe(true);
    },
    // The longest brings 51 friends, who all buy.
    150_000,
  );

  test('a friend of whom everything is seen, and nothing is odd, passes', async () => {
    const [scene, census] = [await ServerScene.open(world), new Census(seeds.known)];
    const host = await scene.ambassador(census.person(), census.means());
    const [click, friend] = [await scene.click(host), census.person()];
    await scene.pass(minutes(2));
    expect(await scene.register(host, friend, { click, means: census.means() })).toBe('PASSED');
    await scene.pass(minutes(9));
    expect(await scene.buy(friend, { means: census.means() })).toBe('PASSED');
  });

  test('who mistyped the address and registers again, on the same telephone, passes', async () => {
    const [scene, census] = [await ServerScene.open(world), new Census(seeds.known)];
    const [host, means] = [await scene.ambassador(census.person()), census.means()];
    await scene.register(host, { name: 'Lisa de Vries', email: 'lisa.devires@ziggo.nl' }, { means });
    await scene.pass(minutes(3));
    const right = { name: 'Lisa de Vries', email: 'lisa.devries@ziggo.nl' };
    expect(await scene.register(host, right, { means })).toBe('PASSED');
    expect(await scene.buy(right, { means })).toBe('PASSED');
  });
});
