import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { RewardDraw } from './challenge.draw.entity.js';
import { hashOf, pointsDrawn } from './challenge.draw.js';
import { Submission } from './submission.entity.js';

const batchSize = 1_000;

/** Draws every prize once more, a thousand at a time. */
async function wrongPrizes(reader: Reader): Promise<readonly string[]> {
  const draws = new Map((await reader.select(RewardDraw, sql`ORDER BY id`)).map((draw) => [draw.id, draw]));
  const wrong = [...draws.values()].filter((draw) => hashOf(draw.sealedSeed) !== draw.seedHash).map(({ id }) => id);
  for (let after = ''; wrong.length < samplesMax; ) {
    const batch = await reader.select(
      Submission,
      sql`WHERE draw_id IS NOT NULL AND status = 'APPROVED' AND id > ${after} ORDER BY id LIMIT ${batchSize}`,
    );
    for (const submission of batch) {
      const draw = draws.get(submission.drawId ?? '');
      const prize = draw && pointsDrawn(draw.sealedSeed, draw.table, submission.globalId());
      if (prize !== submission.drawnPoints) wrong.push(submission.id);
    }
    const last = batch.at(-1);
    if (!last || batch.length < batchSize) break;
    after = last.id;
  }
  return wrong.slice(0, samplesMax);
}

/** What must always be true of draws, stages and bonuses. */
export const challengeDrawInvariants: readonly Invariant[] = [
  {
    number: 9,
    sentence:
      'Every prize is the one that its published odds and its sealed seed give, and every seed is the sealed one.',
    violations: wrongPrizes,
  },
  checkedBySql(
    9,
    'Each stage of a challenge counts once for an ambassador.',
    sql`SELECT CONCAT(challenge_id, ' ', ambassador_id, ' ', stage) AS violation FROM submission
      WHERE stage IS NOT NULL AND status <> 'REJECTED' GROUP BY challenge_id, ambassador_id, stage HAVING COUNT(*) > 1
      LIMIT 20`,
  ),
  checkedBySql(
    20,
    'A draw and a bonus are of the program of every submission that has part in them.',
    sql`SELECT s.id AS violation FROM submission s
      LEFT JOIN reward_draw d ON d.id = s.draw_id LEFT JOIN bonus_window b ON b.id = s.bonus_id
      WHERE (s.draw_id IS NOT NULL AND (d.id IS NULL OR d.challenge_id <> s.challenge_id))
        OR (s.bonus_id IS NOT NULL AND (b.id IS NULL OR b.program_id <> s.program_id))
      LIMIT 20`,
  ),
];
