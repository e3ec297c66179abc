import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Audiences } from '../audience/audiences.js';
import { Contact } from '../contacts/contact.entity.js';
import { daysBefore, type Fatigue } from '../fatigue/fatigue.js';
import type { FatigueKind } from '../fatigue/fatigue-kind.js';
import type { RequestContext } from '../identity/session.js';
import type { SurveyService } from '../nps/survey.service.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import { message } from '../platform/graphql/messages.js';
import { rowId } from '../platform/graphql/node.js';
import type { AskScope, Hindrance, Hindrances } from './hindrances.js';
import { AskHindrance, AskOutlook, type AskOutlookArgs } from './outlook.js';
import { InvitationWave } from './wave.entity.js';

const dayMilliseconds = 86_400_000;

/** Says why somebody was not asked, by the very rules that decide it. */
export class OutlookService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audiences: Audiences,
    private readonly surveys: SurveyService,
    private readonly fatigue: Fatigue,
    private readonly hindrances: Hindrances,
  ) {}

  /** Undefined for somebody whom the program does not know. */
  async of(context: RequestContext, args: AskOutlookArgs): Promise<AskOutlook | undefined> {
    context.session.require('invitation.read');
    const programId = context.session.program.id;
    const contactId = rowId(Contact, args.contactId) ?? '';
    const now = this.clock.now();
    return this.database.read(async (db) => {
      const contact = await db.first(Contact, sql`WHERE id = ${contactId} AND program_id = ${programId}`);
      if (!contact) return undefined;
      const budget = await this.fatigue.budgetOf(db, programId);
      const { kind, channel } = args;
      const survey = isSurvey(kind) ? await this.surveys.findByKey(db, programId, args.surveyKey) : undefined;
      const scope: AskScope = { kind, channel, budget, now, surveyId: survey?.id ?? null };
      const found = await this.hindrances.every(db, scope, contact.id);
      const reasons = found
        // What is not a survey is asked in reply to an answer: by the clock of its kind alone.
        .filter(({ hindrance }) => isSurvey(kind) || hindrance.reason === 'ASKED_FOR_THIS')
        .map(({ hindrance, since }) => explain(context, scope, hindrance, timeOf(since)));
      const isOutside = args.waveId && !(await this.isMeant(db, contact, args.waveId));
      return new AskOutlook(now, isOutside ? [outside(context), ...reasons] : reasons);
    });
  }

  private async isMeant(db: Reader, { id, programId }: Contact, globalId: string): Promise<boolean> {
    const waveId = rowId(InvitationWave, globalId) ?? '';
    const wave = await db.first(InvitationWave, sql`WHERE id = ${waveId} AND program_id = ${programId}`);
    if (!wave?.audience) return wave?.contactIds?.includes(id) ?? false;
    const [holds] = await this.audiences.whichHold(db, programId, id, [wave.audience]);
    return holds === true;
  }
}

function isSurvey(kind: FatigueKind): boolean {
  return kind === 'NPS_SURVEY' || kind === 'ENPS_SURVEY';
}

function outside({ locale }: RequestContext): AskHindrance {
  const text = message(locale, 'notAsked.NOT_IN_AUDIENCE');
  return Object.assign(new AskHindrance(), { reason: 'NOT_IN_AUDIENCE', since: null, until: null, text });
}

function explain(
  { locale, session }: RequestContext,
  scope: AskScope,
  hindrance: Hindrance,
  since: Date,
): AskHindrance {
  const { reason } = hindrance;
  const days = hindrance.days?.(scope);
  const until = days === undefined ? null : daysBefore(since, -days);
  const date = (time: Date) => DateTime.fromJSDate(time, { zone: session.program.timeZone }).toISODate() ?? '';
  const ago = Math.max(0, Math.floor((scope.now.getTime() - since.getTime()) / dayMilliseconds));
  const facts = { since: date(since), ago, days: days ?? 0, until: until ? date(until) : '' };
  return Object.assign(new AskHindrance(), {
    reason,
    since,
    until,
    text: message(locale, `notAsked.${reason}`, facts),
  });
}
