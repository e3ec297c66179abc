import type { Answer, Client } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

export const days = (count: number) => count * 86_400_000;

const referral = `referral { id status referrerPoints friendReward refusal
  review { id status score summary canAppeal decisionReason decidedBy appealStatement }
  assessments { step score outcome strictness decidedBy decisionReason reasons { code points severity evidence } } }`;

/** A program in which ambassadors bring friends, and a shop that says what it sees of them. */
export class FraudShop {
  private friends = 0;

  private constructor(
    readonly world: World,
    readonly program: TestProgram,
    readonly shop: Client,
  ) {}

  static async open(world: World, terms: object = {}): Promise<FraudShop> {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { referrerPoints: 100, friendReward: '10 euros off', ...terms });
    const { secret } = await program.admin.mutate('apiKeyCreate', { name: 'Shop' }, 'ApiKeyCreated { secret }');
    return new FraudShop(world, program, world.bearer(secret));
  }

  async codeOf({ client }: TestAmbassador): Promise<string> {
    return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
  }

  register(input: object): Promise<Answer> {
    return this.shop.mutate('referralRegister', input, refusable('ReferralRegistered { referral { id status } }'));
  }

  convert(input: object): Promise<Answer> {
    return this.shop.mutate(
      'referralConvert',
      { orderId: this.world.unique('order'), ...input },
      refusable('ReferralConverted { referral { id status referrerPoints } }'),
    );
  }

  decide(referralId: string, decision: 'CLEAR' | 'DENY', reason = 'Looked at it'): Promise<Answer> {
    return this.program.moderator.mutate(
      'referralReviewDecide',
      { referralId, decision, reason },
      refusable(`ReferralReviewDecided { review { status decidedBy ${referral} } }`),
    );
  }

  appeal(client: Client, referralId: string, statement = 'She is my sister'): Promise<Answer> {
    return client.mutate(
      'referralAppeal',
      { referralId, statement },
      'ReferralAppealed { review { status appealStatement } }',
    );
  }

  /** The referrals of the program as staff see them, newest first. */
  async referrals(client: Client = this.program.moderator): Promise<Answer[]> {
    const fields = referral.slice(referral.indexOf('{') + 1, referral.lastIndexOf('}'));
    return (await client.ask(`{ referrals(first: 10) { nodes { ${fields} } } }`)).referrals.nodes;
  }

  async newest(): Promise<Answer> {
    const [newest] = await this.referrals();
    return newest;
  }

  async points({ client }: TestAmbassador): Promise<Answer> {
    return (await client.ask('{ me { points { available pending } } }')).me.points;
  }

  /** Lets time pass, and does what is due by then. */
  async pass(milliseconds: number): Promise<void> {
    this.world.clock.advance(milliseconds);
    const { points, referralRewards } = this.world.server.features;
    await points.releaseDue(this.world.clock.now());
    await referralRewards.rewardDue(this.world.clock.now());
  }

  /** A friend with an address that nobody else in the program has, and that looks like a person's. */
  friend(name: string, domain = 'example.org'): { readonly email: string; readonly displayName: string } {
    this.friends += 1;
    const local = `${name.toLowerCase().replace(/[^a-z]/g, '')}${syllables(this.friends)}`;
    return { email: `${local}@${domain}`, displayName: name };
  }
}

/** A number as something that can be said: 1 is be, 26 is bedu. */
function syllables(number: number): string {
  const all = [...'bdklmnprst'].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel));
  const low = all[number % all.length] ?? '';
  return number < all.length ? low : syllables(Math.floor(number / all.length)) + low;
}

function refusable(selection: string): string {
  return `${selection} ... on ReferralRefused { reason }`;
}
