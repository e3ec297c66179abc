import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { idsOf, ofAmbassador, type Person, type PersonalData, withoutAmbassador } from '../platform/personal.js';
import { causeOfReceipt } from './gift.posting.js';
import { PointsTransfer } from './points.entity.js';

/** Points are numbers, which stay for ever; the words that somebody gave them with do not. */
export function definePoints(personalData: PersonalData): void {
  personalData.define(
    {
      part: 'points',
      entity: PointsTransfer,
      of: ofAmbassador(),
      keyOf: ({ id }) => id,
      erase: blank,
      show: async (_, rows) =>
        rows.map(({ id, kind, amountPoints, reversedPoints, unitKey, category, reason, postedAt }) => {
          return { id, kind, amountPoints, reversedPoints, unitKey, category, reason, postedAt };
        }),
    },
    ['points_transfer'],
  );
  personalData.keepNumbers(
    ...['points_entry', 'points_balance', 'points_unit_balance', 'points_hold', 'points_received_part'],
    ...['points_expired_lot', 'points_expiry_notice', 'level_hold'],
  );
  personalData.concernNobody('points_unit', 'points_expiry_terms', 'level', 'level_policy');
}

/** What rules say stays; what people wrote goes, of a gift on both sides. No entry is touched. */
async function blank(tx: Transaction, rows: readonly PointsTransfer[], { programId }: Person): Promise<void> {
  await tx.execute(sql`
    UPDATE points_transfer SET reason = '', ${withoutAmbassador(sql`actor`)}
    WHERE id IN (${idsOf(rows)}) AND actor <> 'system'`);
  for (const { id, kind, cause } of rows) {
    const other =
      kind === 'SENT' ? await receiptOf(tx, programId, id) : kind === 'RECEIVED' ? cause?.slice(sentAt) : null;
    if (!other) continue;
    await tx.execute(sql`UPDATE points_transfer SET reason = '' WHERE id = ${other}`);
    // Only the giver is named by a gift.
    if (kind === 'SENT') {
      await tx.execute(sql`UPDATE points_transfer SET ${withoutAmbassador(sql`actor`)} WHERE id = ${other}`);
    }
  }
}

const sentAt = causeOfReceipt('').length;

/** The other side of a gift was posted right after it. */
async function receiptOf(tx: Transaction, programId: string, sentId: string): Promise<string | undefined> {
  const receipt = await tx.first(
    PointsTransfer,
    sql`WHERE program_id = ${programId} AND id > ${sentId} AND cause = ${causeOfReceipt(sentId)} ORDER BY id LIMIT 1`,
  );
  return receipt?.id;
}
