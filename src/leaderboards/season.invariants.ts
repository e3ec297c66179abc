import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { prizeAt, Season, SeasonStanding } from './season.entity.js';
import { causeOfSeason } from './season.events.js';

const seasonsPerRead = 100;

/** What must always be true of seasons. That nobody ends in two places is the key of their table. */
export const seasonInvariants: readonly Invariant[] = [
  checkedBySql(
    16,
    'A final standing has every place once, from the first to the last, and none before its season is over.',
    sql`SELECT s.id AS violation FROM season s LEFT JOIN season_standing p ON p.season_id = s.id
      GROUP BY s.id, s.status, s.closed_at
      HAVING (s.status = 'CLOSED' AND (s.closed_at IS NULL OR COUNT(p.position) <> COUNT(p.ambassador_id)
          OR COUNT(DISTINCT p.position) <> COUNT(p.ambassador_id) OR COALESCE(MAX(p.position), 0) <> COUNT(p.ambassador_id)))
        OR (s.status <> 'CLOSED' AND s.closed_at IS NOT NULL) OR (s.status = 'OPEN' AND COUNT(p.ambassador_id) > 0)
      LIMIT 20`,
  ),
  checkedBySql(
    16,
    'A final standing is in the order of boards: more points first, of equal points who reached them first; equal points share a rank.',
    sql`SELECT a.season_id AS violation FROM season_standing a
      JOIN season_standing b ON b.season_id = a.season_id AND b.position = a.position + 1
      WHERE a.points < b.points OR (a.points = b.points AND a.reached > b.reached)
        OR b.rank_number <> CASE WHEN a.points = b.points THEN a.rank_number ELSE b.position END
      LIMIT 20`,
  ),
  {
    number: 9,
    sentence: 'Each prize of a season that is closed is paid once, to whoever ended in its place, and to nobody else.',
    violations: wrongPrizes,
  },
];

interface Paid {
  readonly ambassador_id: string;
  readonly amount_points: number;
}

async function wrongPrizes(reader: Reader): Promise<string[]> {
  const wrong: string[] = [];
  let after = '';
  while (wrong.length < samplesMax) {
    const seasons = await reader.select(Season, sql`WHERE id > ${after} ORDER BY id LIMIT ${seasonsPerRead}`);
    for (const season of seasons) if (await isWrong(reader, season)) wrong.push(season.id);
    const last = seasons.at(-1);
    if (!last || seasons.length < seasonsPerRead) break;
    after = last.id;
  }
  return wrong.slice(0, samplesMax);
}

async function isWrong(reader: Reader, season: Season): Promise<boolean> {
  // A season that closes while this is read has paid some of its prizes and not yet all.
  if (season.status === 'CLOSING' || (season.status === 'CLOSED' && season.prizes.length === 0)) return false;
  const lastPosition = Math.max(0, ...season.prizes.map(({ toPosition }) => toPosition));
  const standings = await reader.select(
    SeasonStanding,
    sql`WHERE season_id = ${season.id} AND position <= ${lastPosition}`,
  );
  const owed = standings.flatMap(({ ambassadorId, position }) => {
    const points = prizeAt(season.prizes, position ?? 0)?.points;
    return points ? [`${ambassadorId} ${points}`] : [];
  });
  const paid = await reader.query<Paid>(sql`
    SELECT ambassador_id, amount_points FROM points_transfer
    WHERE program_id = ${season.programId} AND cause = ${causeOfSeason(season.id)}`);
  const given = paid.map(({ ambassador_id, amount_points }) => `${ambassador_id} ${amount_points}`);
  return owed.sort().join() !== given.sort().join();
}
