import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { Poll, PollChoice, PollOption } from './poll.entity.js';

export const pollById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Poll, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const optionById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(PollOption, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** The options of a poll, in their order. */
export const optionsOf = new Loader(async (context: BaseContext, pollIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(PollOption, sql`WHERE poll_id IN (${join([...pollIds])}) ORDER BY poll_id, position`),
  );
  return grouped(pollIds, rows, (row) => row.pollId);
});

/** How many ambassadors voted in a poll. */
export const votersOf = new Loader(async (context: BaseContext, pollIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ poll_id: string; voters: number | string }>(sql`
      SELECT poll_id, COUNT(*) AS voters FROM poll_ballot WHERE poll_id IN (${join([...pollIds])}) GROUP BY poll_id`),
  );
  const counts = new Map(rows.map((row) => [row.poll_id, Number(row.voters)]));
  return pollIds.map((id) => counts.get(id) ?? 0);
});

/** How many chose each option of a poll, by the option's id; options that nobody chose are left out. */
export const votesOf = new Loader(async (context: BaseContext, pollIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ poll_id: string; option_id: string; votes: number | string }>(sql`
      SELECT poll_id, option_id, COUNT(*) AS votes FROM poll_choice
      WHERE poll_id IN (${join([...pollIds])}) GROUP BY poll_id, option_id`),
  );
  return grouped(pollIds, rows, (row) => row.poll_id).map(
    (ofPoll) => new Map(ofPoll.map((row) => [row.option_id, Number(row.votes)])),
  );
});

type ChoiceKey = Pick<PollChoice, 'pollId' | 'ambassadorId'>;
const keyText = ({ pollId, ambassadorId }: ChoiceKey): string => `${pollId} ${ambassadorId}`;

/** What one ambassador chose in one poll. */
export const choicesOf = new Loader(async (context: BaseContext, keys: readonly ChoiceKey[]) => {
  const pairs = keys.map((key) => sql`(poll_id = ${key.pollId} AND ambassador_id = ${key.ambassadorId})`);
  const rows = await context.database.read((db) => db.select(PollChoice, sql`WHERE ${join(pairs, ' OR ')}`));
  return grouped(keys.map(keyText), rows, keyText);
}, keyText);
