import sql from 'sql-template-tag';
import type { Reader, Transaction } from '../../platform/database/database.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { FollowUpAnswer } from '../followups/follow-up.entity.js';
import type { FollowUpAnswerInput } from '../followups/follow-up.inputs.js';
import type { FollowUpService } from '../followups/follow-up.service.js';
import { NpsResponse } from '../response.entity.js';
import type { GivenAnswer } from './answering.results.js';
import { WaitingAnswer, type WaitingFollowUp } from './waiting-answer.entity.js';

/** An answer that is there, a response or one that waits to be one. */
export interface Kept extends Pick<GivenAnswer, 'score' | 'comment' | 'answeredKeys' | 'response'> {
  readonly surveyId: string;
}

/** What is said after the score. What is left out stays as it is. */
interface Said {
  readonly comment?: string | null;
  readonly followUps?: readonly FollowUpAnswerInput[] | null;
}

/** Answers that were given by links, wherever they are kept. */
export class KeptAnswers {
  constructor(private readonly followUps: FollowUpService) {}

  async find(db: Reader, answerId: string): Promise<Kept | undefined> {
    const response = await db.first(NpsResponse, sql`WHERE id = ${answerId}`);
    if (response) {
      const rows = await db.select(FollowUpAnswer, sql`WHERE response_id = ${answerId}`);
      return keptAs(response, rows, response);
    }
    const waiting = await db.first(WaitingAnswer, sql`WHERE id = ${answerId}`);
    return waiting && keptAs(waiting, waiting.followUps, null);
  }

  /** Adds what is said to an answer; what has gone in with others stays as it is. */
  async complete(tx: Transaction, answerId: string, said: Said): Promise<InputInvalid | undefined> {
    const response = await tx.first(NpsResponse, sql`WHERE id = ${answerId} ${tx.forUpdate}`);
    if (response?.contactId) return this.completeResponse(tx, response, said);
    const waiting = await tx.first(WaitingAnswer, sql`WHERE id = ${answerId} ${tx.forUpdate}`);
    return waiting && this.completeWaiting(tx, waiting, said);
  }

  private async completeResponse(tx: Transaction, response: NpsResponse, { comment, followUps }: Said) {
    if (typeof comment === 'string') {
      await tx.execute(sql`UPDATE nps_response SET comment = ${comment || null} WHERE id = ${response.id}`);
    }
    return this.followUps.recordIn(tx, response, followUps ?? [], { path: 'followUps', answeredAt: tx.now });
  }

  private async completeWaiting(
    tx: Transaction,
    waiting: WaitingAnswer,
    { comment, followUps }: Said,
  ): Promise<InputInvalid | undefined> {
    const given = await this.followUps.answersTo(tx, { ...waiting, contactId: null }, followUps ?? [], {
      path: 'followUps',
      answeredAt: tx.now,
    });
    if (given instanceof InputInvalid) return given;
    const replaced = new Set(given.map(({ questionKey }) => questionKey));
    const others = waiting.followUps.filter(({ questionKey }) => !replaced.has(questionKey));
    const all: WaitingFollowUp[] = [
      ...others,
      ...given.map(({ questionKey, metric, number, text }) => ({ questionKey, metric, number, text })),
    ];
    await tx.execute(sql`
      UPDATE waiting_answer SET follow_ups = ${JSON.stringify(all)},
        comment = ${typeof comment === 'string' ? comment || null : waiting.comment}
      WHERE id = ${waiting.id}`);
    return undefined;
  }
}

function keptAs(
  { surveyId, score, comment }: NpsResponse | WaitingAnswer,
  followUps: readonly Pick<FollowUpAnswer, 'questionKey'>[],
  response: NpsResponse | null,
): Kept {
  return { surveyId, score, comment, response, answeredKeys: followUps.map(({ questionKey }) => questionKey) };
}
