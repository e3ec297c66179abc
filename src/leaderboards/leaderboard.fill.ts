import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { JobPart, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { reckon, tallyKey } from './leaderboard.reckoning.js';

/** Ambassadors in one transaction: their balances are held meanwhile, so it stays short. */
const ambassadorsPerBatch = 200;
/** What a new board counts before its creator gets the answer; the rest is left to the job. */
const batchesAtOnceMax = 10;

/** Which board; how far it is stands in its own row, as whoever made it counts, too. */
type FillState = { readonly boardId: string };

/**
 * Counts boards from the ledger: new ones, and those whose rules of counting changed.
 *
 * No posting is missed or counted twice. A board is committed before it is filled, and a batch of the fill holds the
 * balances of its ambassadors, as every posting does. So of two, one comes first: a posting that committed before is
 * in the ledger that the batch reads; a posting that comes after sees the board and adds itself to what the batch
 * wrote. What a posting had already added before its batch came is replaced, not added to.
 */
export class BoardFill {
  private readonly job: ScheduledJob<FillState>;

  constructor(
    private readonly database: Database,
    jobs: Jobs,
  ) {
    this.job = jobs.define<FillState>({ name: 'leaderboards.fill', part: (tx, { state }) => this.nextPart(tx, state) });
  }

  /** Leaves the filling of a board to the job, from this transaction on. Each time it is needed is a run of its own. */
  async plan(tx: Transaction, { id, programId, key }: Leaderboard): Promise<void> {
    await this.job.schedule(tx, { programId, runKey: `${key}@${tx.now.toISOString()}`, state: { boardId: id } });
  }

  /** Begins to fill a board that was just made, and finishes it if that is soon done. Answers the board as it is then. */
  async begin(board: Leaderboard): Promise<Leaderboard> {
    for (let batch = 0; batch < batchesAtOnceMax; batch++) {
      if (!(await this.fillBatch(board.id))) break;
    }
    const filled = await this.database.read((db) => db.first(Leaderboard, sql`WHERE id = ${board.id}`));
    return filled ?? board;
  }

  /** Counts a board anew, from the first ambassador to the last. It can be read, and points be posted, meanwhile. */
  async rebuild(programId: string, key: string): Promise<Leaderboard | undefined> {
    const board = await this.database.transact(async (tx) => {
      await tx.execute(sql`
        UPDATE leaderboard SET filled_to = '' WHERE program_id = ${programId} AND board_key = ${key}`);
      const found = await tx.first(Leaderboard, sql`WHERE program_id = ${programId} AND board_key = ${key}`);
      if (found) await this.plan(tx, found);
      return found;
    });
    if (!board) return undefined;
    while (await this.fillBatch(board.id));
    return this.database.read((db) => db.first(Leaderboard, sql`WHERE id = ${board.id}`));
  }

  /** The program counts its days in another zone: so do its boards, and everything before is counted anew. */
  async followTimeZone(tx: Transaction, programId: string): Promise<Leaderboard[]> {
    await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
    const elsewhere = sql`program_id = ${programId}
      AND time_zone <> (SELECT program.time_zone FROM program WHERE program.id = ${programId})`;
    const boards = await tx.select(Leaderboard, sql`WHERE ${elsewhere}`);
    if (boards.length === 0) return [];
    await tx.execute(sql`
      UPDATE leaderboard SET
        filled_to = CASE WHEN window_length IN ('ALL_TIME', 'SEASON') THEN filled_to ELSE '' END,
        time_zone = (SELECT program.time_zone FROM program WHERE program.id = ${programId})
      WHERE ${elsewhere}`);
    const moved = await tx.select(Leaderboard, sql`WHERE id IN (${join(boards.map(({ id }) => id))})`);
    for (const board of moved) if (board.filledTo !== null) await this.plan(tx, board);
    return moved;
  }

  /** A contact has other attributes: its ambassador comes on boards with all points, or leaves them. */
  async followContact(contactId: string): Promise<void> {
    await this.database.transact(async (tx) => {
      const ambassador = await tx.first(Ambassador, sql`WHERE contact_id = ${contactId}`);
      if (!ambassador) return;
      const boards = await tx.select(
        Leaderboard,
        sql`WHERE program_id = ${ambassador.programId} AND attribute_name IS NOT NULL`,
      );
      for (const board of boards) await this.count(tx, board, [ambassador.id]);
    });
  }

  /**
   * An ambassador leaves boards, or comes back to them: `change` says so, and its entries become what they have to be.
   * Its balance is held first, so that a posting comes before, and is counted away, or after, and sees that it left.
   */
  async followLeaving(
    tx: Transaction,
    ambassadorId: string,
    change: (tx: Transaction) => Promise<readonly Leaderboard[]>,
  ): Promise<void> {
    await holdBalances(tx, [ambassadorId]);
    for (const board of await change(tx)) await this.count(tx, board, [ambassadorId]);
  }

  private async nextPart(tx: Transaction, state: FillState): Promise<JobPart<FillState>> {
    const { counted, more, total } = await this.fillNext(tx, state.boardId);
    return { done: counted, ...(total !== undefined && { total }), ...(more && { next: state }) };
  }

  private async fillBatch(boardId: string): Promise<boolean> {
    return (await this.database.transact((tx) => this.fillNext(tx, boardId))).more;
  }

  /** Counts the next ambassadors of a board: how many, and whether there may be more. */
  private async fillNext(tx: Transaction, boardId: string): Promise<Filled> {
    // Held so that the board's rules stay as they are, and two processes take turns.
    const board = await tx.first(Leaderboard, sql`WHERE id = ${boardId} AND filled_to IS NOT NULL ${tx.forUpdate}`);
    if (!board) return { counted: 0, more: false };
    const ambassadors = await tx.select(
      Ambassador,
      sql`WHERE program_id = ${board.programId} AND id > ${board.filledTo} ORDER BY id LIMIT ${ambassadorsPerBatch}`,
    );
    const counted = ambassadors.length;
    const last = counted === ambassadorsPerBatch ? ambassadors.at(-1)?.id : undefined;
    if (counted > 0) {
      await this.count(
        tx,
        board,
        ambassadors.map(({ id }) => id),
      );
    }
    await tx.execute(sql`UPDATE leaderboard SET filled_to = ${last ?? null} WHERE id = ${boardId}`);
    if (last === undefined) return { counted, more: false };
    if (board.filledTo !== '') return { counted, more: true };
    return { counted, more: true, total: await tx.count(Ambassador, sql`WHERE program_id = ${board.programId}`) };
  }

  /** Makes the entries of these ambassadors what the ledger says. */
  private async count(tx: Transaction, board: Leaderboard, ambassadorIds: readonly string[]): Promise<void> {
    const ids = join([...ambassadorIds]);
    await holdBalances(tx, ambassadorIds);
    const tallies = await reckon(tx, board, ambassadorIds);
    const present = await tx.select(BoardEntry, sql`WHERE board_id = ${board.id} AND ambassador_id IN (${ids})`);
    for (const row of present) {
      const key = tallyKey(row);
      const { points, reached } = tallies.get(key) ?? { points: 0, reached: '' };
      tallies.delete(key);
      if (row.points === points && row.reached === reached) continue;
      await tx.execute(sql`
        UPDATE board_entry SET points = ${points}, reached = ${reached}, is_open = 1
        WHERE board_id = ${board.id} AND ambassador_id = ${row.ambassadorId} AND period = ${row.period}`);
    }
    const added = [...tallies.values()].map((tally) => ({ ...tally, boardId: board.id, isOpen: true }));
    if (added.length > 0) await tx.insert(BoardEntry, added);
  }
}

/** In the order of their ids, as everybody does who holds several. */
async function holdBalances(tx: Transaction, ambassadorIds: readonly string[]): Promise<void> {
  await tx.query(sql`
    SELECT ambassador_id FROM points_balance WHERE ambassador_id IN (${join([...ambassadorIds])})
    ORDER BY ambassador_id ${tx.forUpdate}`);
}

interface Filled {
  readonly counted: number;
  readonly more: boolean;
  /** How many there are in all, found out at the beginning. */
  readonly total?: number;
}
