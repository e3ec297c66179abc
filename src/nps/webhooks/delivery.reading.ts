import sql from 'sql-template-tag';
import type { Clock } from '../../platform/clock.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import { InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import type { Logger } from '../../platform/log.js';
import type { ResponseService } from '../response.service.js';
import { Survey } from '../survey.entity.js';
import { type MappedAnswer, readAnswers, reasonOf } from './answer.js';
import { ResponseExtra, WebhookDelivery, type WebhookDeliveryStatus } from './delivery.entity.js';
import type { WebhookDeliveries } from './delivery.service.js';
import type { Mapped, Mapper } from './mapper.js';
import { WebhookSource } from './source.entity.js';
import type { WebhookSources } from './source.service.js';
import { ResponseWithheld, type SurveyMonkeyFetch } from './survey-monkey-fetch.js';
import { vendors } from './vendors/vendors.js';

const readAtOnce = 20;
/** Who reads a message and dies leaves it to others after this; longer than any reading takes. */
const leaseMilliseconds = 120_000;
const attemptsMax = 8;
const retryMilliseconds = 15_000;

/** What came of reading a message. */
interface Outcome {
  readonly status: Exclude<WebhookDeliveryStatus, 'RECEIVED'>;
  readonly reason?: string;
  readonly answers: number;
}

interface ReadingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sources: WebhookSources;
  readonly deliveries: WebhookDeliveries;
  readonly mapper: Mapper;
  readonly responses: ResponseService;
  readonly surveyMonkey: SurveyMonkeyFetch;
}

/**
 * Reads what is in the inbox, on any number of processes, and records the answers. Each is known by its name in the
 * tool, so that a message that is read twice, by whatever accident, is recorded once.
 */
export class DeliveryReading {
  constructor(private readonly parts: ReadingParts) {}

