import sql, { join, type Sql } from 'sql-template-tag';
import { everyScore, type NpsScheme } from '../nps/scheme.js';
import { boundOf } from '../nps/scheme.sql.js';
import type { Reader } from '../platform/database/database.js';
import { Program } from '../programs/program.entity.js';

/** Whose answers, given when. */
export interface AnswerScope {
  readonly programId: string;
  readonly programScheme: NpsScheme;
  readonly from: Date;
  readonly to: Date;
}

/** FROM and WHERE of all answers r of a program, to its surveys s. Every score is named, for the index to be read by time. */
export function answersIn({ programId, from, to }: AnswerScope): Sql {
  return sql`FROM survey s JOIN nps_response r ON r.survey_id = s.id
    WHERE s.program_id = ${programId} AND r.score IN (${join([...everyScore])})
      AND r.responded_at >= ${from} AND r.responded_at < ${to}`;
}

/** The last answer of everybody, an anonymous one being somebody's: contact_id, score, and whether of a detractor. */
export function lastAnswers(scope: AnswerScope): Sql {
  return sql`SELECT contact_id, score, is_detractor FROM (
    SELECT r.contact_id, r.score,
      CASE WHEN r.score <= ${boundOf('detractorTo', scope.programScheme)} THEN 1 ELSE 0 END AS is_detractor,
      ROW_NUMBER() OVER (PARTITION BY COALESCE(r.contact_id, r.id) ORDER BY r.responded_at DESC, r.id DESC) AS place
    ${answersIn(scope)}) latest WHERE place = 1`;
}

/** The program of a session as it is laid down now. */
export async function programOf(db: Reader, programId: string): Promise<Program> {
  const program = await db.first(Program, sql`WHERE id = ${programId}`);
  if (!program) throw new Error('The program of the session is gone');
  return program;
}
