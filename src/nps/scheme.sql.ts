import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type NpsScheme, schemes } from './scheme.js';

type Bound = keyof Pick<NpsScheme, 'promoterFrom' | 'detractorTo'>;

/** From which score on the answers to `survey`, of `program`, are promoters'. */
export const promoterFrom = boundOfBoth('promoterFrom', sql`COALESCE(survey.promoter_from, program.promoter_from)`);

/** Up to which score the answers to `survey`, of `program`, are detractors'. */
export const detractorTo = boundOfBoth('detractorTo', sql`COALESCE(survey.detractor_to, program.detractor_to)`);

/** From which score, or up to which, the answers to survey `s` are in a band, where the program's scheme is known. */
export function boundOf(bound: Bound, programScheme: NpsScheme): Sql {
  const own = raw(bound === 'promoterFrom' ? 's.promoter_from' : 's.detractor_to');
  return sql`CASE s.scheme ${casesOf(bound)} WHEN 'OWN' THEN ${own} ELSE ${programScheme[bound]} END`;
}

/** Bands of its own are the survey's where it has a scheme, and the program's where it has none. */
function boundOfBoth(bound: Bound, own: Sql): Sql {
  return sql`CASE COALESCE(survey.scheme, program.nps_scheme) ${casesOf(bound)} ELSE ${own} END`;
}

function casesOf(bound: Bound): Sql {
  return join(
    Object.values(schemes).map((scheme) => sql`WHEN ${scheme.key} THEN ${scheme[bound]}`),
    ' ',
  );
}
