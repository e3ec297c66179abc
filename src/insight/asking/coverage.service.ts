import sql, { join, type Sql } from 'sql-template-tag';
import { AskKind, asksForReferral } from '../../asks/ask.kinds.js';
import type { RequestContext } from '../../identity/session.js';
import { valuesMax } from '../../nps/counts/wide-attributes.js';
import { schemeOf } from '../../nps/scheme.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { argumentRefused } from '../../platform/graphql/input.js';
import { type AnswerScope, lastAnswers, programOf } from '../last-answers.js';
import { type SpanArgs, spanOf } from '../periods.js';
import { peopleMin, shownGroups } from '../small-groups.js';
import { AskCoverage, type CoverageCounts, CoverageFigures, CoverageGroup } from './coverage.js';

interface CountRow {
  readonly willing: number | string;
  readonly asked: number | string | null;
  readonly asked_for_referral: number | string | null;
  readonly referred: number | string | null;
}

/** Whether those who would recommend are asked to. */
export class CoverageService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async reckon(context: RequestContext, args: SpanArgs): Promise<AskCoverage> {
    context.session.require('insight.read');
    const { id: programId, timeZone } = context.session.program;
    const { from, to } = spanOf(args, timeZone, this.clock.now());
    return this.database.read(async (db) => {
      const program = await programOf(db, programId);
      const { askFromScore } = program;
      const scope = { programId, programScheme: schemeOf(program), from, to };
      const [row] = await db.query<CountRow>(sql`SELECT ${sums} FROM (${willingPeople(scope, askFromScore)}) p`);
      const counts = countsOf(row);
      const all = counts.willing < peopleMin ? null : new CoverageFigures(counts);
      return Object.assign(new AskCoverage(), { scope, from, to, askFromScore, all });
    });
  }

  /** The same by an attribute that contacts have now. One with more than 200 values is the caller's error. */
  async byAttribute({ scope, askFromScore, all }: AskCoverage, name: string): Promise<CoverageGroup[]> {
    const rows = await this.database.read((db) =>
      db.query<CountRow & { readonly value: string }>(sql`
        SELECT v.value, ${sums} FROM (${willingPeople(scope, askFromScore)}) p
        JOIN contact_attribute v ON v.contact_id = p.contact_id AND v.name = ${name}
        WHERE v.program_id = ${scope.programId} GROUP BY v.value ORDER BY willing DESC, v.value LIMIT ${valuesMax + 1}`),
    );
    if (rows.length > valuesMax) {
      throw argumentRefused(['name'], `is an attribute with more than ${valuesMax} values, which make no groups`);
    }
    const groups = rows.map((row) => ({ value: row.value, counts: countsOf(row) }));
    return shownGroups(groups, ({ counts }) => counts.willing, all?.willing ?? 0).map(({ value, counts }) =>
      Object.assign(new CoverageGroup(), { value, figures: new CoverageFigures(counts) }),
    );
  }
}

const sums = sql`COUNT(*) AS willing, SUM(p.asked) AS asked, SUM(p.asked_for_referral) AS asked_for_referral,
  SUM(CASE WHEN p.asked_for_referral = 1 THEN p.referred ELSE 0 END) AS referred`;

/** Everybody known by name whose last answer says that they would recommend: whether asked, for a referral, and did. */
function willingPeople(scope: AnswerScope, askFromScore: number): Sql {
  const exists = (what: Sql) => sql`CASE WHEN EXISTS (SELECT 1 FROM ${what}) THEN 1 ELSE 0 END`;
  const askedFor = asksOf(scope);
  return sql`SELECT w.contact_id,
      ${exists(askedFor)} AS asked,
      ${exists(sql`${askedFor} AND ${isForReferral}`)} AS asked_for_referral,
      CASE WHEN EXISTS (SELECT 1 FROM ${askedFor} AND ${isForReferral} AND EXISTS (
          SELECT 1 FROM ambassador m JOIN referral f ON f.referrer_id = m.id
          WHERE m.contact_id = w.contact_id AND f.registered_at >= k.asked_at AND f.status <> 'REJECTED'))
        OR EXISTS (SELECT 1 FROM ${askedFor} AND ${isForReferral} AND EXISTS (
          SELECT 1 FROM ambassador m JOIN submission d ON d.ambassador_id = m.id
          WHERE m.contact_id = w.contact_id AND d.status = 'APPROVED' AND d.kind = 'REFERRAL'
            AND d.submitted_at >= k.asked_at)) THEN 1 ELSE 0 END AS referred
    FROM (${lastAnswers(scope)}) w WHERE w.contact_id IS NOT NULL AND w.score >= ${askFromScore}`;
}

/** FROM and WHERE of the asks k of contact w in the time, each with its challenge c; thanks ask for nothing. */
function asksOf({ from, to }: AnswerScope): Sql {
  return sql`ask k LEFT JOIN challenge c ON c.id = k.challenge_id
    WHERE k.contact_id = w.contact_id AND k.kind <> 'THANKS' AND k.asked_at >= ${from} AND k.asked_at < ${to}`;
}

/** Who is asked to join is asked for the challenge that they may begin with. */
const referring = Object.keys(AskKind).filter((kind) => asksForReferral(kind as AskKind));
const isForReferral = sql`(k.kind IN (${join(referring)}) OR c.kind = 'REFERRAL')`;

function countsOf(row: CountRow | undefined): CoverageCounts {
  return {
    willing: Number(row?.willing ?? 0),
    asked: Number(row?.asked ?? 0),
    askedForReferral: Number(row?.asked_for_referral ?? 0),
    referred: Number(row?.referred ?? 0),
  };
}
