import sql, { join, type Sql } from 'sql-template-tag';
import type { Audiences } from '../audience/audiences.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { SurveyLinks } from '../nps/links/survey-links.js';
import type { Reader, Transaction } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import type { JobPart, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import type { Hindrances } from './hindrances.js';
import { SurveyInvitation } from './invitation.entity.js';
import { InvitationWave } from './wave.entity.js';

const batchSize = 200;
const dayMilliseconds = 86_400_000;

interface Selecting {
  readonly [key: string]: unknown;
  readonly waveId: string;
  /** The last contact that was looked at; empty at the beginning. */
  readonly after: string;
}

interface Person {
  readonly id: string;
  readonly language: string;
}

/**
 * Looks at everybody whom a wave is meant for, by parts, and makes an invitation of each: one that is due, one that is
 * handed out, or one that says why not. By the channels LINK and API this is when people are asked; by mail it is when
 * their mail is sent, and all that stands in the way is looked at again then.
 */
export class WaveSelection {
  private readonly job: ScheduledJob<Selecting>;

  constructor(
    jobs: Jobs,
    private readonly audiences: Audiences,
    private readonly links: SurveyLinks,
    private readonly fatigue: Fatigue,
    private readonly hindrances: Hindrances,
  ) {
    this.job = jobs.define<Selecting>({
      name: 'invitations.select',
      part: async (tx, { state }) => this.part(tx, state),
    });
  }

  async schedule(tx: Transaction, { id, programId, name, scheduledAt }: InvitationWave): Promise<void> {
    const runKey = `${name} ${scheduledAt.toISOString()} ${id.slice(-8)}`;
    await this.job.schedule(tx, { programId, runKey, state: { waveId: id, after: '' }, dueAt: scheduledAt });
  }

  /** All of a small wave, at once. */
  async selectAll(tx: Transaction, wave: InvitationWave): Promise<void> {
    const part = await this.part(tx, { waveId: wave.id, after: '' });
    if (part.next) throw new Error('A wave was too large to be asked at once');
  }

  /** SQL that is true of the rows of `contact` whom a wave is meant for. */
  async predicateOf(
    db: Reader,
    { programId, audience, contactIds }: Pick<InvitationWave, 'programId' | 'audience' | 'contactIds'>,
  ): Promise<Sql> {
    if (audience) return this.audiences.predicate(db, programId, audience);
    const lists = [...listsOf(contactIds ?? [])].map((ids) => sql`contact.id IN (${join(ids)})`);
    return lists.length > 0 ? sql`(${join(lists, ' OR ')})` : sql`1 = 0`;
  }

  private async part(tx: Transaction, { waveId, after }: Selecting): Promise<JobPart<Selecting>> {
    const wave = await tx.first(InvitationWave, sql`WHERE id = ${waveId} ${tx.forUpdate}`);
    if (!wave || wave.cancelledAt !== null) return { done: 0 };
    const meant = sql`contact.program_id = ${wave.programId} AND ${await this.predicateOf(tx, wave)}`;
    const people = await this.next(tx, wave, sql`${meant} AND contact.id > ${after}`);
    await this.invite(tx, wave, people);
    const isLast = people.length < batchSize;
    await this.note(tx, wave, isLast);
    const done = people.length;
    const last = people.at(-1);
    if (isLast || !last) return { done };
    const total = after === '' ? await countOf(tx, meant) : undefined;
    return { done, next: { waveId, after: last.id }, ...(total !== undefined && { total }) };
  }

  private async next(tx: Transaction, { language, isLanguageFixed }: InvitationWave, where: Sql): Promise<Person[]> {
    const own = isLanguageFixed
      ? sql`NULL`
      : sql`COALESCE((SELECT ambassador.language FROM ambassador WHERE ambassador.contact_id = contact.id),
          (SELECT contact_attribute.value FROM contact_attribute
            WHERE contact_attribute.contact_id = contact.id AND contact_attribute.name = 'language'))`;
    const rows = await tx.query<{ id: string; language: string | null }>(sql`
      SELECT contact.id AS id, ${own} AS language FROM contact
      WHERE ${where} ORDER BY contact.id LIMIT ${batchSize}`);
    return rows.map(({ id, language: of }) => ({ id, language: of && isLanguage(of) ? of : language }));
  }

  private async invite(tx: Transaction, wave: InvitationWave, people: readonly Person[]): Promise<void> {
    const ids = people.map(({ id }) => id);
    // In the order of their ids, as whoever else asks many does.
    for (const list of listsOf(ids))
      await tx.query(sql`SELECT id FROM contact WHERE id IN (${join(list)}) ORDER BY id ${tx.forUpdate}`);
    const { programId, surveyId, askKind: kind, channel } = wave;
    const budget = await this.fatigue.budgetOf(tx, programId);
    const reasons = await this.hindrances.reasons(tx, { kind, surveyId, channel, budget, now: tx.now }, ids);
    const invitations = people.map((person) => {
      const reason = reasons.get(person.id) ?? null;
      return planned(tx, wave, person, reason);
    });
    const asked = channel === 'MAIL' ? [] : invitations.filter(({ reason }) => reason === null);
    const links = new Map<string, string>();
    for (const { id, contactId, language } of asked)
      links.set(id, await this.issue(tx, wave, { id, contactId, language }));
    await tx.insert(
      SurveyInvitation,
      invitations.map((each) => ({ ...each, linkId: links.get(each.id) ?? null })),
    );
    const askings = asked.map(({ id: causeId, contactId }) => ({ programId, contactId, kind, causeId }));
    if (askings.length > 0) await this.fatigue.noteOutgoing(tx, budget, askings);
  }

  /** The link of an invitation, from now on. */
  async issue(
    tx: Transaction,
    { programId, surveyId, channel, linkDays }: InvitationWave,
    { id: invitationId, contactId, language }: Pick<SurveyInvitation, 'id' | 'contactId' | 'language'>,
  ): Promise<string> {
    const expiresAt = new Date(tx.now.getTime() + linkDays * dayMilliseconds);
    const wish = { programId, surveyId, contactId, channel, language, expiresAt, invitationId };
    return (await this.links.issue(tx, wish)).id;
  }

  private async note(tx: Transaction, { id, channel, startedAt }: InvitationWave, isLast: boolean): Promise<void> {
    const selectedAt = isLast ? tx.now : null;
    const finishedAt = isLast && channel !== 'MAIL' ? tx.now : null;
    await tx.execute(sql`
      UPDATE invitation_wave SET started_at = ${startedAt ?? tx.now}, selected_at = ${selectedAt},
        finished_at = ${finishedAt} WHERE id = ${id}`);
  }
}

function planned(tx: Transaction, wave: InvitationWave, person: Person, reason: SurveyInvitation['reason']) {
  const isHandedOut = wave.channel !== 'MAIL' && reason === null;
  return {
    ...{ id: tx.newId(), programId: wave.programId, waveId: wave.id, contactId: person.id },
    ...{ language: person.language, mails: 0, attempts: 0, reason, changedAt: tx.now },
    storedStatus: reason !== null ? ('NOT_ASKED' as const) : isHandedOut ? ('SENT' as const) : ('PLANNED' as const),
    dueAt: reason === null && !isHandedOut ? wave.scheduledAt : null,
    sentAt: isHandedOut ? tx.now : null,
  };
}

function isLanguage(text: string): boolean {
  return /^[a-z]{2,3}(-[A-Z]{2})?$/.test(text);
}

async function countOf(tx: Reader, meant: Sql): Promise<number> {
  const [row] = await tx.query<{ people: number | string }>(sql`SELECT COUNT(*) AS people FROM contact WHERE ${meant}`);
  return Number(row?.people ?? 0);
}
