import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Contact } from '../contacts/contact.entity.js';
import type { ContactInput } from '../contacts/contact.inputs.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { friendKeys, nameFits } from './friend-key.js';
import { ReferralClaim, ReferralNomination } from './nomination.entity.js';
import { Referral } from './referral.entity.js';

/** Of one friend so many namings are looked at, the oldest first. */
const perFriendMax = 10;
const forgetBatchSize = 200;

/** The nomination that a referral was matched with. */
export const nominationOf = new Loader(async (context: BaseContext, referralIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralNomination, sql`WHERE referral_id IN (${join([...referralIds])})`),
  );
  return inOrder(referralIds, rows, (row) => row.referralId);
});

/** What both sides said beforehand, and what of it fits together. Callers hold the terms of the program. */
export class Nominations {
  constructor(private readonly database: Database) {}

  /** The ambassadors who named this friend and whose nomination is open, the first of them first. */
  async nominatorsOf(tx: Transaction, programId: string, friend: ContactInput): Promise<Ambassador[]> {
    const keys = friendKeys(programId, friend);
    return tx.select(
      Ambassador,
      sql`JOIN referral_nomination n ON n.ambassador_id = ambassador.id
        WHERE n.program_id = ${programId} AND n.friend_key IN (${join([...keys])})
          AND n.referral_id IS NULL AND n.expires_at > ${tx.now}
        ORDER BY n.nominated_at, n.id LIMIT ${perFriendMax}`,
    );
  }

  /** The claims of this friend that wait for the ambassador, by name. */
  async claimOf(tx: Transaction, ambassador: Ambassador, friend: ContactInput): Promise<ReferralClaim | undefined> {
    const keys = friendKeys(ambassador.programId, friend);
    const claims = await tx.select(
      ReferralClaim,
      sql`WHERE program_id = ${ambassador.programId} AND friend_key IN (${join([...keys])})
        AND expires_at > ${tx.now} AND dismissed_at IS NULL ORDER BY id LIMIT ${perFriendMax}`,
    );
    return claims.find(({ referrerName }) => nameFits(referrerName, ambassador.displayName));
  }

  /** A friend is registered: the nomination by the same ambassador is matched, and what the friend claimed is settled. */
  async followRegistration(tx: Transaction, referralId: string): Promise<void> {
    const referral = await tx.first(Referral, sql`WHERE id = ${referralId}`);
    const friend = referral && (await tx.first(Contact, sql`WHERE id = ${referral.friendId}`));
    const keys = friend ? friendKeys(friend.programId, friend) : [];
    if (!referral || keys.length === 0) return;
    const matched = await tx.first(
      ReferralNomination,
      sql`WHERE ambassador_id = ${referral.referrerId} AND friend_key IN (${join([...keys])})
        AND referral_id IS NULL AND expires_at > ${tx.now} ORDER BY nominated_at, id LIMIT 1`,
    );
    if (matched) {
      await tx.execute(sql`UPDATE referral_nomination SET referral_id = ${referral.id} WHERE id = ${matched.id}`);
    }
    await tx.execute(sql`
      DELETE FROM referral_claim
      WHERE program_id = ${referral.programId} AND friend_key IN (${join([...keys])})`);
  }

  /** Forgets what waited in vain. Answers how much that was. */
  async forgetSome(now: Date): Promise<number> {
    const due = sql`WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${forgetBatchSize}`;
    const claims = await this.database.read((db) => db.select(ReferralClaim, due));
    const nominations = await this.database.read((db) =>
      db.select(
        ReferralNomination,
        sql`WHERE expires_at <= ${now} AND referral_id IS NULL ORDER BY expires_at LIMIT ${forgetBatchSize}`,
      ),
    );
    await this.database.transact(async (tx) => {
      for (const { id } of claims) {
        await tx.execute(sql`DELETE FROM referral_claim WHERE id = ${id} AND expires_at <= ${now}`);
      }
      for (const { id } of nominations) {
        await tx.execute(sql`
          DELETE FROM referral_nomination WHERE id = ${id} AND expires_at <= ${now} AND referral_id IS NULL`);
      }
    });
    return claims.length + nominations.length;
  }
}
