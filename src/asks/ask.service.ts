import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Submission } from '../challenges/submission.entity.js';
import { Contact } from '../contacts/contact.entity.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { RequestContext } from '../identity/session.js';
import { NpsResponse } from '../nps/response.entity.js';
import { bandOf } from '../nps/scheme.js';
import { Survey } from '../nps/survey.entity.js';
import type { SurveyService } from '../nps/survey.service.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { AppEvent } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Random } from '../platform/random.js';
import type { Consents } from '../privacy/consents.js';
import type { NpsBand } from '../programs/nps-band.js';
import { Program } from '../programs/program.entity.js';
import { type AskCandidates, groupOf } from './ask.candidates.js';
import { choose } from './ask.choice.js';
import { Ask } from './ask.entity.js';
import type { AskDeclineInput, AskNextInput, AsksArgs } from './ask.inputs.js';
import { clockOf } from './ask.kinds.js';
import { askById } from './ask.loaders.js';
import { orderOf } from './ask.order.service.js';
import type { AskOutcomes } from './ask.outcomes.js';

const dayMilliseconds = 86_400_000;
/** For so long after a deed was approved the moment is still there. */
const momentDays = 7;
/** The group of those who never answered. */
const noBand = 'NONE';

interface Parts {
  readonly database: Database;
  readonly random: Random;
  readonly surveys: SurveyService;
  readonly candidates: AskCandidates;
  readonly outcomes: AskOutcomes;
  readonly fatigue: Fatigue;
  readonly consents: Consents;
}

/** Decides what somebody is asked next, and keeps why. */
export class AskService {
  constructor(private readonly parts: Parts) {}

  /**
   * Asks whoever answered with the program's `askFromScore` or more. Kept with the answer, in its transaction: the same
   * answer is always met with the same ask.
   */
  async follow(tx: Transaction, { programId, payload }: AppEvent<'response.recorded'>): Promise<void> {
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    if (!program || payload.score < program.askFromScore) return;
    const { contactId, responseId, band } = payload;
    if (contactId && !(await this.parts.consents.allows(tx, programId, [contactId], 'ASKS')).has(contactId)) return;
    const ambassador = contactId ? await tx.first(Ambassador, sql`WHERE contact_id = ${contactId}`) : undefined;
    await this.make(tx, { program, contactId, ambassadorId: ambassador?.id ?? null, band, responseId });
  }

  /** Thanks for something that was just approved, and asks for the next; once for each submission. */
  async next(context: RequestContext, { submissionId }: AskNextInput): Promise<Ask | InputInvalid | NotFound> {
    context.session.require('ask.next');
    const id = rowId(Submission, submissionId);
    const programId = context.session.program.id;
    return this.parts.database.transact(async (tx) => {
      const submission = id && (await tx.first(Submission, sql`WHERE id = ${id}`));
      if (!submission || submission.programId !== programId) return new NotFound();
      if (!context.session.may('ask.next', submission)) return new NotFound();
      const known = await tx.first(Ask, sql`WHERE submission_id = ${submission.id}`);
      if (known) return known;
      const { status, decidedAt } = submission;
      if (status !== 'APPROVED' || !decidedAt) return InputInvalid.at(['submissionId'], 'must be of what was approved');
      if (tx.now.getTime() > decidedAt.getTime() + momentDays * dayMilliseconds) {
        return InputInvalid.at(['submissionId'], `must be of what was approved in the last ${momentDays} days`);
      }
      return this.afterDeed(tx, submission);
    });
  }

  /** Says no to an ask; said again it changes nothing. */
  async decline(context: RequestContext, input: AskDeclineInput): Promise<Ask | InputInvalid | NotFound> {
    context.session.require('ask.decline');
    const id = rowId(Ask, input.askId);
    const result = await this.parts.database.transact(async (tx) => {
      const ask = id && (await tx.first(Ask, sql`WHERE id = ${id}`));
      if (!ask || ask.programId !== context.session.program.id) return new NotFound();
      if (!context.session.may('ask.decline', await ownerOf(tx, ask))) return new NotFound();
      if (ask.refusal === input.refusal) return ask;
      if (ask.status === null) return InputInvalid.at(['askId'], 'must be of an ask for something');
      await this.parts.outcomes.decline(tx, ask, input.refusal);
      const declined = await tx.first(Ask, sql`WHERE id = ${ask.id}`);
      return declined ?? new NotFound();
    });
    askById.clear(context);
    return result;
  }

