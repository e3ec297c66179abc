import sql, { join } from 'sql-template-tag';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import type { AppEvent } from '../platform/events/events.js';
import { Activity, type ActivityKind, ActivitySharing } from './activity.entity.js';
import { defaultKeptDays } from './terms.entity.js';
import { termsIn } from './terms.service.js';

const dayMilliseconds = 86_400_000;
const forgottenAtOnceMax = 1_000;

/** What an event tells of an ambassador. */
export interface Deed {
  readonly kind: ActivityKind;
  readonly ambassadorId: string;
  /** What it is about: something that can be fetched by its id. */
  readonly subject?: { readonly type: string; readonly id: string };
  readonly levelRank?: number;
}

type Happening = Pick<AppEvent, 'id' | 'programId' | 'occurredAt'>;

/** Writes the feed, after what happened is settled, and forgets it again. */
export class ActivityRecording {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Notes a deed of who shares what it does; once for each event, however often that is delivered. */
  async record(event: Happening, { kind, ambassadorId, subject, levelRank }: Deed): Promise<void> {
    const { id: eventId, programId, occurredAt: happenedAt } = event;
    if (!(await this.database.read((db) => this.isOfInterest(db, event, ambassadorId)))) return;
    try {
      await this.database.transact((tx) =>
        tx.insert(Activity, {
          ...{ id: tx.newId(), programId, ambassadorId, kind, eventId, happenedAt, hiddenAt: null },
          subjectType: subject?.type ?? null,
          subjectId: subject?.id ?? null,
          levelRank: levelRank ?? null,
        }),
      );
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Forgets what is not so any more. */
  async forgetSubject({ programId }: Happening, ambassadorId: string, subjectId: string): Promise<void> {
    await this.database.transact((tx) =>
      tx.execute(sql`
        DELETE FROM activity
        WHERE program_id = ${programId} AND ambassador_id = ${ambassadorId} AND subject_id = ${subjectId}`),
    );
  }

  /** Deletes some of the items that are older than their program keeps them; answers how many. */
  async forgetSome(): Promise<number> {
    const old = await this.database.read((db) => this.outlived(db));
    if (old.length === 0) return 0;
    return this.database.transact((tx) => tx.execute(sql`DELETE FROM activity WHERE id IN (${join(old)})`));
  }

  /** Who does not share is not even noted; what is shown is decided anew whenever it is read. */
  private async isOfInterest(db: Reader, event: Happening, ambassadorId: string): Promise<boolean> {
    const sharing = await db.first(ActivitySharing, sql`WHERE ambassador_id = ${ambassadorId}`);
    if (!sharing || event.occurredAt < sharing.since) return false;
    const { feedOn, keptDays } = await termsIn(db, event.programId);
    return feedOn && event.occurredAt >= this.daysAgo(keptDays);
  }

  /** Programs that keep items equally long are looked at together. */
  private async outlived(db: Reader): Promise<string[]> {
    const settings = await db.query<{ kept_days: number }>(sql`SELECT DISTINCT kept_days FROM social_terms`);
    const ids: string[] = [];
    for (const keptDays of new Set([defaultKeptDays, ...settings.map(({ kept_days }) => Number(kept_days))])) {
      const left = forgottenAtOnceMax - ids.length;
      if (left <= 0) break;
      const rows = await db.query<{ id: string }>(sql`
        SELECT activity.id FROM activity LEFT JOIN social_terms ON social_terms.program_id = activity.program_id
        WHERE activity.happened_at < ${this.daysAgo(keptDays)}
          AND COALESCE(social_terms.kept_days, ${defaultKeptDays}) = ${keptDays}
        ORDER BY activity.happened_at LIMIT ${left}`);
      ids.push(...rows.map(({ id }) => id));
    }
    return ids;
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * dayMilliseconds);
  }
}
