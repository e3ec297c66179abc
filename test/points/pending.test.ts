import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { TestAmbassador } from '../support/world.js';
import { atOnce, useWorld, World } from '../support/world.js';

const world = useWorld();
const dayMilliseconds = 86_400_000;

/** Anna has 50 points that stay pending for 14 days. */
async function annaWithPendingPoints() {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const challenge = await createChallenge(program, { verification: 'AUTOMATIC', pendingDays: 14 });
  const result = await submit(anna, challenge.id);
  return { program, anna, result, entryId: result.submission.pointsEntry.id as string };
}

async function releaseDue(): Promise<void> {
  const { points } = world.server.features;
  while ((await points.releaseDue(world.clock.now())) > 0);
}

async function pointsOf(anna: TestAmbassador) {
  const { me } = await anna.client.ask(`{ me { points { available pending lifetime debt }
    pending: pointsEntries(account: PENDING) { nodes { kind amountPoints } }
    pointsEntries { nodes { kind amountPoints reason } } } }`);
  return { ...me.points, pendingEntries: me.pending.nodes, entries: me.pointsEntries.nodes };
}

describe('points of a challenge with pending days', () => {
  test('are held: promised, and not yet earned', async () => {
    const { anna, result } = await annaWithPendingPoints();
    expect(result).toMatchObject({
      submission: { status: 'APPROVED', pointsEntry: { kind: 'AWARD', amountPoints: 50 } },
      balance: { available: 0, pending: 50, lifetime: 0 },
    });
    expect(await pointsOf(anna)).toMatchObject({
      pendingEntries: [{ kind: 'AWARD', amountPoints: 50 }],
      entries: [],
    });
  });

  test('become available once the days have passed, not before', async () => {
    const { anna } = await annaWithPendingPoints();
    world.clock.advance(14 * dayMilliseconds - 1);
    await releaseDue();
    expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 50, lifetime: 0 });
    world.clock.advance(1);
    await releaseDue();
    expect(await pointsOf(anna)).toEqual({
      available: 50,
      pending: 0,
      lifetime: 50,
      debt: 0,
      pendingEntries: [
        { kind: 'RELEASE', amountPoints: -50 },
        { kind: 'AWARD', amountPoints: 50 },
      ],
      entries: [{ kind: 'RELEASE', amountPoints: 50, reason: 'What should we build?' }],
    });
  });

  test('are released once, however many do it at once', async () => {
    const held = await Promise.all([annaWithPendingPoints(), annaWithPendingPoints(), annaWithPendingPoints()]);
    world.clock.advance(14 * dayMilliseconds);
    await atOnce(4, releaseDue);
    for (const { anna } of held) {
      expect(await pointsOf(anna)).toMatchObject({
        available: 50,
        pending: 0,
        lifetime: 50,
        entries: [{ kind: 'RELEASE' }],
      });
    }
  });

  test('are released by any server that runs, without being told', async () => {
    const { anna } = await annaWithPendingPoints();
    world.clock.advance(14 * dayMilliseconds);
    const other = new World();
    other.clock.set(world.clock.now());
    await other.start();
    await other.stop();
    expect(await pointsOf(anna)).toMatchObject({ available: 50, pending: 0 });
  });

  test('that are reversed while they wait are taken from what waits, in part or whole', async () => {
    const { program, anna, entryId } = await annaWithPendingPoints();
    const reverse = (amountPoints?: number) =>
      program.admin.mutate(
        'pointsReverse',
        { entryId, amountPoints, reason: 'A double', idempotencyKey: world.unique('reverse') },
        'PointsReversed { entry { kind amountPoints reverses { id } } balance { available pending lifetime debt } }',
      );
    expect(await reverse(20)).toMatchObject({
      entry: { kind: 'REVERSAL', amountPoints: -20, reverses: { id: entryId } },
      balance: { available: 0, pending: 30, lifetime: 0, debt: 0 },
    });
    world.clock.advance(14 * dayMilliseconds);
    await releaseDue();
    expect(await pointsOf(anna)).toMatchObject({ available: 30, pending: 0, lifetime: 30 });
    expect((await reverse()).balance).toEqual({ available: 0, pending: 0, lifetime: 0, debt: 0 });
    expect((await reverse()).__typename).toBe('AlreadyReversed');
  });

  test('that are wholly reversed while they wait are never released', async () => {
    const { program, anna, entryId } = await annaWithPendingPoints();
    const input = { entryId, reason: 'A mistake', idempotencyKey: 'k' };
    await program.admin.mutate('pointsReverse', input, 'PointsReversed { entry { id } }');
    world.clock.advance(14 * dayMilliseconds);
    await releaseDue();
    expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 0, lifetime: 0, entries: [] });
  });

  test('are released or reversed, not both, when both happen at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { program, anna, entryId } = await annaWithPendingPoints();
      world.clock.advance(14 * dayMilliseconds);
      const input = { entryId, reason: 'A mistake', idempotencyKey: 'k' };
      await Promise.all([releaseDue(), program.admin.mutate('pointsReverse', input), releaseDue()]);
      expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 0, lifetime: 0, debt: 0 });
    }
  });
});
