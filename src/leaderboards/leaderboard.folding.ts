import sql, { join, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { BoardBlock } from './board-block.entity.js';
import { BoardEntry } from './leaderboard.entity.js';
import { bottomOfList, type Place, standsBefore, topOfList } from './leaderboard.order.js';

/** Entries of a block, about: a place is counted by their number and by the number of blocks, so near the root of both. */
const entriesPerBlockAbout = 1_000;
/** Entries in one transaction; postings to their ambassadors wait for it, so it stays short. */
const entriesPerFold = 1_000;
const listingsPerTurn = 20;

type OneListing = Pick<BoardEntry, 'boardId' | 'period'>;
type Block = { -readonly [Property in keyof BoardBlock]: BoardBlock[Property] };

/**
 * Keeps the blocks of the boards. A posting only marks its entry as open; here the open entries are taken out of the
 * block in which they were counted and put in the one in which they stand. Nobody waits for it and no posting touches
 * a block, so no row is hot: until an entry is folded, every count corrects for it.
 */
export class BoardFolding {
  constructor(
    private readonly database: Database,
    private readonly entriesPerBlock = entriesPerBlockAbout,
  ) {}

  /** Folds some of what is open, and answers how much. Any number of processes may do it, each listing one at a time. */
  async foldSome(): Promise<number> {
    let folded = 0;
    let listing = await this.nextOpen(sql`board_id > ''`);
    for (let turn = 0; listing && turn < listingsPerTurn; turn++) {
      const current = listing;
      folded += await this.database.transact((tx) => this.fold(tx, current));
      const { boardId, period } = current;
      listing =
        (await this.nextOpen(sql`board_id = ${boardId} AND period > ${period}`)) ??
        (await this.nextOpen(sql`board_id > ${boardId}`));
    }
    return folded;
  }

  /** The first listing with open entries among those: a look into the index, however many are open. */
  private async nextOpen(among: Sql): Promise<OneListing | undefined> {
    const [row] = await this.database.read((db) =>
      db.query<{ board_id: string; period: string }>(sql`
        SELECT board_id, period FROM board_entry WHERE is_open = 1 AND ${among} ORDER BY board_id, period LIMIT 1`),
    );
    return row && { boardId: row.board_id, period: row.period };
  }

  private async fold(tx: Transaction, listing: OneListing): Promise<number> {
    if (!(await this.lock(tx, listing))) return 0;
    const inListing = sql`board_id = ${listing.boardId} AND period = ${listing.period}`;
    const open = await tx.select(
      BoardEntry,
      sql`WHERE is_open = 1 AND ${inListing} LIMIT ${entriesPerFold} ${tx.forUpdateSkipLocked}`,
    );
    if (open.length === 0) return 0;
    const blocks: Block[] = await tx.select(BoardBlock, sql`WHERE ${inListing} ORDER BY points DESC, reached ASC`);
    const before = new Map(blocks.map(({ id, entries }) => [id, entries]));
    for (const entry of open) {
      const { countedPoints: points, countedReached: reached } = entry;
      if (points !== null && reached !== null) blockOf(blocks, { points, reached }).entries -= 1;
      blockOf(blocks, entry).entries += 1;
    }
    await tx.execute(sql`
      UPDATE board_entry SET counted_points = points, counted_reached = reached, is_open = 0
      WHERE ${inListing} AND ambassador_id IN (${join(open.map(({ ambassadorId }) => ambassadorId))})`);
    const kept = await this.joinSmall(tx, blocks);
    await writeCounts(
      tx,
      kept.filter((block) => before.get(block.id) !== block.entries),
    );
    for (const [index, block] of kept.entries()) {
      const end = kept[index + 1] ?? bottomOfList;
      if (before.get(block.id) !== block.entries) await this.split(tx, inListing, block, end);
    }
    return open.length;
  }

  /** Makes sure of the first block, and holds it: one transaction folds a listing. Whether this is the one. */
  private async lock(tx: Transaction, listing: OneListing): Promise<boolean> {
    const first = sql`
      WHERE board_id = ${listing.boardId} AND period = ${listing.period}
        AND points = ${topOfList.points} AND reached = ${topOfList.reached}`;
    if (await tx.first(BoardBlock, sql`${first} ${tx.forUpdateSkipLocked}`)) return true;
    if (await tx.first(BoardBlock, first)) return false;
    try {
      await tx.insert(BoardBlock, { id: tx.newId(), ...listing, ...topOfList, entries: 0 });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The first block was made at the same moment');
      throw error;
    }
    return true;
  }

  /** Blocks that entries have left are joined to the one before, so that their number keeps to that of the entries. */
  private async joinSmall(tx: Transaction, blocks: readonly Block[]): Promise<Block[]> {
    const kept: Block[] = [];
    const gone: string[] = [];
    for (const block of blocks) {
      const previous = kept.at(-1);
      const together = (previous?.entries ?? 0) + block.entries;
      if (previous && block.entries * 4 <= this.entriesPerBlock && together <= this.entriesPerBlock) {
        previous.entries = together;
        gone.push(block.id);
      } else {
        kept.push(block);
      }
    }
    if (gone.length > 0) await tx.execute(sql`DELETE FROM board_block WHERE id IN (${join(gone)})`);
    return kept;
  }

  /** Halves a block until no part is too big. */
  private async split(tx: Transaction, inListing: Sql, block: Block, end: Place): Promise<void> {
    if (block.entries <= 2 * this.entriesPerBlock) return;
    const middle = await middleOf(tx, inListing, block, end);
    if (!middle) return;
    const entries = await countedBetween(tx, inListing, middle, end);
    if (entries === 0 || entries === block.entries) return;
    const { boardId, period } = block;
    const half: Block = { id: tx.newId(), boardId, period, ...middle, entries };
    block.entries -= entries;
    await tx.insert(BoardBlock, half);
    await writeCounts(tx, [block]);
    await this.split(tx, inListing, block, half);
    await this.split(tx, inListing, half, end);
  }
}

/** The last block that begins at or before a place. The first begins before every place. */
function blockOf(blocks: readonly Block[], place: Place): Block {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const block = blocks[middle];
    if (block && !standsBefore(place, block)) low = middle;
    else high = middle - 1;
  }
  const found = blocks[low];
  if (!found) throw new Error('A listing has a first block');
  return found;
}