  /** An ask that the caller may see: staff any of the program's, an ambassador its own; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Ask | undefined> {
    const ask = await askById.load(context, id);
    if (ask?.programId !== context.session.program.id) return undefined;
    const owner = await this.parts.database.read((db) => ownerOf(db, ask));
    return context.session.may('ask.read', owner) ? ask : undefined;
  }

  /** The asks of the program, newest first. */
  async list(context: RequestContext, args: AsksArgs): Promise<Page<Ask>> {
    context.session.require('ask.list');
    const { contactId, kind, status } = args;
    const contact = contactId ? (rowId(Contact, contactId) ?? '') : undefined;
    let where = sql`ask.program_id = ${context.session.program.id}`;
    if (contact !== undefined) where = sql`${where} AND ask.contact_id = ${contact}`;
    if (kind) where = sql`${where} AND ask.kind = ${kind}`;
    if (status) where = sql`${where} AND ask.status = ${status}`;
    return paginate(this.parts.database, { entity: Ask, where, order: newestFirst('ask'), page: args });
  }

  /** What an ambassador was asked, newest first. */
  async listOf(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Ask>> {
    context.session.require('ask.read', { ambassadorId: ambassador.id });
    const where = sql`ask.contact_id = ${ambassador.contactId}`;
    return paginate(this.parts.database, { entity: Ask, where, order: newestFirst('ask'), page });
  }

  private async afterDeed(tx: Transaction, { id, programId, ambassadorId }: Submission): Promise<Ask> {
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    if (!program || !ambassador) throw new Error('Who submitted is gone');
    const { contactId } = ambassador;
    const band = await this.lastBandOf(tx, program, contactId);
    return this.make(tx, { program, contactId, ambassadorId, band, submissionId: id });
  }

  private async make(tx: Transaction, cause: Cause): Promise<Ask> {
    const { program, contactId, ambassadorId, band, responseId = null, submissionId = null } = cause;
    // Two asks of one person come one after the other.
    const contact = contactId ? await tx.first(Contact, sql`WHERE id = ${contactId} ${tx.forUpdate}`) : undefined;
    const order = await orderOf(tx, program.id);
    const groupKey = groupOf(band ?? noBand, contact, order);
    const moment = submissionId ? 'DEED' : 'RESPONSE';
    const asked = { programId: program.id, timeZone: program.timeZone, contact, ambassadorId, groupKey };
    const { candidates, lastKind } = await this.parts.candidates.find(tx, asked, order);
    const situation = { moment, detractor: band === 'DETRACTOR', lastKind } as const;
    const choice = choose(candidates, situation, order, this.parts.random);
    const { chosen } = choice;
    const isOpen = chosen !== undefined && contactId !== null;
    const ask = Object.assign(new Ask(), {
      ...{ id: tx.newId(), programId: program.id, contactId, ambassadorId, moment, responseId, submissionId },
      ...{ kind: chosen?.kind ?? 'THANKS', challengeId: chosen?.challengeId ?? null },
      ...{ decidedBy: choice.decidedBy, candidates: choice.candidates, groupKey, askedAt: tx.now },
      status: isOpen ? ('OPEN' as const) : null,
      expiresAt: isOpen ? new Date(tx.now.getTime() + order.windowDays * dayMilliseconds) : null,
      settledAt: null,
      refusal: null,
    });
    try {
      await tx.insert(Ask, ask);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The next ask was made at the same moment');
      throw error;
    }
    await this.parts.outcomes.made(tx, ask);
    if (contactId && chosen) {
      const asking = { programId: program.id, contactId, kind: clockOf(chosen.kind), causeId: ask.id };
      await this.parts.fatigue.noteReply(tx, asking);
    }
    return ask;
  }

  /** What they said last, whatever the survey. */
  private async lastBandOf(tx: Transaction, { id }: Program, contactId: string): Promise<NpsBand | undefined> {
    const surveys = await tx.select(Survey, sql`WHERE program_id = ${id}`);
    if (surveys.length === 0) return undefined;
    const ids = join(surveys.map((survey) => survey.id));
    const last = await tx.first(
      NpsResponse,
      sql`WHERE survey_id IN (${ids}) AND contact_id = ${contactId} ORDER BY responded_at DESC, id DESC LIMIT 1`,
    );
    const survey = surveys.find((each) => each.id === last?.surveyId);
    if (!last || !survey) return undefined;
    return bandOf(await this.parts.surveys.schemeOf(tx, id, survey), last.score);
  }
}

interface Cause {
  readonly program: Program;
  readonly contactId: string | null;
  readonly ambassadorId: string | null;
  readonly band: NpsBand | undefined;
  readonly responseId?: string;
  readonly submissionId?: string;
}

/** For permissions: an ask belongs to the ambassador whom it was for, also when they joined after it. */
async function ownerOf(db: Reader, { contactId }: Ask): Promise<{ readonly ambassadorId: string | null }> {
  const ambassador = contactId ? await db.first(Ambassador, sql`WHERE contact_id = ${contactId}`) : undefined;
  return { ambassadorId: ambassador?.id ?? null };
}
