import sql, { join, type Sql } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import {
  idsOf,
  type NamedPerson,
  ofAmbassador,
  type Person,
  type PersonalData,
  withoutAmbassador,
} from '../platform/personal.js';
import type { Random } from '../platform/random.js';
import { ReferralSighting } from './fraud/fraud.entity.js';
import { friendKeys } from './friend-key.js';
import { ReferralNomination } from './nomination.entity.js';
import { Referral, ReferralClick } from './referral.entity.js';
import { newCode } from './spoken-code.js';

/** Who brought whom: who it was goes, that somebody was brought stays, with the order and what was paid for it. */
export function defineReferrals(personalData: PersonalData, random: Random): void {
  personalData.define(
    {
      part: 'referrals',
      entity: Referral,
      of: eitherSide,
      keyOf: ({ id }) => id,
      erase: blank,
      show: async (_, rows) =>
        rows.map(({ id, status, source, channel, registeredAt, convertedAt, orderId, amountCents, currency }) => {
          return { id, status, source, channel, registeredAt, convertedAt, orderId, amountCents, currency };
        }),
    },
    ['referral', 'referral_step', 'referral_refund', 'referral_review', 'referral_assessment'],
  );
  personalData.define(
    {
      part: 'nominatedFriends',
      entity: ReferralNomination,
      of: ofAmbassador(),
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => forgetNominations(tx, sql`id IN (${idsOf(rows)})`),
      show: async (_, rows) => rows.map(({ friendName, nominatedAt }) => ({ friendName, nominatedAt })),
    },
    ['referral_nomination', 'referral_claim'],
  );
  personalData.define(
    {
      part: 'sightings',
      entity: ReferralSighting,
      of: ({ contactId }) => sql`contact_id = ${contactId}`,
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`DELETE FROM referral_sighting WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) => rows.map(({ kind, seenAt, forgetAt }) => ({ kind, seenAt, forgetAt })),
    },
    ['referral_sighting'],
  );
  personalData.define({
    part: 'clicks',
    entity: ReferralClick,
    of: ofAmbassador(),
    keyOf: ({ id }) => id,
    show: async (_, rows) => rows.map(({ clickedAt, channel }) => ({ clickedAt, channel })),
  });
  personalData.whileNamed((tx, person) => forgetNamings(tx, person), ['referral_code']);
  personalData.whileNamed(async (tx, { ambassadorId }) => {
    // The link that was shared leads nowhere from now on.
    await tx.execute(sql`UPDATE referral_code SET code = ${newCode(random)} WHERE ambassador_id = ${ambassadorId}`);
  });
  personalData.keepNumbers('referral_click', 'referral_click_flood', 'friend_voucher');
  personalData.concernNobody(
    ...['referral_terms', 'referral_fraud_policy', 'referral_share_text', 'friend_voucher_pool', 'conversion_secret'],
  );
}

/** Those that the person brought, and the one that brought the person. */
function eitherSide({ contactId, ambassadorId }: Person): Sql {
  return sql`id IN (SELECT id FROM referral WHERE friend_id = ${contactId}
    UNION SELECT id FROM referral WHERE referrer_id = ${ambassadorId})`;
}

/** What was written about referrals, by the person and by those who judged them. */
async function blank(tx: Transaction, rows: readonly Referral[]): Promise<void> {
  const ids = idsOf(rows);
  // What the rules refused says a code; what somebody reversed says why in their words.
  await tx.execute(sql`UPDATE referral SET refusal = '' WHERE id IN (${ids}) AND status = 'REVERSED'`);
  await tx.execute(sql`UPDATE referral_step SET reason = '' WHERE referral_id IN (${ids}) AND status = 'REVERSED'`);
  await tx.execute(sql`UPDATE referral_refund SET reason = '' WHERE referral_id IN (${ids})`);
  await tx.execute(sql`
    UPDATE referral_review SET decision_reason = CASE WHEN decision_reason IS NULL THEN NULL ELSE '' END,
      appeal_statement = CASE WHEN appeal_statement IS NULL THEN NULL ELSE '' END, ${withoutAmbassador(sql`appealed_by`)}
    WHERE referral_id IN (${ids})`);
  await tx.execute(sql`
    UPDATE referral_assessment SET decision_reason = CASE WHEN decision_reason IS NULL THEN NULL ELSE '' END,
      ${withoutAmbassador(sql`decided_by`)}
    WHERE referral_id IN (${ids})`);
  await forgetNominations(tx, sql`referral_id IN (${ids})`);
}

/** What waits for a friend is gone; what was matched stays, without saying who the friend is. */
async function forgetNominations(tx: Transaction, which: Sql): Promise<void> {
  await tx.execute(sql`DELETE FROM referral_nomination WHERE referral_id IS NULL AND ${which}`);
  await tx.execute(sql`
    UPDATE referral_nomination SET friend_name = '', friend_key = CONCAT('erased:', id) WHERE ${which}`);
}

/** What others said of the person by name or address, and the person of others, before they were registered. */
async function forgetNamings(tx: Transaction, person: NamedPerson): Promise<void> {
  const { programId, externalId, email, names, ambassadorId } = person;
  const keys = friendKeys(programId, { externalId, email });
  if (keys.length > 0) {
    await forgetNominations(tx, sql`program_id = ${programId} AND friend_key IN (${join([...keys])})`);
    await tx.execute(sql`
      DELETE FROM referral_claim WHERE program_id = ${programId} AND friend_key IN (${join([...keys])})`);
  }
  if (names.length === 0 || ambassadorId === null) return;
  // As far as nobody else of that name can be meant.
  await tx.execute(sql`
    DELETE FROM referral_claim WHERE program_id = ${programId} AND referrer_name IN (${join([...names])})
      AND NOT EXISTS (SELECT 1 FROM ambassador WHERE ambassador.program_id = ${programId}
        AND ambassador.id <> ${ambassadorId} AND ambassador.display_name = referral_claim.referrer_name)`);
}
