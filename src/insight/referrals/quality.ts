import sql from 'sql-template-tag';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { NpsScheme } from '../../nps/scheme.js';
import { NpsInterval, scoreInterval } from '../../nps/statistics/score-interval.js';
import { type GivenScore, netScore, tally } from '../../nps/tally.js';
import type { Reader } from '../../platform/database/database.js';
import type { InsightScope } from './counting.js';

/** Of fewer answers nothing is said; nor of the others, from which the few could be told by subtraction. */
export const answersMin = 5;

@ObjectType({ description: 'What one group of customers says.' })
export class CustomerNps {
  @Field(() => Int, { description: 'How many answers it gave.' })
  readonly responses: number;

  @Field(() => Float, { description: 'Its NPS, -100 to 100.' })
  readonly score: number;

  @Field(() => NpsInterval, { nullable: true, description: 'The 95% interval of the score.' })
  readonly interval: NpsInterval | null;
}

@ObjectType({
  description:
    'Whether referred customers are as good as others: what they say themselves, and how many of their orders went back. Bargain hunters show by a low score and many refunds.',
})
export class ReferredQuality {
  @Field(() => NpsScheme, { description: 'The scheme that all answers are counted by: that of the program.' })
  readonly scheme: NpsScheme;

  @Field(() => CustomerNps, {
    nullable: true,
    description: 'The answers of friends who became customers. Null unless both groups have at least 5 answers.',
  })
  readonly referred: CustomerNps | null;

  @Field(() => CustomerNps, {
    nullable: true,
    description: 'The answers of everybody else. Null unless both groups have at least 5 answers.',
  })
  readonly others: CustomerNps | null;

  @Field(() => Int, { description: 'Orders of friends who became customers in this time.' })
  readonly orders: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of these orders that were undone, 0 to 1; null without orders.',
  })
  readonly reversalRate: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of these orders of which any money went back, the undone ones included; null without orders.',
  })
  readonly refundRate: number | null;
}

interface ScoreRow {
  readonly referred: number;
  readonly score: number;
  readonly n: number | string;
}

/** The scores of this time: whether a friend gave them who became a customer, whenever that was. */
export async function scoresOf(
  db: Reader,
  { programId, from, to }: Pick<InsightScope, 'programId' | 'from' | 'to'>,
): Promise<{ readonly referred: GivenScore[]; readonly all: GivenScore[] }> {
  const inTime = sql`r.responded_at >= ${from} AND r.responded_at < ${to}`;
  const all = await db.query<ScoreRow>(sql`
    SELECT r.score, COUNT(*) AS n FROM survey s JOIN nps_response r ON r.survey_id = s.id
    WHERE s.program_id = ${programId} AND s.kind = 'NPS' AND ${inTime} GROUP BY r.score`);
  const referred = await db.query<ScoreRow>(sql`
    SELECT r.score, COUNT(*) AS n FROM referral e
    JOIN survey s ON s.program_id = e.program_id
    JOIN nps_response r ON r.survey_id = s.id AND r.contact_id = e.claimed_friend_id AND r.responded_at >= e.converted_at
    WHERE e.program_id = ${programId} AND e.converted_at IS NOT NULL AND s.kind = 'NPS' AND ${inTime} GROUP BY r.score`);
  const given = ({ score, n }: ScoreRow) => ({ score: Number(score), count: Number(n) });
  return { referred: referred.map(given), all: all.map(given) };
}

/** Both groups, or neither. */
export function groupsOf(
  scheme: NpsScheme,
  { referred, all }: { readonly referred: readonly GivenScore[]; readonly all: readonly GivenScore[] },
): Pick<ReferredQuality, 'referred' | 'others'> {
  const others = all.map(({ score, count }) => ({
    score,
    count: count - (referred.find((each) => each.score === score)?.count ?? 0),
  }));
  const groups = { referred: npsOf(scheme, referred), others: npsOf(scheme, others) };
  return groups.referred && groups.others ? groups : { referred: null, others: null };
}

function npsOf(scheme: NpsScheme, given: readonly GivenScore[]): CustomerNps | null {
  const counts = tally(scheme, given);
  const score = netScore(counts);
  if (counts.responses < answersMin || score === null) return null;
  return Object.assign(new CustomerNps(), { responses: counts.responses, score, interval: scoreInterval(counts) });
}
