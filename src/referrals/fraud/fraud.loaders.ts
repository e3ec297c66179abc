import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../../platform/graphql/loader.js';
import { ReferralAssessment, ReferralReview } from './fraud.entity.js';

export const reviewOfReferral = new Loader(async (context: BaseContext, referralIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralReview, sql`WHERE referral_id IN (${join([...referralIds])})`),
  );
  return inOrder(referralIds, rows, (row) => row.referralId);
});

/** How each referral was judged, in the order in which it was. */
export const assessmentsOfReferral = new Loader(async (context: BaseContext, referralIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralAssessment, sql`WHERE referral_id IN (${join([...referralIds])}) ORDER BY id`),
  );
  return grouped(referralIds, rows, (row) => row.referralId);
});
