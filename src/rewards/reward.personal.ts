import sql from 'sql-template-tag';
import { idsOf, ofAmbassador, type PersonalData } from '../platform/personal.js';
import type { Deliveries } from './delivery.service.js';
import { Redemption } from './reward.entity.js';

/** What somebody bought, and where it was to be sent. A parcel that waits has no address any more. */
export function defineRedemptions(personalData: PersonalData, deliveries: Deliveries): void {
  personalData.define(
    {
      part: 'redemptions',
      entity: Redemption,
      of: ofAmbassador(),
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`
          UPDATE redemption SET sealed_address = NULL, sealed_delivery = NULL, key_id = NULL,
            cancellation_reason = CASE WHEN cancellation_reason IS NULL THEN NULL ELSE '' END
          WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) =>
        rows.map((row) => {
          const { id, rewardId, status, costPoints, requestedAt, settledAt, cancellationReason } = row;
          const deliverTo = deliveries.addressOf(row);
          return { id, rewardId, status, costPoints, requestedAt, settledAt, cancellationReason, deliverTo };
        }),
    },
    ['redemption'],
  );
  personalData.concernNobody('reward', 'reward_voucher');
}
