import sql, { join } from 'sql-template-tag';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import type { Reward } from './reward.entity.js';

@ObjectType({ description: 'What a DONATION reward gives, and has given.' })
export class RewardDonation {
  @Field({ description: 'Who gets the money.' })
  readonly recipient: string;

  @Field(() => Int, { description: 'How much for each redemption, in cents.' })
  readonly amountCents: number;

  @Field({ description: 'The currency by ISO 4217.' })
  readonly currency: string;

  @Field(() => Float, {
    description: 'How much was donated so far, in whole cents: by the redemptions that are fulfilled.',
  })
  readonly donatedCents: number;
}

const donatedBy = new Loader(async (context: BaseContext, rewardIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ reward_id: string; cents: number | string | null }>(sql`
      SELECT reward_id, SUM(donated_cents) AS cents FROM redemption
      WHERE reward_id IN (${join([...rewardIds])}) AND status = 'FULFILLED' GROUP BY reward_id`),
  );
  return inOrder(rewardIds, rows, (row) => row.reward_id).map((row) => Number(row?.cents ?? 0));
});

/** What a reward donates; null for another kind. */
export async function donationOf(context: BaseContext, reward: Reward): Promise<RewardDonation | null> {
  const { donationRecipient: recipient, donationCents: amountCents, donationCurrency: currency } = reward;
  if (recipient === null || amountCents === null || currency === null) return null;
  const donatedCents = await donatedBy.load(context, reward.id);
  return Object.assign(new RewardDonation(), { recipient, amountCents, currency, donatedCents });
}

/** A redemption was settled: what was donated is to be counted anew. */
export function forgetDonated(context: BaseContext): void {
  donatedBy.clear(context);
}
