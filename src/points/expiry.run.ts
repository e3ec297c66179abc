import sql, { join } from 'sql-template-tag';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import type { Events } from '../platform/events/events.js';
import { Job } from '../platform/jobs/job.entity.js';
import type { JobPart, JobRun, JobState, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { ExpiryNotice, PointsExpiryTerms } from './expiry.entity.js';
import { expire } from './expiry.posting.js';
import { type ExpiryRules, readTerms, reckonExpiries } from './expiry.reckoning.js';
import { dayOf, type ExpiringSlice, firstConcernOf } from './expiry.terms.js';
import type { LotSlice } from './lots.js';
import { lotKey } from './lots.reading.js';
import type { PointsBalance } from './points.entity.js';
import { balancesAfter, lockBalances } from './points.walk.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Points of an ambassador will expire soon; said once of each moment at which some do. */
    'points.expiring': PointsExpiring;
  }
}

export interface PointsExpiring {
  readonly ambassadorId: string;
  readonly unitKey: string;
  readonly points: number;
  /** In ISO 8601. */
  readonly expiresAt: string;
}

const jobName = 'points.expire';
/** Ambassadors in one transaction. */
const batchSize = 100;
const dayMilliseconds = 86_400_000;

interface RunScope extends ExpiryRules {
  readonly programId: string;
}

interface WalkState extends JobState {
  readonly unitKey: string;
  /** What expires at this moment or before it is taken: the midnight that began the day, in ISO 8601. */
  readonly dueAt: string;
  /** The last ambassador who was looked at; empty before the first. */
  readonly afterAmbassadorId: string;
}

interface Day {
  readonly programId: string;
  readonly unitKey: string;
  readonly day: string;
  readonly beganAt: Date;
}

/** Walks that are planned at once. */
const plannedAtOnce = 200;

/**
 * Takes points whose time is over, and tells of those whose time is near: once a day of each program, from its midnight
 * on, one walk through its ambassadors. What a batch took and how far the walk is commit together.
 */
export class ExpiryRuns {
  private readonly job: ScheduledJob<WalkState>;

  constructor(
    private readonly events: Events,
    jobs: Jobs,
  ) {
    this.job = jobs.define<WalkState>({
      name: jobName,
      part: (tx, run) => this.nextBatch(tx, run),
      plan: (database, now) => this.plan(database, now),
    });
  }

  /** Plans the walk of the day for each program whose points expire. */
  private async plan(database: Database, now: Date): Promise<number> {
    const missing = await database.read(async (db) => {
      const all = await db.select(PointsExpiryTerms, sql`WHERE kind <> 'NEVER' AND in_force_from <= ${now}`);
      return unplanned(db, await concernedOn(db, all, now));
    });
    const some = missing.slice(0, plannedAtOnce);
    for (const { programId, unitKey, day, beganAt } of some) {
      const state = { unitKey, dueAt: beganAt.toISOString(), afterAmbassadorId: '' };
      await database.transact((tx) => this.job.schedule(tx, { programId, runKey: runKey(unitKey, day), state }));
    }
    return some.length;
  }

  /** Looks at the next ambassadors of a walk. */
  private async nextBatch(
    tx: Transaction,
    { programId, runKey: run, state }: JobRun<WalkState>,
  ): Promise<JobPart<WalkState>> {
    const { unitKey, afterAmbassadorId } = state;
    const dueAt = new Date(state.dueAt);
    const scope = await scopeOf(tx, programId, unitKey);
    const balances = await balancesAfter(tx, { programId, unitKey, afterAmbassadorId }, batchSize);
    const expiries = await reckonExpiries(tx, scope, balances, tx.now);
    const losers = balances.filter((_, index) => isDue(expiries[index], dueAt));
    await this.expireDue(tx, scope, { run, dueAt }, losers);
    await this.giveNotice(tx, scope, dueAt, balances, expiries);
    const last = balances.length === batchSize ? balances.at(-1) : undefined;
    return { done: balances.length, ...(last && { next: { ...state, afterAmbassadorId: last.ambassadorId } }) };
  }

  /** Takes from each of these what is over, seen again under the lock of its balance. */
  private async expireDue(
    tx: Transaction,
    scope: RunScope,
    { run, dueAt }: { readonly run: string; readonly dueAt: Date },
    seen: readonly PointsBalance[],
  ): Promise<void> {
    if (seen.length === 0) return;
    const balances = await lockBalances(tx, seen, scope.unitKey);
    const expiries = await reckonExpiries(tx, scope, balances, tx.now);
    for (const [index, balance] of balances.entries()) {
      const slices = merged((expiries[index] ?? []).filter(({ expiresAt }) => expiresAt && expiresAt <= dueAt));
      if (slices.length === 0) continue;
      await expire(tx, this.events, { balance, slices, cause: `expiry:${run}`, reason: 'Not used in time' });
    }
  }

