import sql, { join } from 'sql-template-tag';
import { Contact } from '../contacts/contact.entity.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { MailCarrier, MailOutcome } from '../notify/mail/mail.js';
import type { MailStandings } from '../notify/mail/mail-standings.js';
import { SurveyLink } from '../nps/links/survey-link.entity.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Logger } from '../platform/log.js';
import type { Hindrances } from './hindrances.js';
import { SurveyInvitation } from './invitation.entity.js';
import type { InvitationMails } from './invitation.mails.js';
import { type ClaimedMail, mailKey } from './mail.claim.js';
import type { NotAskedReason } from './reason.js';
import { InvitationWave } from './wave.entity.js';
import type { WaveSelection } from './wave.selection.js';

/** So many that all are sent long before their claim ends. */
const claimedAtOnceMax = 20;
/** A process that has not said by then what came of a mail will not do so any more. */
const claimMilliseconds = 10 * 60_000;
const attemptsMax = 9;
const retryMilliseconds = { first: 60_000, max: 3_600_000 };
const dayMilliseconds = 86_400_000;

interface SendingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly carrier: MailCarrier;
  readonly mails: InvitationMails;
  readonly selection: WaveSelection;
  readonly hindrances: Hindrances;
  readonly fatigue: Fatigue;
  readonly standings: MailStandings;
}

/**
 * Sends the mails that are due, on any number of processes. A mail is first claimed, by a transaction that looks once more
 * whether its person may be asked and notes that they are; then it is handed to the provider; then what came of it is
 * written down. Whoever dies between leaves a claim that ends as UNCERTAIN: nobody gets one mail twice.
 *
 * These rows are the outbox of mails. They are not sent from the outbox of events: that delivers one after the other, so
 * that one slow provider would hold up everything else.
 */
export class MailSending {
  private readonly database: Database;
  private readonly clock: Clock;
  private readonly fatigue: Fatigue;

  constructor(private readonly parts: SendingParts) {
    this.database = parts.database;
    this.clock = parts.clock;
    this.fatigue = parts.fatigue;
  }

  /** Sends some of what is due; answers how many invitations it looked at. */
  async sendSome(): Promise<number> {
    if (!this.parts.carrier.isReady) return 0;
    await this.giveUpClaims();
    const wave = await this.findWave();
    if (!wave) return this.finishWaves();
    const { looked, claimed } = await this.database.transact((tx) => this.claim(tx, wave.id));
    await Promise.all(claimed.map((each) => this.send(each)));
    return looked;
  }

  private async send(claimed: ClaimedMail): Promise<void> {
    const outcome = await this.handOver(claimed);
    if (outcome.outcome !== 'ACCEPTED' && outcome.outcome !== 'BOUNCED') {
      // The provider's code, and nothing that names the person.
      this.parts.log.warn({ ...outcome, invitation: claimed.invitation.id }, 'a mail was not taken');
    }
    await this.database.transact((tx) => this.record(tx, claimed, outcome));
  }

  private async handOver(claimed: ClaimedMail): Promise<MailOutcome> {
    try {
      return await this.parts.carrier.send(await this.parts.mails.compose(claimed));
    } catch (error) {
      // The carrier answers whatever comes of a mail: this one was never handed over.
      this.parts.log.error({ err: error, invitation: claimed.invitation.id }, 'a mail could not be written');
      return { outcome: 'LATER', reason: 'not written' };
    }
  }

  /** The wave that may send a mail now, and has waited for longest. */
  private async findWave(): Promise<InvitationWave | undefined> {
    const now = this.clock.now();
    return this.database.read((db) =>
      db.first(
        InvitationWave,
        sql`WHERE finished_at IS NULL AND free_from <= ${now} AND cancelled_at IS NULL AND paused_at IS NULL
          AND EXISTS (SELECT 1 FROM survey_invitation due WHERE due.wave_id = invitation_wave.id AND due.due_at <= ${now})
          ORDER BY free_from, id LIMIT 1`,
      ),
    );
  }

