import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../../platform/graphql/context.js';
import { inOrder, Loader } from '../../platform/graphql/loader.js';
import { Seat } from './seat.entity.js';

type SeatKey = Pick<Seat, 'challengeId' | 'ambassadorId'>;
const keyText = ({ challengeId, ambassadorId }: SeatKey): string => `${challengeId} ${ambassadorId}`;

/** One ambassador's seat in one challenge, or place in its line. */
export const seatOf = new Loader(async (context: BaseContext, keys: readonly SeatKey[]) => {
  const pairs = keys.map((key) => sql`(challenge_id = ${key.challengeId} AND ambassador_id = ${key.ambassadorId})`);
  const rows = await context.database.read((db) => db.select(Seat, sql`WHERE ${join(pairs, ' OR ')}`));
  return inOrder(keys.map(keyText), rows, keyText);
}, keyText);

interface Counted {
  readonly challengeId: string;
  readonly taken: number;
  readonly waiting: number;
}

/** How many seats of a challenge are taken, and how many ambassadors wait for one. */
export const seatCountOf = new Loader(async (context: BaseContext, challengeIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ challenge_id: string; status: string; seats: number | string }>(sql`
      SELECT challenge_id, status, COUNT(*) AS seats FROM seat
      WHERE challenge_id IN (${join([...challengeIds])}) GROUP BY challenge_id, status`),
  );
  const count = (challengeId: string, status: string) =>
    Number(rows.find((row) => row.challenge_id === challengeId && row.status === status)?.seats ?? 0);
  return challengeIds.map(
    (challengeId): Counted => ({
      challengeId,
      taken: count(challengeId, 'TAKEN'),
      waiting: count(challengeId, 'WAITING'),
    }),
  );
});

/** Where those who wait stand in their line: 1 is next. */
export const positionOf = new Loader(async (context: BaseContext, seatIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ id: string; place: number | string }>(sql`
      SELECT mine.id, COUNT(*) AS place FROM seat mine
      JOIN seat before_me ON before_me.challenge_id = mine.challenge_id AND before_me.status = 'WAITING'
        AND before_me.id <= mine.id
      WHERE mine.id IN (${join([...seatIds])}) AND mine.status = 'WAITING' GROUP BY mine.id`),
  );
  const places = new Map(rows.map(({ id, place }) => [id, Number(place)]));
  return seatIds.map((id) => places.get(id) ?? null);
});
