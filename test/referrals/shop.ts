import type { Answer, Client } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

export const days = (count: number) => count * 86_400_000;

const referral = 'referral { id status referrerPoints friendReward cappedBy refundedCents refusal referrer { id } }';

/** An ambassador who brings friends, and the shop that tells of their orders. */
export class Shop {
  private constructor(
    private readonly world: World,
    readonly program: TestProgram,
    readonly anna: TestAmbassador,
    readonly code: string,
  ) {}

  /** @param terms changed before Anna joins */
  static async open(world: World, terms: object = {}): Promise<Shop> {
    return Shop.openIn(world, await world.program(), terms);
  }

  static async openIn(world: World, program: TestProgram, terms: object = {}): Promise<Shop> {
    const shop = new Shop(world, program, await program.ambassador('Anna'), '');
    await shop.setTerms({ referrerPoints: 100, friendReward: '10 euros off', ...terms });
    return new Shop(world, program, shop.anna, await shop.codeOf(shop.anna));
  }

  /** A pool with these codes. */
  async pool(codes: readonly string[]): Promise<string> {
    const selection = 'FriendVoucherPoolCreated { pool { id } }';
    const { pool } = await this.program.admin.mutate('friendVoucherPoolCreate', { name: 'Spring' }, selection);
    await this.load(pool.id, codes);
    return pool.id;
  }

  load(poolId: string, codes: readonly string[]): Promise<Answer> {
    const selection = 'FriendVouchersLoaded { loaded alreadyThere pool { total left } }';
    return this.program.admin.mutate('friendVouchersLoad', { poolId, codes }, selection);
  }

  /** The gifts of all friends, oldest first, as this caller sees them. */
  async gifts(client: Client = this.program.admin): Promise<Answer[]> {
    const wanted = 'status friendGift { voucherCode voucherRevokedAt }';
    return (await client.ask(`{ referrals(last: 50) { nodes { ${wanted} } } }`)).referrals.nodes.reverse();
  }

  setTerms(terms: object): Promise<Answer> {
    const wanted =
      'terms { holdDays refundWindowDays rewardRules { rateBasisPoints pointsPerUnit currency friendPoints } }';
    return this.program.admin.mutate('referralTermsSet', terms, `ReferralTermsReplaced { ${wanted} }`);
  }

  async codeOf({ client }: TestAmbassador): Promise<string> {
    return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
  }

  newFriend(): { readonly email: string } {
    return { email: `${this.world.unique('friend')}@example.com` };
  }

  /** A friend of Anna's, unless it says otherwise, orders. The order has a name of its own. */
  order(input: object = {}): Promise<Answer> {
    const order = { code: this.code, friend: this.newFriend(), orderId: this.world.unique('order') };
    return convert(this.program.admin, { ...order, ...input });
  }

  /** So many cents in euros. */
  orderOf(amountCents: number, input: object = {}): Promise<Answer> {
    return this.order({ amountCents, currency: 'EUR', ...input });
  }

  reverse(orderId: string): Promise<Answer> {
    const input = { orderId, reason: 'Sent back' };
    return this.program.admin.mutate('referralReverse', input, `ReferralReversed { ${referral} }`);
  }

  /** So many cents go back; all that is left if it says nothing. */
  refund(orderId: string, amountCents?: number, refundId = this.world.unique('refund')): Promise<Answer> {
    const input = { orderId, refundId, amountCents, reason: 'Sent back' };
    const selection = `ReferralRefunded { ${referral} refund { refundId amountCents pointsTaken } }`;
    return this.program.admin.mutate('referralRefund', input, selection);
  }

  /** Lets so much time pass, and what is due be done. */
  async pass(milliseconds: number): Promise<void> {
    this.world.clock.advance(milliseconds);
    await this.world.server.features.points.releaseDue(this.world.clock.now());
    await this.world.server.features.referralRewards.rewardDue(this.world.clock.now());
  }

  points({ client }: TestAmbassador = this.anna): Promise<Answer> {
    return client.ask('{ me { points { available pending lifetime debt } } }').then(({ me }) => me.points);
  }
}

export function convert(client: Client, input: object): Promise<Answer> {
  return client.mutate('referralConvert', input, `ReferralConverted { ${referral} } ... on ReferralRefused { reason }`);
}