  /** Takes some of what is due, as far as the rate allows. The wave is held meanwhile: two processes take no mail both. */
  private async claim(tx: Transaction, waveId: string): Promise<{ looked: number; claimed: ClaimedMail[] }> {
    const wave = await tx.first(InvitationWave, sql`WHERE id = ${waveId} ${tx.forUpdateSkipLocked}`);
    if (wave?.status() !== 'RUNNING' || wave.freeFrom > tx.now) return { looked: 0, claimed: [] };
    const due = sql`wave_id = ${wave.id} AND due_at <= ${tx.now}`;
    const seen = await tx.select(
      SurveyInvitation,
      sql`WHERE ${due} ORDER BY due_at, id LIMIT ${Math.min(claimedAtOnceMax, roomOf(wave, tx.now))}`,
    );
    if (seen.length === 0) return { looked: 0, claimed: [] };
    const contactIds = seen.map(({ contactId }) => contactId);
    const contacts = await tx.select(Contact, sql`WHERE id IN (${join(contactIds)}) ORDER BY id ${tx.forUpdate}`);
    // Once more, as it is while the contacts are held: whoever unsubscribes or bounces holds them, too.
    const ids = join(seen.map(({ id }) => id));
    const invitations = await tx.select(SurveyInvitation, sql`WHERE ${due} AND id IN (${ids}) ORDER BY due_at, id`);
    const reasons = await this.reasonsOf(tx, wave, invitations);
    const claimed: ClaimedMail[] = [];
    for (const invitation of invitations) {
      const contact = contacts.find(({ id }) => id === invitation.contactId);
      const reason = reasons.get(invitation.id);
      if (!contact || reason !== undefined) await this.passOver(tx, invitation, reason ?? null);
      else claimed.push(await this.take(tx, wave, invitation, contact));
    }
    await this.noteAsks(tx, wave, claimed);
    await keepRate(tx, wave, claimed.length);
    return { looked: seen.length, claimed };
  }

  /** Why some of these invitations are not sent, by their ids. */
  private async reasonsOf(
    tx: Transaction,
    wave: InvitationWave,
    invitations: readonly SurveyInvitation[],
  ): Promise<ReadonlyMap<string, NotAskedReason>> {
    const { askKind: kind, surveyId, channel } = wave;
    const budget = await this.fatigue.budgetOf(tx, wave.programId);
    const scope = { kind, surveyId, channel, budget, now: tx.now };
    const [first, again] = [invitations.filter(isFirst), invitations.filter((each) => !isFirst(each))];
    const people = (of: readonly SurveyInvitation[]) => of.map(({ contactId }) => contactId);
    const ofFirst = await this.parts.hindrances.reasons(tx, scope, people(first));
    const ofAgain = await this.parts.hindrances.lastingReasons(tx, scope, people(again));
    const linkIds = again.flatMap(({ linkId }) => linkId ?? []);
    const used = linkIds.length > 0 ? await tx.select(SurveyLink, sql`WHERE id IN (${join(linkIds)})`) : [];
    const answered = new Set(used.filter(({ isUsed }) => isUsed).map(({ id }) => id));
    return new Map(
      invitations.flatMap((each) => {
        const hasAnswered = each.linkId !== null && answered.has(each.linkId);
        const reason = isFirst(each) ? ofFirst.get(each.contactId) : ofAgain.get(each.contactId);
        return hasAnswered ? [[each.id, 'ANSWERED'] as const] : reason ? [[each.id, reason] as const] : [];
      }),
    );
  }

  /** Who was not asked yet is not; who was is not reminded. */
  private async passOver(tx: Transaction, { id, mails, attempts }: SurveyInvitation, reason: NotAskedReason | null) {
    const status = mails > 0 ? sql`` : sql`status = 'NOT_ASKED', reason = ${reason ?? 'NO_ADDRESS'}, `;
    if (mails === 0 && attempts > 0) await this.fatigue.withdraw(tx, id);
    await tx.execute(sql`
      UPDATE survey_invitation SET ${status}due_at = NULL, changed_at = ${tx.now} WHERE id = ${id}`);
  }

  private async take(
    tx: Transaction,
    wave: InvitationWave,
    invitation: SurveyInvitation,
    contact: Contact,
  ): Promise<ClaimedMail> {
    const claim = tx.newId();
    const linkId = invitation.linkId ?? (await this.parts.selection.issue(tx, wave, invitation));
    const messageId = this.parts.carrier.messageIdOf(mailKey(invitation));
    await tx.execute(sql`
      UPDATE survey_invitation SET status = 'SENDING', claim = ${claim}, attempts = attempts + 1, due_at = NULL,
        link_id = ${linkId}, message_id = ${messageId}, changed_at = ${tx.now}
      WHERE id = ${invitation.id}`);
    return { wave, invitation, contact, claim, linkId };
  }

  /** A mail that is tried again, and a reminder, are no new ask. */
  private async noteAsks(tx: Transaction, wave: InvitationWave, claimed: readonly ClaimedMail[]): Promise<void> {
    const { programId, askKind: kind } = wave;
    const askings = claimed
      .filter(({ invitation }) => isFirst(invitation))
      .map(({ invitation: { id: causeId, contactId } }) => ({ programId, contactId, kind, causeId }));
    if (askings.length === 0) return;
    await this.fatigue.noteOutgoing(tx, await this.fatigue.budgetOf(tx, programId), askings);
  }

