import sql from 'sql-template-tag';
import { idsOf } from '../platform/personal.js';
import type { Retention } from '../platform/retention.js';
import { Redemption } from './reward.entity.js';

/** Codes and links that were handed over. An address is erased when the parcel goes, whatever the program says. */
export function defineDeliveryRetention(retention: Retention): void {
  retention.define({
    kind: 'DELIVERIES',
    entity: Redemption,
    where: sql`sealed_delivery IS NOT NULL AND status = 'FULFILLED'`,
    forget: async (tx, rows) => {
      await tx.execute(sql`
        UPDATE redemption SET sealed_delivery = NULL, key_id = NULL WHERE id IN (${idsOf(rows)})`);
    },
  });
}
