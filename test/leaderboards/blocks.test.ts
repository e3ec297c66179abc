import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { BoardBlock } from '../../src/leaderboards/board-block.entity.js';
import { BoardEntry } from '../../src/leaderboards/leaderboard.entity.js';
import { BoardFolding } from '../../src/leaderboards/leaderboard.folding.js';
import { endOfList, standsBefore } from '../../src/leaderboards/leaderboard.order.js';
import { countPlaces } from '../../src/leaderboards/leaderboard.places.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const ambassadorId = (number: number) => `ambassador-${String(number).padStart(4, '0')}`;

/** A listing that belongs to no program, so that only its order and its blocks matter. */
class LooseListing {
  readonly board = { id: randomUUID() };
  readonly period = '';
  private moves = 0;

  /** Some ambassadors come to these points, as postings would bring them there. */
  async move(changes: readonly { readonly who: number; readonly points: number }[]): Promise<void> {
    await world.server.platform.database.transact(async (tx) => {
      for (const { who, points } of changes) {
        this.moves += 1;
        const reached = String(this.moves).padStart(8, '0');
        const known = await tx.execute(sql`
          UPDATE board_entry SET points = ${points}, reached = ${reached}, is_open = 1
          WHERE board_id = ${this.board.id} AND period = '' AND ambassador_id = ${ambassadorId(who)}`);
        if (known > 0) continue;
        const row = { boardId: this.board.id, period: '', ambassadorId: ambassadorId(who), points, reached };
        await tx.insert(BoardEntry, { ...row, isOpen: true });
      }
    });
  }

  rows(): Promise<BoardEntry[]> {
    return world.server.platform.database.read((db) =>
      db.select(BoardEntry, sql`WHERE board_id = ${this.board.id} ORDER BY points DESC, reached ASC`),
    );
  }

  /** Every place is counted as it is in code, and so is the end of the list. */
  async expectExact(): Promise<void> {
    const rows = await this.rows();
    const places = [...rows, endOfList].map(({ points, reached }) => ({ listing: this, points, reached }));
    const counts = await countPlaces(world.server.platform.database, places);
    expect(counts).toEqual(places.map((place) => rows.filter((row) => standsBefore(row, place)).length));
  }
}

describe('places', () => {
  const change = fc.record({
    who: fc.nat({ max: 40 }),
    points: fc.oneof(fc.constant(5), fc.integer({ min: -2, max: 12 })),
  });
  const step = fc.oneof(fc.array(change, { minLength: 1, maxLength: 30 }), fc.constant('fold' as const));

  test('are exact whatever is folded and whatever is open', async () => {
    // Two entries to a block: everything that a board of a million meets, a few dozen meet here.
    const folding = new BoardFolding(world.server.platform.database, 2);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const listing = new LooseListing();
        for (const each of steps) {
          if (each === 'fold') await folding.foldSome();
          else await listing.move(each);
          await listing.expectExact();
        }
        while ((await folding.foldSome()) > 0);
        await listing.expectExact();
      }),
      { numRuns: 25 },
    );
  });

  test('hold many with equal points in blocks of bounded size, and few blocks when they leave', async () => {
    const { database } = world.server.platform;
    const folding = new BoardFolding(database, 10);
    const listing = new LooseListing();
    const blocks = () => database.read((db) => db.select(BoardBlock, sql`WHERE board_id = ${listing.board.id}`));
    await listing.move(Array.from({ length: 300 }, (_, who) => ({ who, points: 100 })));
    while ((await folding.foldSome()) > 0);
    await listing.expectExact();
    const sizes = (await blocks()).map(({ entries }) => entries);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
    expect(sizes.length).toBeGreaterThan(10);
    for (const points of [200, 300, 400]) {
      await listing.move(Array.from({ length: 300 }, (_, who) => ({ who, points })));
      while ((await folding.foldSome()) > 0);
    }
    await listing.expectExact();
    expect((await blocks()).length).toBeLessThanOrEqual(300 / 5 + 1);
  });

  test('stay exact while several fold, several post and several count at once', async () => {
    const { database } = world.server.platform;
    const listing = new LooseListing();
    await listing.move(Array.from({ length: 120 }, (_, who) => ({ who, points: 1 + (who % 7) })));
    await atOnce(12, async (index) => {
      const folding = new BoardFolding(database, 5);
      for (let turn = 0; turn < 4; turn++) {
        if (index % 3 === 0) await folding.foldSome();
        if (index % 3 === 1) await listing.move([{ who: index * 10 + turn, points: 1 + turn }]);
        // Nobody comes or goes, so whatever moves, there are 120 in all.
        if (index % 3 === 2) expect(await countPlaces(database, [{ listing, ...endOfList }])).toEqual([120]);
      }
    });
    await listing.expectExact();
  });
});
