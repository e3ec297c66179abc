import sql, { join, type Sql } from 'sql-template-tag';
import type { Audiences } from '../audience/audiences.js';
import { Contact } from '../contacts/contact.entity.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { RequestContext } from '../identity/session.js';
import type { MailCarrier } from '../notify/mail/mail.js';
import type { SurveyLinks } from '../nps/links/survey-links.js';
import type { Survey } from '../nps/survey.entity.js';
import type { SurveyService } from '../nps/survey.service.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { argumentRefused } from '../platform/graphql/input.js';
import { rowId } from '../platform/graphql/node.js';
import {
  type IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Hindrances } from './hindrances.js';
import type { NotAskedReason } from './reason.js';
import { InvitationWave } from './wave.entity.js';
import type { InvitationWaveCreateInput, InvitationWavePreviewInput } from './wave.inputs.js';
import { InvitationWavePreview, MailNotConfigured, NotAskedCount, WaveOver } from './wave.results.js';
import type { WaveSelection } from './wave.selection.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'invitationWave.created': { readonly waveId: string };
  }
}

type Refusal = MailNotConfigured | SecretKeyMissing | IdempotencyKeyReused | InputInvalid | NotFound;

interface WaveParts {
  readonly database: Database;
  readonly events: Events;
  readonly clock: Clock;
  readonly audiences: Audiences;
  readonly surveys: SurveyService;
  readonly links: SurveyLinks;
  readonly fatigue: Fatigue;
  readonly hindrances: Hindrances;
  readonly selection: WaveSelection;
  readonly carrier: MailCarrier;
}

/** Waves as staff make, look at and steer them. */
export class WaveService {
  private readonly database: Database;

  constructor(private readonly parts: WaveParts) {
    this.database = parts.database;
  }

  /** Schedules a wave, once for each idempotency key. By the channel API its people are asked before this answers. */
  async create(context: RequestContext, input: InvitationWaveCreateInput): Promise<InvitationWave | Refusal> {
    context.session.require('invitation.send');
    if (input.channel === 'MAIL' && !this.parts.carrier.isReady) return new MailNotConfigured();
    if (!this.parts.links.isReady) return new SecretKeyMissing();
    const { program, caller } = context.session;
    return this.database.transact(async (tx) => {
      const call = { programId: program.id, caller, operation: 'invitationWaveCreate', input };
      const id = await once(tx, call, () => this.createIn(tx, program.id, input));
      if (id instanceof Problem) return id;
      return (await tx.first(InvitationWave, sql`WHERE id = ${id}`)) ?? new NotFound();
    });
  }

  /** Whom a wave would ask if it began now, and whom not, by reason. */
  async preview(context: RequestContext, input: InvitationWavePreviewInput): Promise<InvitationWavePreview> {
    context.session.require('invitation.send');
    const programId = context.session.program.id;
    return this.database.read(async (db) => {
      const survey = await this.parts.surveys.findByKey(db, programId, input.surveyKey);
      if (!survey) throw argumentRefused(['input', 'surveyKey'], 'is the key of no survey');
      const people = await this.peopleOf(db, programId, input);
      if (people instanceof InputInvalid) throw refused(people);
      const budget = await this.parts.fatigue.budgetOf(db, programId);
      const { channel } = input;
      const kind = kindOf(survey);
      const reason = this.parts.hindrances.reasonOf({
        kind,
        channel,
        budget,
        surveyId: survey.id,
        now: this.parts.clock.now(),
      });
      const predicate = await this.parts.selection.predicateOf(db, { programId, ...people });
      const rows = await db.query<{ reason: NotAskedReason | null; people: number | string }>(sql`
        SELECT reason, COUNT(*) AS people FROM (
          SELECT ${reason} AS reason FROM contact WHERE contact.program_id = ${programId} AND ${predicate}
        ) meant GROUP BY reason ORDER BY reason`);
      const asked = rows.find((row) => row.reason === null)?.people ?? 0;
      const notAsked = rows.flatMap((row) =>
        row.reason === null ? [] : new NotAskedCount(row.reason, Number(row.people)),
      );
      return new InvitationWavePreview(Number(asked), notAsked);
    });
  }

  /** Sends nothing until it is resumed; reminders neither. */
  pause(context: RequestContext, waveId: string): Promise<InvitationWave | WaveOver | NotFound> {
    return this.change(context, waveId, ({ pausedAt }, now) => sql`paused_at = ${pausedAt ?? now}`);
  }

  resume(context: RequestContext, waveId: string): Promise<InvitationWave | WaveOver | NotFound> {
    return this.change(context, waveId, () => sql`paused_at = NULL`);
  }