async function writeCounts(tx: Transaction, blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0) return;
  const cases = blocks.map(({ id, entries }) => sql`WHEN ${id} THEN ${entries}`);
  await tx.execute(sql`
    UPDATE board_block SET entries = CASE id ${join(cases, ' ')} ELSE entries END
    WHERE id IN (${join(blocks.map(({ id }) => id))})`);
}

/** The place in the middle of a block, by the entries that it counts. */
async function middleOf(tx: Transaction, inListing: Sql, from: Block, to: Place): Promise<Place | undefined> {
  const [middle] = await tx.query<Place>(sql`
    SELECT counted_points AS points, counted_reached AS reached FROM board_entry
    WHERE ${inListing}
      AND (counted_points < ${from.points} OR (counted_points = ${from.points} AND counted_reached >= ${from.reached}))
      AND (counted_points > ${to.points} OR (counted_points = ${to.points} AND counted_reached < ${to.reached}))
    ORDER BY counted_points DESC, counted_reached ASC LIMIT 1 OFFSET ${Math.floor(from.entries / 2)}`);
  return middle && { points: middle.points, reached: middle.reached };
}

/** How many entries the blocks count in a stretch. */
async function countedBetween(tx: Transaction, inListing: Sql, from: Place, to: Place): Promise<number> {
  const [row] = await tx.query<{ n: number | string }>(sql`
    SELECT COUNT(*) AS n FROM board_entry
    WHERE ${inListing}
      AND (counted_points < ${from.points} OR (counted_points = ${from.points} AND counted_reached >= ${from.reached}))
      AND (counted_points > ${to.points} OR (counted_points = ${to.points} AND counted_reached < ${to.reached}))`);
  return Number(row?.n ?? 0);
}
