import sql from 'sql-template-tag';
import { idsOf } from '../platform/personal.js';
import type { Retention } from '../platform/retention.js';
import { ReferralClick } from './referral.entity.js';

const quarterMilliseconds = 900_000;

/** Clicks stay as numbers: every time zone begins its days at a quarter of an hour, so none moves to another day. */
export function defineClickRetention(retention: Retention): void {
  retention.define({
    kind: 'CLICKS',
    entity: ReferralClick,
    where: sql`token IS NOT NULL`,
    forget: async (tx, rows) => {
      for (const { id, clickedAt } of rows) {
        const quarter = new Date(clickedAt.getTime() - (clickedAt.getTime() % quarterMilliseconds));
        await tx.execute(sql`UPDATE referral_click SET token = NULL, clicked_at = ${quarter} WHERE id = ${id}`);
      }
      await tx.execute(sql`UPDATE referral SET click_id = NULL WHERE click_id IN (${idsOf(rows)})`);
    },
  });
}