  private async record(tx: Transaction, claimed: ClaimedMail, { outcome, ...more }: MailOutcome): Promise<void> {
    const { invitation, contact, claim, wave } = claimed;
    // The contact first, as everywhere.
    await tx.first(Contact, sql`WHERE id = ${contact.id} ${tx.forUpdate}`);
    const own = sql`WHERE id = ${invitation.id} AND claim = ${claim}`;
    const held = await tx.first(SurveyInvitation, own);
    if (!held) return;
    const set = (status: string, dueAt: Date | null, mails: number, attempts: number) =>
      tx.execute(sql`
        UPDATE survey_invitation SET status = ${status}, due_at = ${dueAt}, mails = ${mails}, attempts = ${attempts},
          claim = NULL, changed_at = ${tx.now}, sent_at = ${held.sentAt ?? (mails > 0 ? tx.now : null)} ${own}`);
    if (outcome === 'ACCEPTED' || outcome === 'UNCERTAIN') {
      const mails = held.mails + 1;
      await set(outcome === 'ACCEPTED' ? 'SENT' : 'UNCERTAIN', reminderDue(wave, mails, tx.now), mails, 0);
      return;
    }
    if (outcome === 'LATER' && held.attempts < attemptsMax) {
      await set(invitation.storedStatus, retryAt(held.attempts, tx.now), held.mails, held.attempts);
      return;
    }
    // Who never had a mail was never asked.
    if (held.mails === 0) await this.fatigue.withdraw(tx, invitation.id);
    if (outcome === 'BOUNCED') {
      await set('BOUNCED', null, held.mails, 0);
      await this.parts.standings.bounced(tx, contact, 'reason' in more ? more.reason : '');
      return;
    }
    await set(held.mails > 0 ? invitation.storedStatus : 'FAILED', null, held.mails, 0);
  }

  /** A process died while it sent: its mails went out, or did not. They are not sent again, though reminded of. */
  private async giveUpClaims(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - claimMilliseconds);
    const where = sql`WHERE status = 'SENDING' AND changed_at < ${before}`;
    const left = await this.database.read((db) => db.select(SurveyInvitation, sql`${where} LIMIT ${claimedAtOnceMax}`));
    for (const { id, waveId, claim } of left) {
      await this.database.transact(async (tx) => {
        const wave = await tx.first(InvitationWave, sql`WHERE id = ${waveId}`);
        const held = await tx.first(SurveyInvitation, sql`WHERE id = ${id} AND claim = ${claim} ${tx.forUpdate}`);
        if (!wave || !held) return;
        const mails = held.mails + 1;
        await tx.execute(sql`
          UPDATE survey_invitation SET status = 'UNCERTAIN', claim = NULL, mails = ${mails}, attempts = 0,
            due_at = ${reminderDue(wave, mails, tx.now)}, sent_at = ${held.sentAt ?? held.changedAt},
            changed_at = ${tx.now}
          WHERE id = ${id}`);
      });
    }
  }

  /** Ends the waves that have nothing left to send. */
  private async finishWaves(): Promise<0> {
    const over = sql`finished_at IS NULL AND selected_at IS NOT NULL AND cancelled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM survey_invitation waiting WHERE waiting.wave_id = invitation_wave.id
        AND (waiting.due_at IS NOT NULL OR waiting.status = 'SENDING'))`;
    const anything = await this.database.read((db) => db.first(InvitationWave, sql`WHERE ${over} LIMIT 1`));
    if (anything) {
      const now = this.clock.now();
      await this.database.transact((tx) =>
        tx.execute(sql`UPDATE invitation_wave SET finished_at = ${now} WHERE id = ${anything.id} AND ${over}`),
      );
    }
    return 0;
  }
}

/** Whether nobody has tried to ask yet: then everything that can stand in the way counts. */
function isFirst({ mails, attempts }: SurveyInvitation): boolean {
  return mails === 0 && attempts === 0;
}

/** What a second lets through: so often is looked, at least. What was not sent then is not made up for. */
function burstOf({ ratePerMinute }: InvitationWave): number {
  return Math.ceil(ratePerMinute / 60);
}

/** How many mails may go out at this moment. */
function roomOf(wave: InvitationWave, now: Date): number {
  const waited = now.getTime() - wave.freeFrom.getTime();
  return Math.min(burstOf(wave), Math.floor(waited / (60_000 / wave.ratePerMinute)) + 1);
}

/** Moves on the moment from which the next mail may go out. */
async function keepRate(tx: Transaction, wave: InvitationWave, sent: number): Promise<void> {
  const each = 60_000 / wave.ratePerMinute;
  const earliest = tx.now.getTime() - (burstOf(wave) - 1) * each;
  const next = new Date(Math.ceil(Math.max(wave.freeFrom.getTime(), earliest) + sent * each));
  if (sent > 0) await tx.execute(sql`UPDATE invitation_wave SET free_from = ${next} WHERE id = ${wave.id}`);
}

function reminderDue({ reminderAfterDays, remindersMax }: InvitationWave, mails: number, now: Date): Date | null {
  if (reminderAfterDays === null || mails > remindersMax) return null;
  return new Date(now.getTime() + reminderAfterDays * dayMilliseconds);
}

function retryAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(retryMilliseconds.max, retryMilliseconds.first * 2 ** (attempts - 1)));
}
