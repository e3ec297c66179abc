import { expect } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { expectInvariants } from '../support/invariants.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';
import { dayMilliseconds, kudosTerms, Model } from './model.js';

/** A step of a history, made of three numbers whose meaning depends on what there is when it is taken. */
export interface Step {
  readonly name: string;
  readonly who: number;
  readonly what: number;
  readonly amount: number;
}

/** Takes a step in the engine and in the model, and holds the one against the other. */
export type Take = (history: History, step: Step) => Promise<void>;

/** One program with its ambassadors, and the model of what has to become of it. */
export class History {
  readonly model = new Model();
  readonly ambassadors: TestAmbassador[] = [];
  readonly codes: string[] = [];
  private keys = 0;

  private constructor(
    readonly world: World,
    readonly program: TestProgram,
  ) {
    this.model.now = world.clock.now().getTime();
  }

  /** A program with two ambassadors, who may become four; bringing a friend is worth 100 points after 14 days. */
  static async begin(world: World): Promise<History> {
    const history = new History(world, await world.program());
    await history.program.admin.mutate('referralTermsSet', { referrerPoints: 100, holdDays: 14 });
    await history.program.admin.mutate('socialTermsSet', kudosTerms);
    for (let index = 0; index < 2; index++) await history.enroll();
    return history;
  }

  async enroll(): Promise<void> {
    const ambassador = await this.program.ambassador(`Ambassador ${this.ambassadors.length}`);
    this.ambassadors.push(ambassador);
    this.model.ambassadors.push({ available: 0, lifetime: 0, pending: [] });
    const { me } = await ambassador.client.ask('{ me { referralLink { code } } }');
    this.codes.push(me.referralLink.code);
  }

  /** The ambassador at that place, however many there are. */
  ambassador(index: number): TestAmbassador {
    const ambassador = this.ambassadors[index];
    if (!ambassador) throw new Error('There is no such ambassador');
    return ambassador;
  }

  /** A key, or a name, that this history has not used. */
  key(): string {
    this.keys += 1;
    return `key-${this.keys}`;
  }

  /** Time passes, and whatever is due by then is done, as the server's own jobs do it. */
  async pass(milliseconds: number): Promise<void> {
    this.world.clock.advance(milliseconds);
    this.model.pass(milliseconds);
    await this.settle();
  }

  /** Does what is due, until nothing is. */
  async settle(): Promise<void> {
    for (const { doSome } of this.world.server.features.periodic) while ((await doSome()) > 0);
  }

  expectBalance(index: number, balance: Answer): void {
    const { available, lifetime, pending } = this.model.of(index);
    const waiting = pending.reduce((sum, { amount }) => sum + amount, 0);
    expect({ of: index, ...balance }).toMatchObject({ of: index, available, lifetime, pending: waiting });
  }

  /** Everything that the API says of the program is what the model says, and what must always be true is. */
  async expectAll(): Promise<void> {
    await this.settle();
    for (const [index, { client }] of this.ambassadors.entries()) {
      const { me } = await client.ask('{ me { points { available pending lifetime } standing { points } } }');
      this.expectBalance(index, me.points);
    }
    const ids = [...this.model.submissions, ...this.model.redemptions, ...this.model.rewards].map(({ id }) => id);
    const found: Answer[] = [];
    for (let start = 0; start < ids.length; start += 50) {
      const { nodes } = await this.program.admin.ask(
        `query ($ids: [ID!]!) { nodes(ids: $ids) { id
          ... on Submission { submitted: status votes } ... on Redemption { redeemed: status } ... on Reward { stock } } }`,
        { ids: ids.slice(start, start + 50) },
      );
      found.push(...nodes);
    }
    const byId = new Map(found.map((node) => [node.id, node]));
    for (const { id, status, voters } of this.model.submissions) {
      expect(byId.get(id)).toMatchObject({ submitted: status, votes: voters.size });
    }
    for (const { id, status } of this.model.redemptions) expect(byId.get(id)).toMatchObject({ redeemed: status });
    for (const { id, stock } of this.model.rewards) expect(byId.get(id)).toMatchObject({ stock });
    await this.expectReferrals();
    await expectInvariants(this.world.server.platform.database);
  }

  private async expectReferrals(): Promise<void> {
    const statuses: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { referrals }: Answer = await this.program.admin.ask(
        'query ($after: String) { referrals(first: 100, after: $after) { nodes { status } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      statuses.push(...referrals.nodes.map(({ status }: Answer) => status));
      after = referrals.pageInfo.endCursor;
      more = referrals.pageInfo.hasNextPage;
    }
    expect(statuses.sort()).toEqual(this.model.referrals.map(({ status }) => status).sort());
  }
}

export const days = (count: number): number => count * dayMilliseconds;
