import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Leaderboard } from './leaderboard.entity.js';
import { Season, SeasonStanding } from './season.entity.js';

export const seasonById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Season, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const boardById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Leaderboard, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

interface Place {
  readonly seasonId: string;
  readonly ambassadorId: string;
}

const placeKey = ({ seasonId, ambassadorId }: Place) => `${seasonId} ${ambassadorId}`;

/** Where an ambassador ended in a season that is closed; undefined for who had no points in it. */
export const finalStandingOf = new Loader(async (context: BaseContext, places: readonly Place[]) => {
  const wanted = places.map(
    ({ seasonId, ambassadorId }) => sql`(season_id = ${seasonId} AND ambassador_id = ${ambassadorId})`,
  );
  const rows = await context.database.read((db) =>
    db.select(
      SeasonStanding,
      sql`JOIN season ON season.id = season_standing.season_id
        WHERE season.status = 'CLOSED' AND (${join(wanted, ' OR ')})`,
    ),
  );
  return inOrder(places.map(placeKey), rows, placeKey);
}, placeKey);