  /** Tells each ambassador of what expires within the days of notice, once of each moment. */
  private async giveNotice(
    tx: Transaction,
    { programId, unitKey, terms }: RunScope,
    dueAt: Date,
    balances: readonly PointsBalance[],
    expiries: readonly (readonly ExpiringSlice[])[],
  ): Promise<void> {
    const noticeDays = terms.filter(({ inForceFrom }) => inForceFrom <= tx.now).at(-1)?.noticeDays ?? 0;
    const until = new Date(dueAt.getTime() + noticeDays * dayMilliseconds);
    const near = balances.flatMap(({ ambassadorId }, index) =>
      expiringBetween(expiries[index] ?? [], dueAt, until).map((soon) => ({ ambassadorId, unitKey, ...soon })),
    );
    if (near.length === 0) return;
    const known = await tx.select(
      ExpiryNotice,
      sql`WHERE unit_key = ${unitKey} AND ambassador_id IN (${join(near.map(({ ambassadorId }) => ambassadorId))})`,
    );
    const told = new Set(known.map(({ ambassadorId, expiresAt }) => `${ambassadorId} ${expiresAt}`));
    const news = near.filter(({ ambassadorId, expiresAt }) => !told.has(`${ambassadorId} ${expiresAt}`));
    if (news.length === 0) return;
    await tx.insert(
      ExpiryNotice,
      news.map((notice) => ({ ...notice, noticedAt: tx.now })),
    );
    for (const notice of news) await this.events.emit(tx, 'points.expiring', programId, notice);
  }
}

async function scopeOf(reader: Reader, programId: string, unitKey: string): Promise<RunScope> {
  const [program] = await reader.query<{ time_zone: string }>(sql`
    SELECT time_zone FROM program WHERE id = ${programId}`);
  if (!program) throw new Error('Points of a program that is gone should expire');
  return { programId, unitKey, timeZone: program.time_zone, terms: await readTerms(reader, programId, unitKey) };
}

function isDue(slices: readonly ExpiringSlice[] | undefined, dueAt: Date): boolean {
  return slices?.some(({ expiresAt }) => expiresAt !== null && expiresAt <= dueAt) ?? false;
}

/** What expires after one moment and until another, together for each moment at which something does. */
export function expiringBetween(
  slices: readonly ExpiringSlice[],
  after: Date,
  until: Date,
): { readonly points: number; readonly expiresAt: string }[] {
  const points = new Map<string, number>();
  for (const slice of slices) {
    if (slice.expiresAt === null || slice.expiresAt <= after || slice.expiresAt > until) continue;
    const moment = slice.expiresAt.toISOString();
    points.set(moment, (points.get(moment) ?? 0) + slice.points);
  }
  return [...points].sort(([a], [b]) => (a < b ? -1 : 1)).map(([expiresAt, amount]) => ({ expiresAt, points: amount }));
}

/** One slice for each lot. */
function merged(slices: readonly LotSlice[]): LotSlice[] {
  const byLot = new Map<string, LotSlice>();
  for (const slice of slices) {
    const key = lotKey(slice.transferId, slice.part);
    byLot.set(key, { ...slice, points: slice.points + (byLot.get(key)?.points ?? 0) });
  }
  return [...byLot.values()];
}

function runKey(unitKey: string, day: string): string {
  return `${unitKey}:${day}`;
}

/** The day of each program and unit of which something may expire by now, or has to be told of. */
async function concernedOn(reader: Reader, all: readonly PointsExpiryTerms[], now: Date): Promise<Day[]> {
  const zones = new Map<string, string>();
  for (const ids of listsOf([...new Set(all.map(({ programId }) => programId))])) {
    const rows = await reader.query<{ id: string; time_zone: string }>(sql`
      SELECT id, time_zone FROM program WHERE id IN (${join(ids)})`);
    for (const row of rows) zones.set(row.id, row.time_zone);
  }
  const days = new Map<string, Day>();
  for (const terms of all) {
    const { programId, unitKey } = terms;
    const timeZone = zones.get(programId);
    const from = timeZone && firstConcernOf(terms, timeZone);
    if (from && from <= now) days.set(`${programId} ${unitKey}`, { programId, unitKey, ...dayOf(now, timeZone) });
  }
  return [...days.values()];
}

/** Those of these days of which there is no walk yet. */
async function unplanned(reader: Reader, days: readonly Day[]): Promise<Day[]> {
  const known = new Set<string>();
  for (const programIds of listsOf(days.map(({ programId }) => programId))) {
    const keys = [...new Set(days.map(({ unitKey, day }) => runKey(unitKey, day)))];
    const rows = await reader.select(
      Job,
      sql`WHERE program_id IN (${join(programIds)}) AND name = ${jobName} AND run_key IN (${join(keys)})`,
    );
    for (const row of rows) known.add(`${row.programId} ${row.runKey}`);
  }
  return days.filter(({ programId, unitKey, day }) => !known.has(`${programId} ${runKey(unitKey, day)}`));
}
