import sql, { join } from 'sql-template-tag';
import { Ctx, Field, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { Optional, Stored } from '../platform/database/columns.js';
import type { Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { Referral, ReferralStatus, sayRefusal } from './referral.entity.js';

@ObjectType({ description: 'One step on the way of a referral.' })
@Entity('referral_step')
export class ReferralStep {
  @PrimaryColumn('varchar', { length: '36', name: 'referral_id' })
  readonly referralId: string;

  /** 1, 2, 3: in the order in which they were taken. */
  @PrimaryColumn('integer', { name: 'position' })
  readonly position: number;

  @Field(() => ReferralStatus, { description: 'How far it came with this step.' })
  @Stored('key', 'status')
  readonly status: ReferralStatus;

  @Field({ description: 'When it took this step.' })
  @Stored('time', 'at')
  readonly at: Date;

  @Optional('line', 'reason')
  readonly storedReason: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or reversed; null otherwise.' })
  reason(@Ctx() context: BaseContext): string | null {
    return sayRefusal(context, this.storedReason);
  }
}

/** The steps of referrals, oldest first; each has a handful. */
export const stepsOf = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralStep, sql`WHERE referral_id IN (${join([...ids])}) ORDER BY referral_id, position`),
  );
  return ids.map((id) => rows.filter(({ referralId }) => referralId === id));
});

/** Notes where a referral stands, whenever something is told of it. In the transaction that moved it. */
export async function noteStep(tx: Transaction, referralId: string): Promise<void> {
  const referral = await tx.first(Referral, sql`WHERE id = ${referralId}`);
  if (!referral) throw new Error('Something was told of a referral that does not exist');
  const last = await tx.first(ReferralStep, sql`WHERE referral_id = ${referralId} ORDER BY position DESC LIMIT 1`);
  if (last?.status === referral.status) return;
  await tx.insert(ReferralStep, {
    referralId,
    position: (last?.position ?? 0) + 1,
    status: referral.status,
    at: tx.now,
    storedReason: referral.storedRefusal,
  });
}