  /** Ends a wave: whoever was not written to is not. */
  async cancel(context: RequestContext, waveId: string): Promise<InvitationWave | WaveOver | NotFound> {
    const result = await this.change(context, waveId, (_, now) => sql`cancelled_at = ${now}`);
    // Cancelling twice is cancelling once.
    return result instanceof WaveOver && result.wave.cancelledAt !== null ? result.wave : result;
  }

  async find(context: RequestContext, id: string): Promise<InvitationWave | undefined> {
    if (!context.session.may('invitation.read')) return undefined;
    const wave = await this.database.read((db) => db.first(InvitationWave, sql`WHERE id = ${id}`));
    return wave?.programId === context.session.program.id ? wave : undefined;
  }

  /** The waves of the program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<InvitationWave>> {
    context.session.require('invitation.read');
    const where = sql`invitation_wave.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: InvitationWave, where, order: newestFirst('invitation_wave'), page });
  }

  private async createIn(
    tx: Transaction,
    programId: string,
    input: InvitationWaveCreateInput,
  ): Promise<string | InputInvalid> {
    const survey = await this.parts.surveys.findByKey(tx, programId, input.surveyKey);
    if (!survey) return InputInvalid.at(['surveyKey'], 'is the key of no survey');
    const people = await this.peopleOf(tx, programId, input);
    if (people instanceof InputInvalid) return people;
    const scheduledAt = input.scheduledAt && input.scheduledAt > tx.now ? input.scheduledAt : tx.now;
    const { name, channel, language, languageFixed: isLanguageFixed } = input;
    const { ratePerMinute, reminderAfterDays = null, remindersMax, linkDays } = input;
    const wave = Object.assign(new InvitationWave(), {
      ...{ id: tx.newId(), programId, surveyId: survey.id, askKind: kindOf(survey), name, channel, ...people },
      ...{ language, isLanguageFixed, ratePerMinute, reminderAfterDays, remindersMax, linkDays },
      // The first mails have waited long enough.
      ...{ scheduledAt, freeFrom: new Date(scheduledAt.getTime() - 60_000), createdAt: tx.now },
    });
    await tx.insert(InvitationWave, wave);
    await this.parts.events.emit(tx, 'invitationWave.created', programId, { waveId: wave.id });
    if (channel === 'API') await this.parts.selection.selectAll(tx, wave);
    else await this.parts.selection.schedule(tx, wave);
    return wave.id;
  }

  /** Whom an input means: a rule that holds in this program, or contacts of it, each once. */
  private async peopleOf(
    db: Reader,
    programId: string,
    { audience = null, contactIds }: Pick<InvitationWavePreviewInput, 'audience' | 'contactIds'>,
  ): Promise<Pick<InvitationWave, 'audience' | 'contactIds'> | InputInvalid> {
    if (audience) {
      const refused = await this.parts.audiences.refusal(db, programId, audience);
      return refused ? InputInvalid.at(['audience'], refused) : { audience, contactIds: null };
    }
    const ids = [...new Set((contactIds ?? []).map((each) => rowId(Contact, each) ?? ''))].sort();
    let known = 0;
    for (const list of listsOf(ids)) {
      known += await db.count(Contact, sql`WHERE program_id = ${programId} AND id IN (${join(list)})`);
    }
    if (known < ids.length) return InputInvalid.at(['contactIds'], 'must be contacts of the program');
    return { audience: null, contactIds: ids };
  }

  private async change(
    context: RequestContext,
    globalId: string,
    changesOf: (wave: InvitationWave, now: Date) => Sql,
  ): Promise<InvitationWave | WaveOver | NotFound> {
    context.session.require('invitation.send');
    const id = rowId(InvitationWave, globalId);
    return this.database.transact(async (tx) => {
      const same = sql`WHERE id = ${id ?? ''} AND program_id = ${context.session.program.id}`;
      const wave = await tx.first(InvitationWave, sql`${same} ${tx.forUpdate}`);
      if (!wave) return new NotFound();
      if (wave.cancelledAt !== null || wave.finishedAt !== null) return new WaveOver(wave);
      await tx.execute(sql`UPDATE invitation_wave SET ${changesOf(wave, tx.now)} ${same}`);
      return (await tx.first(InvitationWave, same)) ?? new NotFound();
    });
  }
}

/** The clock that a survey goes by. */
function kindOf({ kind }: Survey): 'NPS_SURVEY' | 'ENPS_SURVEY' {
  return kind === 'ENPS' ? 'ENPS_SURVEY' : 'NPS_SURVEY';
}

function refused({ issues }: InputInvalid): Error {
  const { path, message } = issues[0] ?? { path: [], message: 'is not valid' };
  return argumentRefused(['input', ...path], message);
}
