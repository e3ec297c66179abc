import sql, { join, type Sql } from 'sql-template-tag';
import type { ConditionDefinitions } from '../audience/conditions.js';
import type { NpsBand } from '../programs/nps-band.js';
import { detractorTo, promoterFrom } from './scheme.sql.js';

/** What is known of a person by their answers: the band of the last one to any survey, by the scheme of that survey. */
export const npsConditions: Pick<ConditionDefinitions, 'npsBands'> = {
  npsBands: {
    requirement: 'NPS_BAND',
    predicate: (bands, { programId }) => sql`EXISTS (
      SELECT 1 FROM program JOIN survey ON survey.program_id = program.id
      JOIN nps_response ON nps_response.survey_id = survey.id AND nps_response.contact_id = contact.id
      WHERE program.id = ${programId} AND (${join(bands.map(isIn), ' OR ')}) AND NOT EXISTS (
        SELECT 1 FROM survey other JOIN nps_response later ON later.survey_id = other.id AND later.contact_id = contact.id
        WHERE other.program_id = ${programId} AND (later.responded_at > nps_response.responded_at
          OR (later.responded_at = nps_response.responded_at AND later.id > nps_response.id))))`,
    // Which answer is wanted is not told: an answer is not to be changed for it.
    sentence: () => ({ key: 'audience.npsBands' }),
  },
};

/** That the answer is in a band, by the scheme of its survey. */
function isIn(band: NpsBand): Sql {
  if (band === 'PROMOTER') return sql`nps_response.score >= ${promoterFrom}`;
  if (band === 'DETRACTOR') return sql`nps_response.score <= ${detractorTo}`;
  return sql`(nps_response.score > ${detractorTo} AND nps_response.score < ${promoterFrom})`;
}
