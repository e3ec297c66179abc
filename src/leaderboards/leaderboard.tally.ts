import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { AppEvent } from '../platform/events/events.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { attributesOf, hasAttributeOf, hasNotLeft } from './leaderboard.members.js';
import { countsOn } from './leaderboard.reckoning.js';
import { periodAt } from './leaderboard.window.js';

/** Counts each posting on the boards that it belongs to, in its own transaction. */
export class BoardTally {
  /**
   * Follows `points.posted`. The posting holds the ambassador's balance, so that nobody else counts for this ambassador
   * at the same time. Adding and taking the latest transfer do not depend on the order, so what comes out is the same
   * as what a fill makes of the ledger.
   */
  async count(tx: Transaction, event: AppEvent<'points.posted'>): Promise<void> {
    const { ambassadorId, transferId, earnedPoints, category } = event.payload;
    if (earnedPoints === 0) return;
    const earnedAt = new Date(event.payload.earnedAt);
    const boards = await this.boardsOf(tx, event.programId, ambassadorId, { category, earnedAt });
    if (boards.length === 0) return;
    const places = boards.map((board) => ({ boardId: board.id, period: periodAt(board, earnedAt) }));
    const rows = sql`ambassador_id = ${ambassadorId} AND (${join(
      places.map(({ boardId, period }) => sql`(board_id = ${boardId} AND period = ${period})`),
      ' OR ',
    )})`;
    const known = await tx.execute(sql`
      UPDATE board_entry SET
        points = points + ${earnedPoints},
        reached = CASE WHEN reached < ${transferId} THEN ${transferId} ELSE reached END,
        is_open = 1
      WHERE ${rows}`);
    if (known === places.length) return;
    const present = new Set((await tx.select(BoardEntry, sql`WHERE ${rows}`)).map((row) => row.boardId));
    await tx.insert(
      BoardEntry,
      places
        .filter(({ boardId }) => !present.has(boardId))
        .map((place) => ({ ...place, ambassadorId, points: earnedPoints, reached: transferId, isOpen: true })),
    );
  }

  /** The boards of the program on which these points count for this ambassador; none that it has left. */
  private async boardsOf(
    tx: Transaction,
    programId: string,
    ambassadorId: string,
    { category, earnedAt }: { readonly category: string | null; readonly earnedAt: Date },
  ): Promise<Leaderboard[]> {
    const boards = await tx.select(
      Leaderboard,
      sql`WHERE program_id = ${programId} AND (season_to IS NULL OR season_to > ${earnedAt})
        AND ${hasNotLeft({ ambassadorId: sql`${ambassadorId}`, boardId: sql`leaderboard.id` })}`,
    );
    const ofKind = boards.filter((board) => countsOn(board, category, earnedAt));
    if (ofKind.every((board) => board.attributeName === null)) return ofKind;
    const attributes = await attributesOf(tx, [ambassadorId]);
    return ofKind.filter((board) => hasAttributeOf(board, attributes.get(ambassadorId)));
  }
}