  /** Reads some of the messages that wait; answers how many were taken. */
  async readSome(): Promise<number> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const due = await database.read((db) =>
      db.query<{ id: string }>(sql`
        SELECT id FROM webhook_delivery WHERE due_at <= ${now} ORDER BY due_at, id LIMIT ${readAtOnce}`),
    );
    let taken = 0;
    for (const { id } of due) {
      const delivery = await this.claim(id);
      if (!delivery) continue;
      taken += 1;
      await this.read(delivery);
    }
    return taken;
  }

  private claim(id: string): Promise<WebhookDelivery | undefined> {
    return this.parts.database.transact(async (tx) => {
      const until = new Date(tx.now.getTime() + leaseMilliseconds);
      const claimed = await tx.execute(sql`
        UPDATE webhook_delivery SET due_at = ${until}, attempts = attempts + 1 WHERE id = ${id} AND due_at <= ${tx.now}`);
      return claimed === 0 ? undefined : tx.first(WebhookDelivery, sql`WHERE id = ${id}`);
    });
  }

  private async read(delivery: WebhookDelivery): Promise<void> {
    try {
      await this.settle(delivery, await this.outcomeOf(delivery));
    } catch (error) {
      const { id, attempts } = delivery;
      if (error instanceof ResponseWithheld) {
        return this.settle(delivery, { status: 'REFUSED', reason: error.message, answers: 0 });
      }
      this.parts.log.warn({ err: error, deliveryId: id, attempts }, 'a webhook message could not be read');
      if (attempts < attemptsMax) return this.postpone(delivery);
      const reason = `It could not be read ${attempts} times, and may be tried again`;
      await this.settle(delivery, { status: 'REFUSED', reason, answers: 0 });
    }
  }

  private async outcomeOf(delivery: WebhookDelivery): Promise<Outcome> {
    const { database, sources, deliveries, surveyMonkey, mapper } = this.parts;
    const source = await database.read((db) => db.first(WebhookSource, sql`WHERE id = ${delivery.sourceId}`));
    if (!source) throw new Error('The source of a webhook message is gone');
    const body = deliveries.bodyOf(delivery);
    const message = source.kind === 'SURVEYMONKEY' ? await surveyMonkey.complete(body, sources.tokenOf(source)) : body;
    const mapped = await mapMessage(mapper, source, message);
    if ('fault' in mapped) return { status: 'REFUSED', reason: mapped.fault, answers: 0 };
    const answers = readAnswers(mapped.value);
    if (answers instanceof InputInvalid) return { status: 'REFUSED', reason: reasonOf(answers), answers: 0 };
    return this.recordAll(source, delivery, answers);
  }

  /** Records what can be; one that cannot keeps the others from nothing. */
  private async recordAll(
    source: WebhookSource,
    delivery: WebhookDelivery,
    answers: readonly (MappedAnswer | InputInvalid)[],
  ): Promise<Outcome> {
    const refusals: string[] = [];
    for (const [index, answer] of answers.entries()) {
      const place = answers.length > 1 ? `Answer ${index + 1}: ` : '';
      const refusal = answer instanceof InputInvalid ? answer : await this.record(source, delivery, answer, index);
      if (refusal instanceof InputInvalid) refusals.push(place + reasonOf(refusal));
      else if (refusal) refusals.push(`${place}The survey is gone`);
    }
    const recorded = answers.length - refusals.length;
    if (refusals.length > 0) return { status: 'REFUSED', reason: refusals.slice(0, 10).join('\n'), answers: recorded };
    return { status: recorded > 0 ? 'RECORDED' : 'IGNORED', answers: recorded };
  }

  private async record(
    source: WebhookSource,
    delivery: WebhookDelivery,
    answer: MappedAnswer,
    index: number,
  ): Promise<Problem | undefined> {
    const result = await this.parts.database.transact(async (tx) => {
      const survey = await tx.first(Survey, sql`WHERE id = ${source.surveyId}`);
      if (!survey) return new NotFound();
      const responseId = await this.parts.responses.recordIn(tx, source.programId, {
        surveyKey: survey.key,
        contact: answer.contact,
        score: answer.score,
        comment: answer.comment,
        respondedAt: answer.answeredAt ?? delivery.receivedAt,
        sourceId: `${prefixOf(source)}:${answer.responseId ?? `${delivery.messageKey}:${index}`}`,
      });
      if (typeof responseId !== 'string') return responseId;
      await keepExtra(tx, source.programId, responseId, answer.extra);
      return undefined;
    });
    return result;
  }

  private async settle({ id, attempts }: WebhookDelivery, { status, reason, answers }: Outcome): Promise<void> {
    await this.parts.database.transact((tx) =>
      tx.execute(sql`
        UPDATE webhook_delivery
        SET status = ${status}, reason = ${reason ?? null}, answers = ${answers}, settled_at = ${tx.now}, due_at = NULL
        WHERE id = ${id} AND attempts = ${attempts} AND status = 'RECEIVED'`),
    );
  }

  /** Lets it be read again later, ever less often. */
  private async postpone({ id, attempts }: WebhookDelivery): Promise<void> {
    await this.parts.database.transact((tx) => {
      const dueAt = new Date(tx.now.getTime() + retryMilliseconds * 2 ** attempts);
      return tx.execute(sql`UPDATE webhook_delivery SET due_at = ${dueAt} WHERE id = ${id} AND attempts = ${attempts}`);
    });
  }
}

/** What a source's mapping makes of a message: its own, or else the tool's. */
export function mapMessage(
  mapper: Mapper,
  { kind, mapping }: Pick<WebhookSource, 'kind' | 'mapping'>,
  message: unknown,
): Promise<Mapped> {
  return mapping === null ? mapper.map(vendors[kind].mapping, message) : mapper.mapApart(mapping, message);
}

/** The ids of a tool are its own whatever source they come by; of what we know nothing of, they are the source's. */
function prefixOf({ id, kind }: WebhookSource): string {
  return kind === 'GENERIC' ? id : kind.toLowerCase();
}

/** Keeps what else was answered; a later message about the same answer adds to it. */
async function keepExtra(
  tx: Transaction,
  programId: string,
  responseId: string,
  answers: MappedAnswer['extra'],
): Promise<void> {
  if (Object.keys(answers).length === 0) return;
  const known = await tx.first(ResponseExtra, sql`WHERE response_id = ${responseId} ${tx.forUpdate}`);
  if (known) {
    const all = JSON.stringify({ ...known.answers, ...answers });
    await tx.execute(sql`UPDATE nps_response_extra SET answers = ${all} WHERE response_id = ${responseId}`);
    return;
  }
  try {
    await tx.insert(ResponseExtra, { responseId, programId, answers });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The same answer came at the same moment');
    throw error;
  }
}
