import sql, { join, type Sql } from 'sql-template-tag';
import { type NpsScheme, schemes } from './scheme.js';

/** From which score on the answers to `survey`, of `program`, are promoters'. */
export const promoterFrom = boundOf('promoterFrom', sql`COALESCE(survey.promoter_from, program.promoter_from)`);

/** Up to which score the answers to `survey`, of `program`, are detractors'. */
export const detractorTo = boundOf('detractorTo', sql`COALESCE(survey.detractor_to, program.detractor_to)`);

/** Bands of its own are the survey's where it has a scheme, and the program's where it has none. */
function boundOf(bound: keyof Pick<NpsScheme, 'promoterFrom' | 'detractorTo'>, own: Sql): Sql {
  const cases = Object.values(schemes).map((scheme) => sql`WHEN ${scheme.key} THEN ${scheme[bound]}`);
  return sql`CASE COALESCE(survey.scheme, program.nps_scheme) ${join(cases, ' ')} ELSE ${own} END`;
}
