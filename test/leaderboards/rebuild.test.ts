import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { BoardEntry } from '../../src/leaderboards/leaderboard.entity.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

/** One thing that happens to one of a few ambassadors. */
interface Deed {
  readonly who: number;
  readonly kind: 'award' | 'give' | 'take' | 'reverse' | 'wait';
  readonly amount: number;
  readonly category: string;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  who: fc.nat({ max: 2 }),
  kind: fc.constantFrom('award', 'award', 'give', 'take', 'reverse', 'wait'),
  amount: fc.integer({ min: 1, max: 20 }),
  category: fc.constantFrom('REVIEW', 'IDEA'),
});

async function act(program: TestProgram, ambassador: TestAmbassador, deed: Deed, entries: string[]): Promise<void> {
  const { database } = world.server.platform;
  if (deed.kind === 'wait') return world.clock.advance(deed.amount * 86_400_000);
  if (deed.kind === 'reverse') {
    const entryId = entries[deed.amount % Math.max(1, entries.length)];
    if (entryId === undefined) return;
    const idempotencyKey = world.unique('reverse');
    const amountPoints = deed.category === 'IDEA' ? 1 : null;
    await program.admin.mutate('pointsReverse', { entryId, amountPoints, reason: 'Wrong', idempotencyKey });
    return;
  }
  if (deed.kind === 'award') {
    const entry = await database.transact((tx) =>
      world.server.features.ledger.award(tx, {
        ambassadorId: fromGlobalId(ambassador.id)?.id ?? '',
        amountPoints: deed.amount,
        cause: world.unique('cause'),
        category: deed.category,
        reason: 'Well done',
        actor: 'system',
      }),
    );
    entries.push(entry.globalId());
    return;
  }
  const given: Answer = await program.give(ambassador, deed.kind === 'give' ? deed.amount : -deed.amount);
  if (deed.kind === 'give') entries.push(given.entry.id);
}

/** What the boards of a program say; how far it is counted in blocks is the background's affair. */
async function rowsOf(program: TestProgram): Promise<object[]> {
  const rows = await world.server.platform.database.read((db) =>
    db.select(
      BoardEntry,
      sql`JOIN leaderboard ON leaderboard.id = board_entry.board_id
        WHERE leaderboard.program_id = ${program.program.id}
        ORDER BY board_entry.board_id, board_entry.ambassador_id, board_entry.period`,
    ),
  );
  return rows.map(({ boardId, ambassadorId, period, points, reached }) => ({
    boardId,
    ambassadorId,
    period,
    points,
    reached,
  }));
}

describe('a board that is counted anew', () => {
  test('is the same after any history of awards, gifts, takings and reversals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 15 }), async (deeds) => {
        const program = await world.program({ timeZone: 'America/New_York' });
        const boards = [
          { key: 'week', window: 'WEEK' },
          { key: 'reviews', window: 'QUARTER', kinds: ['REVIEW'] },
        ];
        for (const board of boards) await program.admin.mutate('leaderboardCreate', { name: 'Board', ...board });
        const ambassadors = [
          await program.ambassador('A'),
          await program.ambassador('B'),
          await program.ambassador('C'),
        ];
        const entries: string[] = [];
        for (const each of deeds) {
          const ambassador = ambassadors[each.who];
          if (ambassador) await act(program, ambassador, each, entries);
        }
        const before = await rowsOf(program);
        for (const key of ['all-time', 'month', 'week', 'reviews']) {
          const board = await world.server.features.boardFill.rebuild(program.program.id, key);
          expect(board?.isComplete()).toBe(true);
        }
        expect(await rowsOf(program)).toEqual(before);
      }),
      { numRuns: 5 },
    );
  });

  test('mends what is wrong and adds what is missing', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await program.give(anna, 10);
    await program.give(bert, 20);
    const before = await rowsOf(program);
    await world.server.platform.database.transact(async (tx) => {
      const ids = [anna, bert].map(({ id }) => fromGlobalId(id)?.id);
      await tx.execute(sql`UPDATE board_entry SET points = 99 WHERE ambassador_id = ${ids[0]}`);
      await tx.execute(sql`DELETE FROM board_entry WHERE ambassador_id = ${ids[1]}`);
    });
    for (const key of ['all-time', 'month']) await world.server.features.boardFill.rebuild(program.program.id, key);
    expect(await rowsOf(program)).toEqual(before);
  });

  test('cannot be a board that is not there', async () => {
    const program = await world.program();
    expect(await world.server.features.boardFill.rebuild(program.program.id, 'nobody')).toBeUndefined();
  });
});
