import sql, { join } from 'sql-template-tag';
import { v4 } from 'uuid';
import type { Clock } from '../../platform/clock.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Events } from '../../platform/events/events.js';
import type { Random } from '../../platform/random.js';
import type { Program } from '../../programs/program.entity.js';
import type { AnswerCounts } from '../counts/answer-counts.js';
import { type Days, startOfDay } from '../counts/days.js';
import { FollowUpAnswer } from '../followups/follow-up.entity.js';
import { NpsResponse } from '../response.entity.js';
import { Survey } from '../survey.entity.js';
import { WaitingAnswer } from './waiting-answer.entity.js';

/** Fewer answers than this could be traced to somebody. */
const lotMin = 5;
const lotMax = 1_000;
/** Longer than a day of 25 hours and the day in which an answer may be completed: who answered is done by then. */
const waitMilliseconds = 49 * 3_600_000;

interface WaitingSurvey {
  readonly survey_id: string;
  readonly time_zone: string;
}

/**
 * Answers to anonymous surveys. Each waits until at least four others go in with it, all at one moment, the beginning of
 * the last day on which one of them was given. So no view, by whatever filter and on whichever day, differs from another
 * by fewer than five answers.
 */
export class WaitingAnswers {
  constructor(
    private readonly parts: {
      readonly database: Database;
      readonly clock: Clock;
      readonly random: Random;
      readonly events: Events;
      readonly counts: AnswerCounts;
      readonly days: Days;
    },
  ) {}

  /** Keeps an answer, and nothing of whoever gave it. */
  async add(tx: Transaction, { timeZone }: Program, survey: Survey, score: number): Promise<WaitingAnswer> {
    const answer = Object.assign(new WaitingAnswer(), {
      // An id like all others would be the time to the millisecond.
      id: v4({ random: this.parts.random.bytes(16) }),
      programId: survey.programId,
      surveyId: survey.id,
      day: this.parts.days.of(tx.now, timeZone),
      score,
      comment: null,
      followUps: [],
    });
    await tx.insert(WaitingAnswer, answer);
    return answer;
  }

  /** Lets answers go in where there are enough, and answers how many. Any number of processes may do it. */
  async releaseSome(): Promise<number> {
    const surveys = await this.parts.database.read((db) =>
      db.query<WaitingSurvey>(sql`
        SELECT waiting_answer.survey_id, program.time_zone FROM waiting_answer
        JOIN program ON program.id = waiting_answer.program_id
        GROUP BY waiting_answer.survey_id, program.time_zone HAVING COUNT(*) >= ${lotMin} ORDER BY 1`),
    );
    let released = 0;
    for (const waiting of surveys) {
      released += await this.parts.database.transact((tx) => this.releaseLot(tx, waiting));
    }
    return released;
  }

  private async releaseLot(tx: Transaction, { survey_id: surveyId, time_zone: zone }: WaitingSurvey): Promise<number> {
    const survey = await tx.first(Survey, sql`WHERE id = ${surveyId} ${tx.forShare}`);
    const lastDay = this.parts.days.of(new Date(this.parts.clock.now().getTime() - waitMilliseconds), zone);
    const answers = await tx.select(
      WaitingAnswer,
      sql`WHERE survey_id = ${surveyId} AND day <= ${lastDay} ORDER BY id LIMIT ${lotMax} ${tx.forUpdate}`,
    );
    if (!survey || answers.length < lotMin) return 0;
    const respondedAt = startOfDay(Math.max(...answers.map(({ day }) => day)), zone);
    await tx.execute(sql`DELETE FROM waiting_answer WHERE id IN (${join(answers.map(({ id }) => id))})`);
    await tx.insert(
      NpsResponse,
      answers.map((answer) => responseOf(answer, respondedAt)),
    );
    const followUps = answers.flatMap((answer) => followUpsOf(answer, respondedAt));
    if (followUps.length > 0) await tx.insert(FollowUpAnswer, followUps);
    const counted = answers.map(({ score }) => ({ score, respondedAt, attributes: {} }));
    await this.parts.counts.add(tx, survey, counted);
    // Nobody is to be asked anything on their account: who gave them is not known, and has been thanked.
    await this.parts.events.emit(tx, 'responses.imported', survey.programId, { surveyId, responses: answers.length });
    return answers.length;
  }
}

function responseOf({ id, programId, surveyId, score, comment }: WaitingAnswer, respondedAt: Date): NpsResponse {
  return Object.assign(new NpsResponse(), {
    id,
    programId,
    surveyId,
    contactId: null,
    score,
    comment,
    respondedAt,
    sourceId: null,
    recordedAt: respondedAt,
  });
}

function followUpsOf({ id, programId, surveyId, followUps }: WaitingAnswer, answeredAt: Date): FollowUpAnswer[] {
  const given = { responseId: id, programId, surveyId, contactId: null, answeredAt };
  return followUps.map((followUp) => Object.assign(new FollowUpAnswer(), followUp, given));
}
