import sql from 'sql-template-tag';
import { ambassadorOfContact } from '../ambassadors/ambassador.loaders.js';
import type { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { ContactService } from '../contacts/contact.service.js';
import type { Owned, RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { Events } from '../platform/events/events.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { AnswerCounts } from './counts/answer-counts.js';
import type { FollowUpService } from './followups/follow-up.service.js';
import { responseById } from './nps.loaders.js';
import { NpsResponse } from './response.entity.js';
import './response.events.js';
import type { NpsResponseRecordInput } from './response.inputs.js';
import { allowsScore, bandOf, type NpsScheme } from './scheme.js';
import type { Survey } from './survey.entity.js';
import { misfitOf, type SurveyService } from './survey.service.js';

/** How far a respondent's clock may be ahead of ours. */
const aheadMillisecondsMax = 24 * 3_600_000;

/** Answers to the NPS question. */
export class ResponseService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly contacts: ContactService,
    private readonly surveys: SurveyService,
    private readonly counts: AnswerCounts,
    private readonly followUps: FollowUpService,
  ) {}

  /** Records an answer, once for each idempotency key, and once for each contact, survey and moment. */
  async record(
    context: RequestContext,
    input: NpsResponseRecordInput,
  ): Promise<NpsResponse | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('response.record');
    const { program, caller } = context.session;
    const result = await this.database.transact((tx) =>
      once(tx, { programId: program.id, caller, operation: 'npsResponseRecord', input }, () =>
        this.recordIn(tx, program.id, input),
      ),
    );
    if (result instanceof Problem) return result;
    const response = await responseById.load(context, result);
    if (!response) throw new Error('A response that was recorded is gone');
    return response;
  }

  /** An answer that the caller may see: staff any of the program's, an ambassador its own; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<NpsResponse | undefined> {
    const response = await responseById.load(context, id);
    if (response?.programId !== context.session.program.id) return undefined;
    return context.session.may('response.read', await ownerOf(context, response)) ? response : undefined;
  }

  /** Who answered, as far as the caller may know. */
  async contactOf(context: RequestContext, response: NpsResponse): Promise<Contact | undefined> {
    if (response.contactId === null) return undefined;
    const mayRead = context.session.may('contact.read', await ownerOf(context, response));
    return mayRead ? contactById.load(context, response.contactId) : undefined;
  }

  private async recordIn(
    tx: Transaction,
    programId: string,
    input: NpsResponseRecordInput,
  ): Promise<string | InputInvalid | NotFound> {
    const survey = await this.surveys.hold(tx, programId, input.surveyKey);
    if (!survey) return new NotFound();
    if (survey.isAnonymous)
      return InputInvalid.at(['surveyKey'], 'is an anonymous survey, which its links alone answer');
    const scheme = await this.surveys.schemeOf(tx, programId, survey);
    if (!allowsScore(scheme, input.score)) {
      return InputInvalid.at(['score'], `must be from ${scheme.lowestScore} to ${scheme.highestScore}`);
    }
    const respondedAt = input.respondedAt ?? tx.now;
    if (respondedAt.getTime() > tx.now.getTime() + aheadMillisecondsMax) {
      return InputInvalid.at(['respondedAt'], 'must not be in the future');
    }
    const contact = await this.contacts.identify(tx, programId, input.contact, ['contact']);
    if (contact instanceof InputInvalid) return contact;
    const misfit = misfitOf(survey, contact, ['contact', 'kind']);
    if (misfit) return misfit;
    const known = await tx.first(
      NpsResponse,
      sql`WHERE survey_id = ${survey.id} AND contact_id = ${contact.id} AND responded_at = ${respondedAt}`,
    );
    if (known && known.score !== input.score) {
      return InputInvalid.at(['respondedAt'], 'is when this contact gave another score');
    }
    const { score, comment } = input;
    const response =
      known ?? (await this.add(tx, { id: tx.newId(), survey, scheme, contact, score, comment, respondedAt }));
    const followed = { path: 'followUps', answeredAt: respondedAt };
    return (await this.followUps.recordIn(tx, response, input.followUps ?? [], followed)) ?? response.id;
  }

  /** Writes an answer that is new and allowed: it is counted, and told. The caller holds the survey. */
  async add(tx: Transaction, answer: NewAnswer): Promise<NpsResponse> {
    const { id, survey, scheme, contact, score, respondedAt } = answer;
    const response = Object.assign(new NpsResponse(), {
      id,
      programId: survey.programId,
      surveyId: survey.id,
      contactId: contact.id,
      score,
      comment: answer.comment || null,
      respondedAt,
      sourceId: null,
      recordedAt: tx.now,
    });
    try {
      await tx.insert(NpsResponse, response);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The contact answered at the same moment');
      throw error;
    }
    const { attributes } = contact;
    await this.counts.add(tx, survey, [{ score, respondedAt, attributes }]);
    await this.events.emit(tx, 'response.recorded', survey.programId, {
      responseId: response.id,
      surveyId: survey.id,
      contactId: contact.id,
      score,
      band: bandOf(scheme, score),
      respondedAt: respondedAt.toISOString(),
    });
    return response;
  }
}

/** An answer to write. */
export interface NewAnswer {
  readonly id: string;
  readonly survey: Survey;
  readonly scheme: NpsScheme;
  readonly contact: Contact;
  readonly score: number;
  readonly comment?: string | null | undefined;
  readonly respondedAt: Date;
}

/** For permissions: an answer belongs to the ambassador whose contact gave it. */
async function ownerOf(context: RequestContext, { contactId }: NpsResponse): Promise<Owned> {
  const ambassador = contactId === null ? undefined : await ambassadorOfContact.load(context, contactId);
  return { ambassadorId: ambassador?.id ?? null };
}
