import sql from 'sql-template-tag';
import type { AttributeChanges } from '../../contacts/attribute-changes.js';
import type { ContactService } from '../../contacts/contact.service.js';
import type { Rejection } from '../../platform/csv/rejected-file.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import type { Events } from '../../platform/events/events.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import type { AnswerCounts } from '../counts/answer-counts.js';
import { NpsResponse } from '../response.entity.js';
import { Survey } from '../survey.entity.js';
import type { Answer } from './answer.js';
import { addressTaken, type BatchPlan, type ImportTarget, planBatch, verdictOn } from './batch-plan.js';

declare module '../../platform/events/events.js' {
  interface EventMap {
    /** Answers came in from elsewhere, many at once. They are past: nobody is to be asked anything on their account. */
    'responses.imported': { readonly surveyId: string; readonly responses: number };
  }
}

/** What became of the answers of one batch. */
export interface BatchOutcome {
  readonly importedCount: number;
  readonly knownCount: number;
  readonly rejections: readonly Rejection[];
}

/** A batch that a unique index stopped this often is written row by row. */
const wholeAttemptsMax = 3;

/** Writes batches of answers, each in one transaction, with contacts, answers and the event of it. */
export class BatchWriter {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly contacts: ContactService,
    private readonly attributeChanges: AttributeChanges,
    private readonly counts: AnswerCounts,
  ) {}

  /** What writing would do. */
  async rehearse(target: ImportTarget, answers: readonly Answer[]): Promise<BatchOutcome> {
    return this.database.read(async (db) => outcomeOf(await planBatch(db, target, answers)));
  }

  /**
   * Writes a batch. Whoever writes the same people or answers at the same moment is found by the unique indexes; the
   * batch then starts anew and sees them. What cannot go in all at once (two contacts who swap an address on the way)
   * goes row by row, as if each were a live answer.
   */
  async write(target: ImportTarget, answers: readonly Answer[]): Promise<BatchOutcome> {
    let attempt = 0;
    return this.database.transact(async (tx) => {
      attempt += 1;
      try {
        const write = attempt <= wholeAttemptsMax ? this.writeWhole : this.writeEach;
        const outcome = await write.call(this, tx, target, answers);
        const { surveyId, programId } = target;
        if (outcome.importedCount > 0) {
          await this.events.emit(tx, 'responses.imported', programId, { surveyId, responses: outcome.importedCount });
        }
        return outcome;
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody wrote the same at the same moment');
        throw error;
      }
    });
  }

  private async writeWhole(tx: Transaction, target: ImportTarget, answers: readonly Answer[]): Promise<BatchOutcome> {
    const plan = await planBatch(tx, target, answers, tx.forUpdate);
    const outcome = outcomeOf(plan);
    const survey = await holdSurvey(tx, target);
    await this.attributeChanges.tell(tx, target.programId, await plan.contacts.write(tx));
    await tx.insert(
      NpsResponse,
      plan.additions.map(({ contact, answer }) => responseRow(tx, target, contact.id ?? null, answer)),
    );
    const counted = plan.additions.map(({ contact: { attributes }, answer }) => ({ ...answer, attributes }));
    await this.counts.add(tx, survey, counted);
    return outcome;
  }

  private async writeEach(tx: Transaction, target: ImportTarget, answers: readonly Answer[]): Promise<BatchOutcome> {
    const rejections: Rejection[] = [];
    const survey = await holdSurvey(tx, target);
    let importedCount = 0;
    for (const answer of answers) {
      const { row, sourceId, respondedAt } = answer;
      const contact = await this.contacts.identify(tx, target.programId, answer.contact, []);
      if (contact instanceof InputInvalid) {
        rejections.push({ row, reason: addressTaken });
        continue;
      }
      const inSurvey = sql`survey_id = ${target.surveyId}`;
      const bySource = sourceId
        ? await tx.first(NpsResponse, sql`WHERE ${inSurvey} AND source_id = ${sourceId}`)
        : undefined;
      const byMoment = await tx.first(
        NpsResponse,
        sql`WHERE ${inSurvey} AND contact_id = ${contact.id} AND responded_at = ${respondedAt}`,
      );
      const verdict = verdictOn(answer, bySource, byMoment);
      if (typeof verdict === 'object') rejections.push({ row, reason: verdict.refusal });
      if (verdict !== 'NEW') continue;
      await tx.insert(NpsResponse, responseRow(tx, target, contact.id, answer));
      await this.counts.add(tx, survey, [{ ...answer, attributes: contact.attributes }]);
      importedCount += 1;
    }
    const knownCount = answers.length - importedCount - rejections.length;
    return { importedCount, knownCount, rejections };
  }
}

async function holdSurvey(tx: Transaction, { surveyId }: ImportTarget): Promise<Survey> {
  const survey = await tx.first(Survey, sql`WHERE id = ${surveyId} ${tx.forShare}`);
  if (!survey) throw new Error('The survey of an import is gone');
  return survey;
}

function outcomeOf({ additions, knownCount, rejections }: BatchPlan): BatchOutcome {
  return { importedCount: additions.length, knownCount, rejections };
}

function responseRow(
  tx: Transaction,
  { programId, surveyId }: ImportTarget,
  contactId: string | null,
  { score, comment, respondedAt, sourceId }: Answer,
): Partial<NpsResponse> {
  const id = tx.newId();
  return { id, programId, surveyId, contactId, score, comment, respondedAt, sourceId, recordedAt: tx.now };
}
