import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { FatigueBudget } from '../fatigue/budget.entity.js';
import { daysBefore, lastAskWithin } from '../fatigue/fatigue.js';
import type { FatigueKind } from '../fatigue/fatigue-kind.js';
import { bouncedAt, unsubscribedAt } from '../notify/mail/mail-standings.js';
import type { SurveyChannel } from '../nps/links/survey-link.entity.js';
import type { Reader } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { type Consents, refusedSince } from '../privacy/consents.js';
import type { NotAskedReason } from './reason.js';

/** What is asked, how, and when. */
export interface AskScope {
  readonly kind: FatigueKind;
  /** The survey that is asked, where it is a survey. */
  readonly surveyId: string | null;
  readonly channel: SurveyChannel;
  readonly budget: FatigueBudget;
  readonly now: Date;
}

/** Something that can stand in the way of asking somebody. */
export interface Hindrance {
  readonly reason: NotAskedReason;
  /** Whether it passes by itself: then it does not hold up a reminder of what was asked before. */
  readonly passes: boolean;
  /** SQL for a row of `contact`: the moment since when it stands in the way; null where it does not. */
  readonly since: (scope: AskScope) => Sql;
  /** For how many days it does, from that moment on; until it is mended where left out. */
  readonly days?: (scope: AskScope) => number;
}

const never = sql`NULL`;
const noConsentSince = refusedSince('SURVEYS');

/** What stands in the way, in the order in which it is named. */
const known: readonly Hindrance[] = [
  {
    reason: 'NO_EMPLOYEE',
    passes: false,
    since: ({ kind }) =>
      kind === 'ENPS_SURVEY' ? sql`CASE WHEN contact.kind = 'EMPLOYEE' THEN NULL ELSE contact.created_at END` : never,
  },
  {
    reason: 'NO_ADDRESS',
    passes: false,
    since: ({ channel }) =>
      channel === 'MAIL' ? sql`CASE WHEN contact.email IS NULL THEN contact.created_at END` : never,
  },
  { reason: 'UNSUBSCRIBED', passes: false, since: () => unsubscribedAt },
  { reason: 'BOUNCED', passes: false, since: ({ channel }) => (channel === 'MAIL' ? bouncedAt : never) },
  { reason: 'NO_CONSENT', passes: false, since: () => noConsentSince },
];

const clocks: readonly Hindrance[] = [
  {
    reason: 'ANSWERED',
    passes: false,
    since: ({ surveyId, budget, kind, now }) =>
      surveyId === null
        ? never
        : sql`(SELECT MAX(nps_response.responded_at) FROM nps_response
            WHERE nps_response.survey_id = ${surveyId} AND nps_response.contact_id = contact.id
              AND nps_response.responded_at > ${daysBefore(now, budget.daysOf(kind))})`,
    days: ({ budget, kind }) => budget.daysOf(kind),
  },
  {
    reason: 'ASKED_FOR_THIS',
    passes: true,
    since: ({ now, budget, kind }) => lastAskWithin(now, budget.daysOf(kind), kind),
    days: ({ budget, kind }) => budget.daysOf(kind),
  },
  {
    reason: 'ASKED_FOR_ANYTHING',
    passes: true,
    since: ({ now, budget }) => lastAskWithin(now, budget.allDays),
    days: ({ budget }) => budget.allDays,
  },
];

/**
 * Everything that can stand in the way of asking somebody: one place for previews, waves, mails and explanations. Previews
 * and explanations look at what SQL can tell; suppressed addresses are found when a wave chooses, and before each mail.
 */
export class Hindrances {
  readonly all: readonly Hindrance[] = [...known, ...clocks];

  constructor(private readonly consents: Consents) {}

  /** SQL for a row of `contact`: the first reason not to ask; null where there is none. */
  reasonOf(scope: AskScope, hindrances: readonly Hindrance[] = this.all): Sql {
    const cases = hindrances.map(({ reason, since }) => sql`WHEN ${since(scope)} IS NOT NULL THEN ${reason}`);
    return sql`CASE ${join(cases, ' ')} END`;
  }

  /** For each of these contacts the first reason not to ask them; those whom nothing keeps from it are left out. */
  async reasons(
    db: Reader,
    scope: AskScope,
    contactIds: readonly string[],
    hindrances: readonly Hindrance[] = this.all,
  ): Promise<ReadonlyMap<string, NotAskedReason>> {
    const found = new Map<string, NotAskedReason>();
    for (const ids of listsOf(contactIds)) {
      const rows = await db.query<{ id: string; program_id: string; reason: NotAskedReason | null }>(sql`
        SELECT contact.id AS id, contact.program_id AS program_id, ${this.reasonOf(scope, hindrances)} AS reason
        FROM contact WHERE contact.id IN (${join(ids)})`);
      // Addresses that nobody may write to any more are known by a hash alone, which SQL cannot make.
      const allowed = await this.consents.allows(db, rows[0]?.program_id ?? '', ids, 'SURVEYS');
      for (const { id, reason } of rows) {
        if (reason !== null) found.set(id, reason);
        else if (!allowed.has(id)) found.set(id, 'NO_CONSENT');
      }
    }
    return found;
  }

  /** The same for reminders: what was asked once does not stand in the way of asking again. */
  lastingReasons(db: Reader, scope: AskScope, contactIds: readonly string[]) {
    const lasting = this.all.filter(({ passes }) => !passes);
    return this.reasons(db, scope, contactIds, lasting);
  }

  /** Every reason not to ask somebody, each with the moment since when it holds. */
  async every(
    db: Reader,
    scope: AskScope,
    contactId: string,
  ): Promise<readonly { readonly hindrance: Hindrance; readonly since: string }[]> {
    const columns = this.all.map(({ since }, index) => sql`${since(scope)} AS ${raw(`since_${index}`)}`);
    const [row = {}] = await db.query<Record<string, string | null>>(
      sql`SELECT ${join(columns)} FROM contact WHERE contact.id = ${contactId}`,
    );
    return this.all.flatMap((hindrance, index) => {
      const since = row[`since_${index}`];
      return typeof since === 'string' ? [{ hindrance, since }] : [];
    });
  }
}
