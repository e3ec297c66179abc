import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { NpsScheme } from '../nps/scheme.js';
import { boundOf } from '../nps/scheme.sql.js';
import { everyWeighedKind, type SuperpromoterGateKey, type WeighedKind, weighedKinds } from './gate.js';
import type { SuperpromoterSettings } from './terms.entity.js';

/** Where the evidence of one kind stands: the same for one ambassador, for fifty, and for the list of all. */
interface EvidenceRows {
  readonly from: Sql;
  readonly where: Sql;
  /** Whose it is. */
  readonly ambassadorId: Sql;
  readonly count: Sql;
  readonly at: Sql;
}

/** Within which evidence is looked for. */
export interface EvidenceScope {
  readonly programId: string;
  readonly programScheme: NpsScheme;
  readonly settings: SuperpromoterSettings;
  readonly since: Date;
}

function rowsOf(kind: WeighedKind, { settings, since }: EvidenceScope): EvidenceRows {
  switch (kind) {
    case 'STATED_TOLD':
      return stated('SSM', since);
    case 'STATED_FOLLOWED':
      return stated('IFM', since);
    case 'LINK_CLICKS':
      return {
        from: sql`referral_click e`,
        where: sql`e.clicked_at >= ${since}`,
        ambassadorId: sql`e.ambassador_id`,
        count: sql`COUNT(*)`,
        at: sql`MAX(e.clicked_at)`,
      };
    case 'SHARING_SUBMISSIONS':
      return {
        from: sql`submission e`,
        where: sql`e.status = 'APPROVED' AND e.kind IN (${join([...settings.sharingKinds])}) AND e.decided_at >= ${since}`,
        ambassadorId: sql`e.ambassador_id`,
        count: sql`COUNT(*)`,
        at: sql`MAX(e.decided_at)`,
      };
    case 'FRIENDS_REGISTERED':
      return friends(sql`e.registered_at >= ${since} AND e.status <> 'REJECTED'`, sql`e.registered_at`);
    case 'FRIENDS_WAITING':
      return friends(sql`e.registered_at >= ${since} AND e.status = 'REGISTERED'`, sql`e.registered_at`);
    case 'FRIENDS_CONVERTED':
      return friends(sql`e.converted_at >= ${since} AND e.status IN ('HELD', 'REWARDED')`, sql`e.converted_at`);
    case 'NOMINATED_TOLD':
      return nominated('SHARES', since);
    case 'NOMINATED_FOLLOWED':
      return nominated('INFLUENCES', since);
  }
}

function friends(where: Sql, at: Sql): EvidenceRows {
  return { from: sql`referral e`, where, ambassadorId: sql`e.referrer_id`, count: sql`COUNT(*)`, at: sql`MAX(${at})` };
}

/** What was said last counts, not the sum: who is asked every quarter would tell of the same people again. */
function stated(metric: string, since: Date): EvidenceRows {
  return {
    from: sql`follow_up_answer e JOIN ambassador teller ON teller.contact_id = e.contact_id`,
    where: sql`e.metric = ${metric} AND e.answered_at >= ${since} AND NOT EXISTS (
      SELECT 1 FROM follow_up_answer later
      WHERE later.contact_id = e.contact_id AND later.metric = e.metric AND later.answered_at > e.answered_at)`,
    ambassadorId: sql`teller.id`,
    count: sql`MAX(e.number_value)`,
    at: sql`MAX(e.answered_at)`,
  };
}

function nominated(gate: SuperpromoterGateKey, since: Date): EvidenceRows {
  return {
    from: sql`superpromoter_nomination e`,
    where: sql`e.gate = ${gate} AND e.withdrawn_at IS NULL AND e.seen_at >= ${since}`,
    ambassadorId: sql`e.ambassador_id`,
    count: sql`SUM(e.people)`,
    at: sql`MAX(e.seen_at)`,
  };
}

export interface EvidenceRow {
  readonly kind: WeighedKind;
  readonly ambassador_id: string;
  readonly n: number | string;
  readonly at: string;
}

