import sql, { join, type Sql } from 'sql-template-tag';
import type { NpsSchemeKey } from '../programs/nps-scheme-key.js';
import { schemes } from './scheme.js';

/** From which score, or up to which, the answers to survey `s` are in a band: by its own scheme, or else the program's. */
export function boundOf(bound: 'promoterFrom' | 'detractorTo', programScheme: NpsSchemeKey): Sql {
  const cases = Object.values(schemes).map((scheme) => sql`WHEN ${scheme.key} THEN ${scheme[bound]}`);
  return sql`CASE COALESCE(s.scheme, ${programScheme}) ${join(cases, ' ')} END`;
}
