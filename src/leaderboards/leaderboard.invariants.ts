import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { reckon, type Tally, tallyKey } from './leaderboard.reckoning.js';

const ambassadorsPerRead = 500;

/** What must always be true of the boards. */
export const leaderboardInvariants: readonly Invariant[] = [
  {
    number: 16,
    sentence: 'A board is a pure function of the entries: reckoned anew from them it is the same.',
    violations: wrongEntries,
  },
  checkedBySql(
    16,
    'The blocks of a board count each entry once.',
    sql`SELECT COALESCE(e.board_id, b.board_id) AS violation
      FROM (SELECT board_id, period, COUNT(counted_points) AS n FROM board_entry GROUP BY board_id, period) e
      LEFT JOIN (SELECT board_id, period, SUM(entries) AS n FROM board_block GROUP BY board_id, period) b
        ON b.board_id = e.board_id AND b.period = e.period
      WHERE e.n <> COALESCE(b.n, 0) LIMIT 20`,
  ),
];

/** Entries of complete boards that are not what the ledger says, as `board/ambassador window`. */
async function wrongEntries(reader: Reader): Promise<readonly string[]> {
  const found: string[] = [];
  const boards = await reader.select(Leaderboard, sql`WHERE filled_to IS NULL ORDER BY id`);
  for (const board of boards) {
    for (let after: string | undefined = ''; after !== undefined && found.length < samplesMax; ) {
      const ambassadors: Ambassador[] = await reader.select(
        Ambassador,
        sql`WHERE program_id = ${board.programId} AND id > ${after} ORDER BY id LIMIT ${ambassadorsPerRead}`,
      );
      const ids = ambassadors.map(({ id }) => id);
      const wrong = await wrongAmong(reader, board, ids);
      found.push(...wrong.map((key) => `${board.id}/${key}`));
      after = ids.at(-1);
    }
  }
  return found.slice(0, samplesMax);
}

async function wrongAmong(reader: Reader, board: Leaderboard, ambassadorIds: readonly string[]): Promise<string[]> {
  if (ambassadorIds.length === 0) return [];
  const kept = await reader.select(
    BoardEntry,
    sql`WHERE board_id = ${board.id} AND points <> 0 AND ambassador_id IN (${join([...ambassadorIds])})`,
  );
  const reckoned = [...(await reckon(reader, board, ambassadorIds)).values()].filter(({ points }) => points !== 0);
  const written = (tally: Tally) => `${tallyKey(tally)} ${tally.points} ${tally.reached}`;
  const expected = new Map(reckoned.map((tally) => [written(tally), tallyKey(tally)]));
  const wrong = kept.filter((row) => !expected.delete(written(row))).map(tallyKey);
  return [...new Set([...wrong, ...expected.values()])];
}
