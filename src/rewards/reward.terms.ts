import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { Level } from '../points/level.entity.js';
import { standingsIn } from '../points/level.standing.js';
import type { PointsBalance } from '../points/points.entity.js';
import { Redemption, type Reward } from './reward.entity.js';
import { RewardLimitReached, RewardNotEligible, RewardNotOffered } from './reward.results.js';

/**
 * Why an ambassador cannot buy a reward, whatever is left of it and of the points. The caller holds the balance, on which
 * all purchases of one ambassador queue: so a limit holds also for many at once.
 */
export async function refusalOf(
  tx: Transaction,
  reward: Reward,
  balance: PointsBalance,
): Promise<RewardNotOffered | RewardNotEligible | RewardLimitReached | undefined> {
  if (reward.archivedAt !== null) return new RewardNotOffered();
  const { fromLevelRank, maxPerAmbassador } = reward;
  if (fromLevelRank !== null) {
    const [[, standing] = []] = await standingsIn(tx, reward.programId, [balance], tx.now);
    if (!standing || standing.level.rank < fromLevelRank) {
      const level = sql`WHERE program_id = ${reward.programId} AND rank_number = ${fromLevelRank}`;
      return new RewardNotEligible((await tx.first(Level, level)) ?? null);
    }
  }
  if (maxPerAmbassador === null) return undefined;
  const bought = await tx.count(
    Redemption,
    sql`WHERE ambassador_id = ${balance.ambassadorId} AND reward_id = ${reward.id} AND status <> 'CANCELLED'`,
  );
  return bought < maxPerAmbassador ? undefined : new RewardLimitReached(maxPerAmbassador);
}
