import sql, { join } from 'sql-template-tag';
import { NpsResponse } from '../../nps/response.entity.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../../platform/graphql/loader.js';
import { Case, CaseEntry } from './case.entity.js';

export const caseById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Case, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** What happened to a case, the first step first. */
export const historyOf = new Loader(async (context: BaseContext, caseIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(CaseEntry, sql`WHERE case_id IN (${join([...caseIds])}) ORDER BY case_id, position`),
  );
  return grouped(caseIds, rows, (row) => row.caseId);
});

/** The case that a response opened; undefined where it did not. */
export const caseOfResponse = new Loader(async (context: BaseContext, responseIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Case, sql`WHERE response_id IN (${join([...responseIds])})`),
  );
  return inOrder(responseIds, rows, (row) => row.responseId);
});

/** What the same contact answered next to the same survey, by the id of a response; undefined for nothing yet. */
export const nextResponseOf = new Loader(async (context: BaseContext, responseIds: readonly string[]) => {
  const { found, rows } = await context.database.read(async (db) => {
    const pairs = await db.query<{ id: string; next_id: string | null }>(sql`
      SELECT r.id, (
        SELECT n.id FROM nps_response n
        WHERE n.survey_id = r.survey_id AND n.contact_id = r.contact_id AND n.responded_at > r.responded_at
        ORDER BY n.responded_at LIMIT 1) AS next_id
      FROM nps_response r WHERE r.id IN (${join([...responseIds])})`);
    const nextIds = pairs.flatMap(({ next_id: nextId }) => (nextId === null ? [] : [nextId]));
    const next = nextIds.length > 0 ? await db.select(NpsResponse, sql`WHERE id IN (${join(nextIds)})`) : [];
    return { found: new Map(pairs.map((pair) => [pair.id, pair.next_id])), rows: next };
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return responseIds.map((id) => byId.get(found.get(id) ?? ''));
});
