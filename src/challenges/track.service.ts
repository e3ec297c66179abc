import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Challenge } from './challenge.entity.js';
import { challengeById, requireChallenge } from './challenge.loaders.js';
import { isDone, waitsForItself } from './challenge.prerequisites.js';
import './submission.events.js';
import { Track, TrackCompletion, type TrackProgress, TrackStep } from './track.entity.js';
import { stepsMax, type TrackCreateInput, type TrackUpdateInput } from './track.inputs.js';
import { completionOf, doneOf, stepsOf, trackById, tracksOfProgram } from './track.loaders.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'track.created': { readonly trackId: string };
    'track.updated': { readonly trackId: string; readonly changed: readonly string[] };
    /** An ambassador has done every step that the track had then. */
    'track.completed': { readonly trackId: string; readonly ambassadorId: string };
  }
}

const tracksMax = 100;

/** Tracks: challenges in their order, and who has come how far. */
export class TrackService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** Makes a track. Who has done all of it before has completed it with their next approved submission. */
  async create(context: RequestContext, input: TrackCreateInput): Promise<Track | InputInvalid | NotFound> {
    context.session.require('track.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      await this.lock(tx, programId);
      if ((await tx.count(Track, sql`WHERE program_id = ${programId}`)) >= tracksMax) {
        return InputInvalid.at(['key'], `must not be one of more than ${tracksMax} tracks`);
      }
      const { key, title, description } = input;
      const names = { key, title, description };
      const track = Object.assign(new Track(), {
        id: tx.newId(),
        programId,
        ...names,
        createdAt: tx.now,
        archivedAt: null,
      });
      try {
        await tx.insert(Track, track);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['key'], 'is the key of another track');
        throw error;
      }
      const refused = await this.addSteps(tx, track, input.challengeIds, 0, ['challengeIds']);
      if (refused) return refused;
      await this.events.emit(tx, 'track.created', programId, { trackId: track.id });
      return track;
    });
  }

  /** Changes a track. It grows at its end only, so that nobody's way is changed behind them. */
  async update(context: RequestContext, input: TrackUpdateInput): Promise<Track | InputInvalid | NotFound> {
    context.session.require('track.manage');
    const programId = context.session.program.id;
    const id = rowId(Track, input.trackId);
    const result = await this.database.transact(async (tx) => {
      await this.lock(tx, programId);
      const known = id && (await tx.first(Track, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!known || known.programId !== programId) return new NotFound();
      const track = Object.assign(new Track(), known, {
        title: input.title ?? known.title,
        description: input.description ?? known.description,
        archivedAt: (input.archived ?? known.archivedAt !== null) ? (known.archivedAt ?? tx.now) : null,
      });
      await tx.execute(sql`
        UPDATE track SET title = ${track.title}, description = ${track.description}, archived_at = ${track.archivedAt}
        WHERE id = ${track.id}`);
      const steps = await tx.count(TrackStep, sql`WHERE track_id = ${track.id}`);
      const refused = await this.addSteps(tx, track, input.addChallengeIds ?? [], steps, ['addChallengeIds']);
      if (refused) return refused;
      const { trackId: _, ...changes } = input;
      await this.events.emit(tx, 'track.updated', programId, { trackId: track.id, changed: Object.keys(changes) });
      return track;
    });
    for (const loader of [trackById, stepsOf, tracksOfProgram]) loader.clear(context);
    return result;
  }

  /** A submission counts now: with it a track may be completed. The approval holds the ambassador's balance. */
  async followApproval(tx: Transaction, { programId, payload }: AppEvent<'submission.approved'>): Promise<void> {
    const { ambassadorId, challengeId } = payload;
    const step = await tx.first(TrackStep, sql`WHERE challenge_id = ${challengeId}`);
    // Held, so that no step is added between the look at the steps and the completion.
    const track = step && (await tx.first(Track, sql`WHERE id = ${step.trackId} ${tx.forShare}`));
    if (!track || track.archivedAt) return;
    const [counted] = await tx.query<{ steps: number | string; done: number | string | null }>(sql`
      SELECT COUNT(*) AS steps,
        SUM(CASE WHEN ${isDone(sql`track_step.challenge_id`, sql`${ambassadorId}`)} THEN 1 ELSE 0 END) AS done
      FROM track_step WHERE track_id = ${track.id}`);
    const steps = Number(counted?.steps ?? 0);
    if (Number(counted?.done ?? 0) < steps) return;
    const own = sql`WHERE track_id = ${track.id} AND ambassador_id = ${ambassadorId}`;
    if (await tx.first(TrackCompletion, own)) return;
    await tx.insert(TrackCompletion, { trackId: track.id, ambassadorId, steps, completedAt: tx.now });
    await this.events.emit(tx, 'track.completed', programId, { trackId: track.id, ambassadorId });
  }

  /** The tracks of the program, newest first; those that are put away are for who makes them. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Track>> {
    context.session.require('challenge.read');
    const inProgram = sql`track.program_id = ${context.session.program.id}`;
    const where = context.session.may('challenge.plan') ? inProgram : sql`${inProgram} AND track.archived_at IS NULL`;
    return paginate(this.database, { entity: Track, where, order: newestFirst('track'), page });
  }

  /** A track of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Track | undefined> {
    if (!context.session.may('challenge.read')) return undefined;
    const track = await trackById.load(context, id);
    return track?.programId === context.session.program.id ? track : undefined;
  }

  /** The challenges of a track, in their order. */
  async challengesOf(context: RequestContext, track: Track): Promise<Challenge[]> {
    const steps = await stepsOf.load(context, track.id);
    return Promise.all(steps.map(({ challengeId }) => requireChallenge(context, challengeId)));
  }

  /** How far an ambassador has come in each track that goes on; it tells what they have done. */
  async progressOf(context: RequestContext, ambassador: Ambassador): Promise<TrackProgress[]> {
    context.session.require('submission.read', ambassador);
    const tracks = await tracksOfProgram.load(context, ambassador.programId);
    return Promise.all(tracks.map((track) => this.progressIn(context, track, ambassador.id)));
  }

  private async progressIn(context: RequestContext, track: Track, ambassadorId: string): Promise<TrackProgress> {
    const [steps, done, completion] = await Promise.all([
      stepsOf.load(context, track.id),
      doneOf.load(context, ambassadorId),
      completionOf.load(context, { trackId: track.id, ambassadorId }),
    ]);
    const left = steps.find(({ challengeId }) => !done.has(challengeId));
    return {
      track,
      stepsDone: steps.filter(({ challengeId }) => done.has(challengeId)).length,
      stepsTotal: steps.length,
      next: left ? ((await challengeById.load(context, left.challengeId)) ?? null) : null,
      completedAt: completion?.completedAt ?? null,
    };
  }

  private async addSteps(
    tx: Transaction,
    { id: trackId, programId }: Track,
    globalIds: readonly string[],
    after: number,
    path: readonly string[],
  ): Promise<InputInvalid | NotFound | undefined> {
    const ids = globalIds.map((globalId) => rowId(Challenge, globalId) ?? '');
    if (ids.length === 0) return undefined;
    if (after + ids.length > stepsMax) return InputInvalid.at(path, `must not be more than ${stepsMax} in all`);
    const known = await tx.count(Challenge, sql`WHERE program_id = ${programId} AND id IN (${join(ids)})`);
    if (new Set(ids).size < ids.length) return InputInvalid.at(path, 'must name each challenge once');
    if (known < ids.length) return new NotFound();
    try {
      await tx.insert(
        TrackStep,
        ids.map((challengeId, index) => ({ trackId, position: after + index + 1, challengeId })),
      );
    } catch (error) {
      if (isUniqueViolation(error)) return InputInvalid.at(path, 'must not be in another track');
      throw error;
    }
    for (const id of ids) {
      if (await waitsForItself(tx, id)) return InputInvalid.at(path, 'must not wait for each other in a circle');
    }
    return undefined;
  }

  /** Who changes what waits for what queues here, so that no circle can come of two at once. */
  private async lock(tx: Transaction, programId: string): Promise<void> {
    await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
  }
}
