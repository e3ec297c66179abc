import sql from 'sql-template-tag';
import { idsOf } from '../platform/personal.js';
import type { Retention } from '../platform/retention.js';
import { NpsResponse } from './response.entity.js';

/** Words of answers may be forgotten, scores are not. */
export function defineAnswerRetention(retention: Retention): void {
  retention.define({
    kind: 'ANSWER_WORDS',
    entity: NpsResponse,
    where: sql`(comment IS NOT NULL OR id IN (
      SELECT response_id FROM follow_up_answer WHERE response_id = nps_response.id AND text_value <> ''))`,
    forget: async (tx, rows) => {
      const ids = idsOf(rows);
      await tx.execute(sql`UPDATE nps_response SET comment = NULL WHERE id IN (${ids})`);
      await tx.execute(sql`
        UPDATE follow_up_answer SET text_value = '' WHERE response_id IN (${ids}) AND text_value IS NOT NULL`);
    },
  });
}
