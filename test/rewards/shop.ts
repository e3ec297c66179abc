import type { Answer } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

export const address = {
  name: 'Anna de Boer',
  street: 'Havenkade 12',
  postalCode: '4381 AA',
  city: 'Vlissingen',
  country: 'NL',
};

const redeemed = `RewardRedeemed { redemption { id status donatedCents reward { stock } } balance { available } }
  ... on RewardNotEligible { level { rank name } } ... on RewardLimitReached { maxPerAmbassador }`;

/** A program with Anna, who has 100 points to spend on what is offered. */
export class RewardShop {
  private constructor(
    private readonly world: World,
    readonly program: TestProgram,
    readonly anna: TestAmbassador,
  ) {}

  static async open(world: World): Promise<RewardShop> {
    const program = await world.program();
    const shop = new RewardShop(world, program, await program.ambassador('Anna'));
    await program.give(shop.anna, 100);
    return shop;
  }

  create(settings: object): Promise<Answer> {
    const input = { name: 'A thing', costPoints: 10, ...settings };
    return this.program.admin.mutate('rewardCreate', input, 'RewardCreated { reward { id kind stock stockIsLow } }');
  }

  /** A reward on offer, by its id. */
  async offer(settings: object): Promise<string> {
    return (await this.create(settings)).reward.id;
  }

  /** A VOUCHER reward with these codes. */
  async voucher(codes: readonly string[], settings: object = {}): Promise<string> {
    const rewardId = await this.offer({ kind: 'VOUCHER', ...settings });
    if (codes.length > 0) await this.load(rewardId, codes);
    return rewardId;
  }

  load(rewardId: string, codes: readonly string[]): Promise<Answer> {
    const selection = 'RewardVouchersLoaded { loaded alreadyThere reward { stock } }';
    return this.program.admin.mutate('rewardVouchersLoad', { rewardId, codes }, selection);
  }

  redeem(rewardId: string, settings: object = {}, buyer = this.anna): Promise<Answer> {
    const input = { rewardId, idempotencyKey: this.world.unique('buy'), ...settings };
    return buyer.client.mutate('rewardRedeem', input, redeemed);
  }

  /** What somebody bought, by its id. */
  async buy(rewardId: string, settings: object = {}, buyer = this.anna): Promise<string> {
    return (await this.redeem(rewardId, settings, buyer)).redemption.id;
  }

  reveal(redemptionId: string, buyer = this.anna): Promise<Answer> {
    const selection = 'RedemptionRevealed { voucherCode redemption { status } }';
    return buyer.client.mutate('redemptionReveal', { redemptionId }, selection);
  }

  fulfill(redemptionId: string, settings: object = {}): Promise<Answer> {
    const selection = 'RedemptionFulfilled { redemption { status } }';
    return this.program.moderator.mutate('redemptionFulfill', { redemptionId, ...settings }, selection);
  }

  cancel(redemptionId: string): Promise<Answer> {
    const selection = 'RedemptionCancelled { redemption { status reward { stock } } }';
    return this.program.moderator.mutate('redemptionCancel', { redemptionId, reason: 'Sold out' }, selection);
  }

  update(rewardId: string, changes: object): Promise<Answer> {
    const selection = 'RewardUpdated { reward { name costPoints stock stockIsLow } }';
    return this.program.admin.mutate('rewardUpdate', { rewardId, ...changes }, selection);
  }

  /** Fields of a reward or redemption, as somebody sees them. */
  async see(id: string, selection: string, by = this.program.admin): Promise<Answer> {
    const query = `query ($id: ID!) { node(id: $id) { ... on Reward { name stock } ... on Redemption { status } ${selection} } }`;
    return (await by.ask(query, { id })).node;
  }
}
