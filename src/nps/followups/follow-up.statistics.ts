import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database } from '../../platform/database/database.js';
import { groupedBy } from '../counts/groups.js';
import type { NpsSummary, Selection } from '../summary.js';
import type { FollowUpMetric } from './follow-up.entity.js';
import { FollowUpSummary } from './metric.summary.js';

interface NumberRow {
  readonly number_value: number;
  readonly n: number | string;
}

/** The metrics beside NPS, counted over the same responses. */
export class FollowUpStatistics {
  constructor(private readonly database: Database) {}

  async summarize(
    context: RequestContext,
    { selection }: NpsSummary,
    metric: FollowUpMetric,
  ): Promise<FollowUpSummary> {
    context.session.require('nps.read');
    const rows = await this.database.read((db) =>
      db.query<NumberRow>(sql`
        SELECT follow_up_answer.number_value, COUNT(*) AS n
        FROM follow_up_answer JOIN nps_response ON nps_response.id = follow_up_answer.response_id
        ${ofTheSelection(selection, metric)}
        GROUP BY follow_up_answer.number_value`),
    );
    const given = rows.map(({ number_value, n }) => ({ number: Number(number_value), count: Number(n) }));
    return new FollowUpSummary(metric, given);
  }
}

/** Far fewer follow up than give a score: their answers are taken by the index on the metric, the responses by id. */
function ofTheSelection(selection: Selection, metric: FollowUpMetric): Sql {
  const { programId, surveys, from, to, attribute } = selection;
  const having = attribute
    ? sql`JOIN contact_attribute ON contact_attribute.contact_id = ${groupedBy}
        AND contact_attribute.program_id = ${programId}
        AND contact_attribute.name = ${attribute.name} AND contact_attribute.value = ${attribute.value}`
    : empty;
  return sql`${having}
    WHERE follow_up_answer.survey_id IN (${join(surveys.map(({ id }) => id))}) AND follow_up_answer.metric = ${metric}
    ${from ? sql`AND nps_response.responded_at >= ${from}` : empty}
    ${to ? sql`AND nps_response.responded_at < ${to}` : empty}`;
}