/** All weighed evidence of some ambassadors, in one statement. */
export function evidenceOf(scope: EvidenceScope, ambassadorIds: readonly string[]): Sql {
  const parts = everyWeighedKind.map((kind) => {
    const { from, where, ambassadorId, count, at } = rowsOf(kind, scope);
    return sql`SELECT ${raw(`'${kind}'`)} AS kind, ${ambassadorId} AS ambassador_id, ${count} AS n, ${at} AS at
      FROM ${from} WHERE ${ambassadorId} IN (${join([...ambassadorIds])}) AND ${where} GROUP BY ${ambassadorId}`;
  });
  return sql`${join(parts, ' UNION ALL ')}`;
}

/** The value of an ambassador at a weighed gate, in hundredths, as an expression over the row of table `ambassador`. */
function valueAt(gate: SuperpromoterGateKey, scope: EvidenceScope): Sql {
  const kinds = everyWeighedKind.filter((kind) => weighedKinds[kind].gate === gate);
  const terms = kinds.map((kind) => {
    const { from, where, ambassadorId, count } = rowsOf(kind, scope);
    const { weightHundredths, countMax } = scope.settings.weighings[kind];
    const counted =
      countMax === null ? count : sql`CASE WHEN ${count} > ${countMax} THEN ${countMax} ELSE ${count} END`;
    return sql`${weightHundredths} * COALESCE((
      SELECT ${counted} FROM ${from} WHERE ${ambassadorId} = ambassador.id AND ${where}), 0)`;
  });
  return sql`(${join(terms, ' + ')})`;
}

/** Whether an ambassador passes a gate, as a condition over the row of table `ambassador`. */
export function passes(gate: SuperpromoterGateKey, scope: EvidenceScope): Sql {
  switch (gate) {
    case 'ENTHUSIASTIC':
      return sql`(
        SELECT CASE WHEN r.score >= ${enthusiasticFrom(scope)} THEN 1 ELSE 0 END
        FROM survey s JOIN nps_response r ON r.survey_id = s.id AND r.contact_id = ambassador.contact_id
        WHERE s.program_id = ${scope.programId} AND r.responded_at >= ${scope.since}
        ORDER BY r.responded_at DESC, r.id DESC LIMIT 1) = 1`;
    case 'SHARES':
      return sql`${valueAt(gate, scope)} >= ${scope.settings.sharesFromHundredths}`;
    case 'INFLUENCES':
      return sql`${valueAt(gate, scope)} >= ${scope.settings.influencesFromHundredths}`;
  }
}

/** From which score the giver of response r to survey s is enthusiastic. */
function enthusiasticFrom({ settings, programScheme }: EvidenceScope): Sql {
  if (settings.enthusiasticFromScore !== null) return raw(String(settings.enthusiasticFromScore));
  return boundOf('promoterFrom', programScheme);
}

export interface ScoreRow {
  readonly contact_id: string;
  readonly score: number;
  readonly threshold: number;
  readonly at: string;
  readonly survey: string;
}

/**
 * The last score of some contacts, and from which score on it is enthusiastic. The surveys are named, so that answers are
 * found by survey and contact, however many a survey has.
 */
export function lastScoresOf(scope: EvidenceScope, surveyIds: readonly string[], contactIds: readonly string[]): Sql {
  return sql`
    SELECT contact_id, score, threshold, at, survey FROM (
      SELECT r.contact_id, r.score, ${enthusiasticFrom(scope)} AS threshold, r.responded_at AS at, s.name AS survey,
        ROW_NUMBER() OVER (PARTITION BY r.contact_id ORDER BY r.responded_at DESC, r.id DESC) AS place
      FROM nps_response r JOIN survey s ON s.id = r.survey_id
      WHERE r.survey_id IN (${join([...surveyIds])}) AND r.contact_id IN (${join([...contactIds])})
        AND r.responded_at >= ${scope.since}) latest
    WHERE place = 1`;
}
