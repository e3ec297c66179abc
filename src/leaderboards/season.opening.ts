import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Leaderboard } from './leaderboard.entity.js';
import { boundsAt, periodAt } from './leaderboard.window.js';
import { Season } from './season.entity.js';

/** The season of a board at a moment, begun; undefined where the board keeps none, or it was begun before. */
export async function openSeason(tx: Transaction, board: Leaderboard, at: Date): Promise<Season | undefined> {
  const bounds = boundsAt(board, at);
  if (!board.seasonPrizes || !bounds) return undefined;
  const period = periodAt(board, at);
  const key = board.window === 'SEASON' ? board.key : period;
  if (await tx.first(Season, sql`WHERE board_id = ${board.id} AND season_key = ${key}`)) return undefined;
  const season = Object.assign(new Season(), {
    ...{ id: tx.newId(), programId: board.programId, boardId: board.id, key, period },
    ...{ ...bounds, status: 'OPEN', prizes: board.seasonPrizes, closedAt: null },
  });
  await tx.insert(Season, season);
  return season;
}
