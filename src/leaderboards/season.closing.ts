import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { JobPart, JobRun, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import type { Ledger } from '../points/ledger.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { seasonPrizeCategory } from './leaderboard.reckoning.js';
import { prizeAt, Season, SeasonStanding } from './season.entity.js';
import { causeOfSeason } from './season.events.js';
import { openSeason } from './season.opening.js';

/** Postings that were under way when the season ended are in by then. */
const graceMilliseconds = 60_000;
/** How long to wait for a board that is being counted. */
const fillWaitMilliseconds = 5_000;
const rowsPerPart = 250;
/** Balances that one transaction locks: awards to these ambassadors wait for it. */
const prizesPerPart = 50;

type ClosingState = {
  readonly seasonId: string;
  readonly step: 'copy' | 'rank' | 'pay';
  /** The last ambassador that was copied. */
  readonly after: string;
  /** The last place that was ranked, or paid. */
  readonly position: number;
  readonly rank: number;
  readonly points: number;
};

type Run = JobRun<ClosingState>;
type Part = JobPart<ClosingState>;

/**
 * Closes seasons, each by a job: copies what everybody has on the board, puts the copies in the order of the board, pays
 * the prizes, and opens the next season of the board.
 *
 * The copy goes through the ambassadors one by one, in the order of their ids, so that each is copied exactly once while
 * postings go on: an award counts in a later window, a reversal counts if it came before the copy of its ambassador. The
 * order is made of the copies alone, which nobody else touches. All steps lock the season first.
 */
export class SeasonClosing {
  private readonly job: ScheduledJob<ClosingState>;

  constructor(
    private readonly ledger: Ledger,
    private readonly events: Events,
    jobs: Jobs,
  ) {
    this.job = jobs.define<ClosingState>({ name: 'leaderboards.close', part: (tx, run) => this.part(tx, run) });
  }

  /** Begins a season, and plans its close. */
  async open(tx: Transaction, board: Leaderboard, at: Date): Promise<void> {
    const season = await openSeason(tx, board, at);
    if (!season) return;
    await this.job.schedule(tx, {
      programId: board.programId,
      runKey: runKeyOf(board, season),
      state: { seasonId: season.id, step: 'copy', after: '', position: 0, rank: 0, points: 0 },
      dueAt: closesAt(season),
    });
  }

  /** The season ends at another moment than was planned. */
  async move(tx: Transaction, board: Leaderboard, season: Season): Promise<void> {
    await this.job.move(tx, { programId: board.programId, runKey: runKeyOf(board, season), dueAt: closesAt(season) });
  }

  private async part(tx: Transaction, { state }: Run): Promise<Part> {
    const season = await tx.first(Season, sql`WHERE id = ${state.seasonId} ${tx.forUpdate}`);
    const board = season && (await tx.first(Leaderboard, sql`WHERE id = ${season.boardId}`));
    if (!season || !board || season.status === 'CLOSED') return { done: 0 };
    if (state.step === 'copy') return this.copy(tx, board, season, state);
    if (state.step === 'rank') return this.rank(tx, state);
    return this.pay(tx, board, season, state);
  }

  private async copy(tx: Transaction, board: Leaderboard, season: Season, state: ClosingState): Promise<Part> {
    const dueAt = closesAt(season);
    if (tx.now < dueAt) return { done: 0, next: state, notBefore: dueAt };
    if (board.filledTo !== null) {
      return { done: 0, next: state, notBefore: new Date(tx.now.getTime() + fillWaitMilliseconds) };
    }
    if (season.status === 'OPEN') await tx.execute(sql`UPDATE season SET status = 'CLOSING' WHERE id = ${season.id}`);
    const entries = await tx.select(
      BoardEntry,
      sql`WHERE board_id = ${board.id} AND period = ${season.period} AND ambassador_id > ${state.after}
        ORDER BY ambassador_id LIMIT ${rowsPerPart}`,
    );
    const copies = entries
      .filter(({ points }) => points > 0)
      .map(({ ambassadorId, points, reached }) => ({ seasonId: season.id, ambassadorId, points, reached }));
    if (copies.length > 0) await tx.insert(SeasonStanding, copies);
    const last = entries.at(-1);
    if (last && entries.length === rowsPerPart) {
      return { done: copies.length, next: { ...state, after: last.ambassadorId } };
    }
    const standings = await tx.count(SeasonStanding, sql`WHERE season_id = ${season.id}`);
    return { done: copies.length, total: 2 * standings, next: { ...state, step: 'rank' } };
  }

  private async rank(tx: Transaction, state: ClosingState): Promise<Part> {
    const rows = await tx.select(
      SeasonStanding,
      sql`WHERE season_id = ${state.seasonId} AND position IS NULL
        ORDER BY points DESC, reached LIMIT ${rowsPerPart}`,
    );
    let { position, rank, points } = state;
    for (const row of rows) {
      position += 1;
      if (row.points !== points) rank = position;
      points = row.points;
      await tx.execute(sql`
        UPDATE season_standing SET position = ${position}, rank_number = ${rank}
        WHERE season_id = ${state.seasonId} AND ambassador_id = ${row.ambassadorId}`);
    }
    if (rows.length === rowsPerPart) return { done: rows.length, next: { ...state, position, rank, points } };
    return { done: rows.length, next: { ...state, step: 'pay', position: 0 } };
  }

  private async pay(tx: Transaction, board: Leaderboard, season: Season, state: ClosingState): Promise<Part> {
    const lastPosition = Math.max(0, ...season.prizes.map(({ toPosition }) => toPosition));
    const until = Math.min(lastPosition, state.position + prizesPerPart);
    const winners = await tx.select(
      SeasonStanding,
      sql`WHERE season_id = ${season.id} AND position > ${state.position} AND position <= ${until} ORDER BY position`,
    );
    await this.lockBalances(tx, winners);
    for (const winner of winners) await this.payOne(tx, board, season, winner);
    if (winners.length > 0 && until < lastPosition) return { done: 0, next: { ...state, position: until } };
    await tx.execute(sql`UPDATE season SET status = 'CLOSED', closed_at = ${tx.now} WHERE id = ${season.id}`);
    const keys = { leaderboardKey: board.key, seasonKey: season.key };
    await this.events.emit(tx, 'season.closed', season.programId, { seasonId: season.id, ...keys });
    if (board.window !== 'SEASON') await this.open(tx, board, season.to);
    return { done: 0 };
  }

  private async payOne(tx: Transaction, board: Leaderboard, season: Season, winner: SeasonStanding): Promise<void> {
    const { ambassadorId, position } = winner;
    const prize = position === null ? undefined : prizeAt(season.prizes, position);
    if (!prize || position === null) return;
    if (prize.points) {
      await this.ledger.award(tx, {
        ambassadorId,
        amountPoints: prize.points,
        cause: causeOfSeason(season.id),
        category: seasonPrizeCategory,
        reason: `${board.name}, ${season.key}: place ${position}`.slice(0, 255),
        actor: 'system',
      });
    }
    const badgeCode = prize.badgeCode ?? null;
    await this.events.emit(tx, 'season.placed', season.programId, {
      seasonId: season.id,
      ambassadorId,
      position,
      badgeCode,
    });
  }

  /** All at once and in the order of their ids, as everybody does who locks several. */
  private async lockBalances(tx: Transaction, winners: readonly SeasonStanding[]): Promise<void> {
    if (winners.length === 0) return;
    const ids = join(winners.map(({ ambassadorId }) => ambassadorId));
    await tx.query(sql`
      SELECT ambassador_id FROM points_balance WHERE ambassador_id IN (${ids}) ORDER BY ambassador_id ${tx.forUpdate}`);
  }
}

function closesAt({ to }: Season): Date {
  return new Date(to.getTime() + graceMilliseconds);
}

function runKeyOf({ key }: Leaderboard, season: Season): string {
  return `${key}:${season.key}`;
}
