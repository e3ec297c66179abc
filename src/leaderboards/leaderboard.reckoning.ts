import sql, { join } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import type { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { whoMayStandOn } from './leaderboard.members.js';
import { periodAt } from './leaderboard.window.js';

/** What an entry of a board has to be. */
export type Tally = Pick<BoardEntry, 'ambassadorId' | 'period' | 'points' | 'reached'>;

interface TransferRow {
  readonly id: string;
  readonly ambassador_id: string;
  readonly earned_points: number;
  readonly earned_at: string;
  readonly category: string | null;
}

/** What the ledger says of these ambassadors on a board, for each window in which they earned something. */
export async function reckon(
  db: Reader,
  board: Leaderboard,
  ambassadorIds: readonly string[],
): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const members = await whoMayStandOn(db, board, ambassadorIds);
  if (members.length === 0) return tallies;
  const transfers = await db.query<TransferRow>(sql`
    SELECT id, ambassador_id, earned_points, earned_at, category FROM points_transfer
    WHERE ambassador_id IN (${join([...members])}) AND earned_points <> 0
      AND unit_key IS NULL`);
  for (const transfer of transfers) {
    const earnedAt = timeOf(transfer.earned_at);
    if (!countsOn(board, transfer.category, earnedAt)) continue;
    const ambassadorId = transfer.ambassador_id;
    const period = periodAt(board, earnedAt);
    const key = tallyKey({ ambassadorId, period });
    const { points, reached } = tallies.get(key) ?? { points: 0, reached: '' };
    tallies.set(key, {
      ambassadorId,
      period,
      points: points + transfer.earned_points,
      reached: reached < transfer.id ? transfer.id : reached,
    });
  }
  return tallies;
}

export function tallyKey({ ambassadorId, period }: Pick<Tally, 'ambassadorId' | 'period'>): string {
  return `${ambassadorId} ${period}`;
}

/** What season prizes are for: their points count on boards of all time alone, so that nobody begins the next ahead. */
export const seasonPrizeCategory = 'SEASON_PRIZE';

type Counting = Pick<Leaderboard, 'window' | 'seasonFrom' | 'seasonTo'> & { readonly kinds: readonly string[] | null };

/** Whether points of a category, earned at a moment, count on a board; what is given by hand has no category. */
export function countsOn(
  { kinds, window, seasonFrom, seasonTo }: Counting,
  category: string | null,
  at: Date,
): boolean {
  if (category === seasonPrizeCategory && window !== 'ALL_TIME') return false;
  if ((seasonFrom && at < seasonFrom) || (seasonTo && at >= seasonTo)) return false;
  return kinds === null || (category !== null && kinds.includes(category));
}
