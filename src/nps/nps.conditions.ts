import sql, { join } from 'sql-template-tag';
import type { ConditionDefinitions } from '../audience/conditions.js';
import type { NpsBand } from '../programs/nps-band.js';
import { bandOf, everyScore, schemes } from './scheme.js';

/** What is known of a person by their answers: the band of the last one to any survey, by the scheme of that survey. */
export const npsConditions: Pick<ConditionDefinitions, 'npsBands'> = {
  npsBands: {
    requirement: 'NPS_BAND',
    predicate: (bands, { programId }) => sql`EXISTS (
      SELECT 1 FROM program JOIN survey ON survey.program_id = program.id
      JOIN nps_response ON nps_response.survey_id = survey.id AND nps_response.contact_id = contact.id
      WHERE program.id = ${programId} AND (${join(bands.flatMap(scoresOf), ' OR ')}) AND NOT EXISTS (
        SELECT 1 FROM survey other JOIN nps_response later ON later.survey_id = other.id AND later.contact_id = contact.id
        WHERE other.program_id = ${programId} AND (later.responded_at > nps_response.responded_at
          OR (later.responded_at = nps_response.responded_at AND later.id > nps_response.id))))`,
    // Which answer is wanted is not told: an answer is not to be changed for it.
    sentence: () => ({ key: 'audience.npsBands' }),
  },
};

/** The scores that fall in a band, for each scheme. */
function scoresOf(band: NpsBand) {
  return Object.values(schemes).map((scheme) => {
    const scores = everyScore.filter((score) => bandOf(scheme, score) === band);
    return sql`(COALESCE(survey.scheme, program.nps_scheme) = ${scheme.key} AND nps_response.score IN (${join(scores)}))`;
  });
}
