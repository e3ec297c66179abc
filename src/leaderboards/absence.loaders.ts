import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { hasNotLeft } from './leaderboard.members.js';

interface Presence {
  readonly boardId: string;
  readonly ambassadorId: string;
}

const presenceKey = ({ boardId, ambassadorId }: Presence): string => `${boardId} ${ambassadorId}`;

/** Whether an ambassador has left a board. */
export const hasLeft = new Loader(async (context: BaseContext, wanted: readonly Presence[]) => {
  const ids = <K extends keyof Presence>(key: K) => join([...new Set(wanted.map((each) => each[key]))]);
  const rows = await context.database.read((db) =>
    db.query<{ board_id: string; ambassador_id: string }>(sql`
      SELECT leaderboard.id AS board_id, ambassador.id AS ambassador_id FROM leaderboard
      JOIN ambassador ON ambassador.program_id = leaderboard.program_id
      WHERE leaderboard.id IN (${ids('boardId')}) AND ambassador.id IN (${ids('ambassadorId')})
        AND NOT (${hasNotLeft({ ambassadorId: sql`ambassador.id`, boardId: sql`leaderboard.id` })})`),
  );
  const left = new Set(rows.map((row) => presenceKey({ boardId: row.board_id, ambassadorId: row.ambassador_id })));
  return wanted.map((each) => left.has(presenceKey(each)));
}, presenceKey);
