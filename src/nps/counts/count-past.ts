import sql, { join } from 'sql-template-tag';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { timeOf } from '../../platform/database/rows.js';
import { Program } from '../../programs/program.entity.js';
import { everyScore } from '../scheme.js';
import { Survey } from '../survey.entity.js';
import { fold } from './count-folding.js';
import { type Days, startOfDay } from './days.js';
import { groupedBy } from './groups.js';

/** Later than any answer: from here counting goes back. */
const afterAll = new Date('9999-01-01T00:00:00Z');
const surveysPerTurn = 20;

/**
 * Counts the answers that were there before anybody counted them, and anew where the program's days become others. It goes
 * back day by day, each in a transaction that holds the survey: an answer that comes in meanwhile is either on a day that
 * is counted, and adds itself, or on one that is still to come.
 */
export class CountPast {
  constructor(
    private readonly database: Database,
    private readonly days: Days,
  ) {}

  /** Goes one day back with some surveys, and answers with how many. Any number of processes may do it. */
  async countSome(): Promise<number> {
    const surveys = await this.database.read((db) =>
      db.query<{ id: string }>(sql`
        SELECT survey.id FROM survey JOIN program ON program.id = survey.program_id
        WHERE survey.counted_zone IS NULL OR survey.counted_zone <> program.time_zone OR survey.counted_from IS NOT NULL
        ORDER BY survey.id LIMIT ${surveysPerTurn}`),
    );
    for (const { id } of surveys) await this.database.transact((tx) => this.goBack(tx, id));
    return surveys.length;
  }

  private async goBack(tx: Transaction, surveyId: string): Promise<void> {
    const survey = await tx.first(Survey, sql`WHERE id = ${surveyId} ${tx.forUpdate}`);
    const program = survey && (await tx.first(Program, sql`WHERE id = ${survey.programId}`));
    if (!survey || !program) return;
    if (survey.countedZone !== program.timeZone) return this.begin(tx, survey, program.timeZone);
    if (survey.countedFrom === null) return;
    const latest = await latestBefore(tx, surveyId, survey.countedFrom);
    const start = latest && startOfDay(this.days.of(latest, program.timeZone), program.timeZone);
    if (start) await this.countDay(tx, survey, start, this.days.of(start, program.timeZone));
    await tx.execute(sql`UPDATE survey SET counted_from = ${start ?? null} WHERE id = ${surveyId}`);
  }

  /** Drops what was counted by other days. */
  private async begin(tx: Transaction, { id }: Survey, timeZone: string): Promise<void> {
    await tx.execute(sql`DELETE FROM nps_count WHERE survey_id = ${id}`);
    await tx.execute(sql`DELETE FROM nps_count_change WHERE survey_id = ${id}`);
    await tx.execute(sql`UPDATE survey SET counted_zone = ${timeZone}, counted_from = ${afterAll} WHERE id = ${id}`);
  }

  private async countDay(tx: Transaction, survey: Survey, start: Date, day: number): Promise<void> {
    const ofDay = sql`nps_response.survey_id = ${survey.id} AND nps_response.score IN (${join([...everyScore])})
      AND nps_response.responded_at >= ${start} AND nps_response.responded_at < ${survey.countedFrom}`;
    const all = await tx.query<{ score: number; n: number | string }>(sql`
      SELECT nps_response.score, COUNT(*) AS n FROM nps_response WHERE ${ofDay} GROUP BY nps_response.score`);
    const groups = await tx.query<{ name: string; value: string; score: number; n: number | string }>(sql`
      SELECT contact_attribute.name, contact_attribute.value, nps_response.score, COUNT(*) AS n
      FROM nps_response JOIN contact_attribute ON contact_attribute.contact_id = ${groupedBy}
      WHERE ${ofDay} GROUP BY contact_attribute.name, contact_attribute.value, nps_response.score`);
    const key = { surveyId: survey.id, day };
    await fold(tx, survey.programId, [
      ...all.map(({ score, n }) => ({ ...key, name: '', value: '', score, answers: Number(n) })),
      ...groups.map(({ name, value, score, n }) => ({ ...key, name, value, score, answers: Number(n) })),
    ]);
  }
}

/** When the last answer before a moment was given: one look into the index for each score. */
async function latestBefore(db: Reader, surveyId: string, moment: Date): Promise<Date | undefined> {
  const [row] = await db.query<{ latest: string | null }>(sql`
    SELECT MAX(latest) AS latest FROM (${join(
      everyScore.map(
        (score) => sql`SELECT MAX(responded_at) AS latest FROM nps_response
          WHERE survey_id = ${surveyId} AND score = ${score} AND responded_at < ${moment}`,
      ),
      ' UNION ALL ',
    )}) AS by_score`);
  return row?.latest ? timeOf(row.latest) : undefined;
}
