import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { EarnedBadge } from '../../src/badges/badge.entity.js';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';
import { badgesOf, createBadge } from './badge.js';

const world = useWorld();

/** Waits until everybody has been looked at, whoever does it: this process's worker has begun by itself. */
function granted(): Promise<void> {
  return world.server.features.jobWorker.drain();
}

function holders(badgeId: string): Promise<EarnedBadge[]> {
  const id = fromGlobalId(badgeId)?.id;
  return world.server.platform.database.read((db) => db.select(EarnedBadge, sql`WHERE badge_id = ${id}`));
}

async function earnedEvents(program: TestProgram): Promise<number> {
  const { id } = program.program;
  return world.server.platform.database.read((db) =>
    db.count(OutboxEvent, sql`WHERE program_id = ${id} AND type = 'badge.earned'`),
  );
}

describe('a badge for lifetime points', () => {
  test('is won by the points that reach it, and not before', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await createBadge(program, 'hundred', { lifetimePoints: 100 });
    await program.give(anna, 99);
    expect(await badgesOf(anna)).toEqual([]);
    world.clock.advance(60_000);
    await program.give(anna, 1);
    const { me } = await anna.client.ask(
      '{ me { badges { earnedAt badge { code name rule { lifetimePoints all { __typename } } } } } }',
    );
    expect(me.badges).toEqual([
      {
        earnedAt: world.clock.now().toISOString(),
        badge: { code: 'hundred', name: 'Badge hundred', rule: { lifetimePoints: 100, all: null } },
      },
    ]);
  });

  test('stays when the points are taken back, and is not won by points that are only moved', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await createBadge(program, 'hundred', { lifetimePoints: 100 });
    const { entry } = await program.give(anna, 100);
    await program.admin.mutate('pointsReverse', { entryId: entry.id, reason: 'A mistake', idempotencyKey: 'back' });
    expect(await badgesOf(anna)).toEqual(['hundred']);
    expect(await earnedEvents(program)).toBe(1);
  });

  test('is won once by 20 awards at once that each could win it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await createBadge(program, 'ten', { lifetimePoints: 10 });
    await atOnce(20, () => program.give(anna, 10));
    expect(await badgesOf(anna)).toEqual(['ten']);
    expect(await earnedEvents(program)).toBe(1);
  });

  test('cannot be won or seen from another program', async () => {
    const [ours, theirs] = await Promise.all([world.program(), world.program()]);
    const badge = await createBadge(ours, 'one', { lifetimePoints: 1 });
    const bert = await theirs.ambassador('Bert');
    await theirs.give(bert, 50);
    expect(await badgesOf(bert)).toEqual([]);
    const seen = await theirs.admin.ask(
      'query ($id: ID!) { node(id: $id) { id } badges { totalCount nodes { id } } }',
      {
        id: badge.id,
      },
    );
    expect(seen).toEqual({ node: null, badges: { totalCount: 0, nodes: [] } });
    const own = await ours.analyst.ask('query ($id: ID!) { node(id: $id) { id ... on Badge { code } } }', {
      id: badge.id,
    });
    expect(own.node).toEqual({ id: badge.id, code: 'one' });
    expect((await createBadge(theirs, 'one', { lifetimePoints: 1 })).code).toBe('one');
  });
});

describe('a new badge', () => {
  test('is there at once for who qualifies already, and only for them', async () => {
    const program = await world.program();
    const [anna, bert] = await Promise.all([program.ambassador('Anna'), program.ambassador('Bert')]);
    await program.give(anna, 100);
    await program.give(bert, 99);
    await createBadge(program, 'hundred', { lifetimePoints: 100 });
    expect(await badgesOf(anna)).toEqual(['hundred']);
    expect(await badgesOf(bert)).toEqual([]);
  });

  test('reaches more ambassadors than one batch has, goes on where a crash left it, and gives nothing twice', async () => {
    const program = await world.program();
    await atOnce(205, async (index) => program.give(await program.ambassador(`Member ${index}`), 10));
    const badge = await createBadge(program, 'ten', { lifetimePoints: 10 });
    await granted();
    expect(await holders(badge.id)).toHaveLength(205);
    expect(await earnedEvents(program)).toBe(205);

    // As it was when a process died after the badge, with none of it given out.
    const id = fromGlobalId(badge.id)?.id ?? '';
    await world.server.platform.database.transact(async (tx) => {
      await tx.execute(sql`DELETE FROM earned_badge WHERE badge_id = ${id}`);
      await tx.execute(sql`
        UPDATE job SET status = 'WAITING', due_at = ${tx.now}, finished_at = NULL, done = 0, total = NULL,
          state = ${JSON.stringify({ badgeId: id, after: '' })}
        WHERE program_id = ${program.program.id}`);
    });
    await atOnce(3, () => granted());
    expect(await holders(badge.id)).toHaveLength(205);
    await granted();
    expect(await holders(badge.id)).toHaveLength(205);
    expect(await earnedEvents(program)).toBe(410);
    const { jobs } = await program.admin.ask('{ jobs { nodes { name runKey status progress { done total } } } }');
    expect(jobs.nodes).toEqual([
      { name: 'badges.grant', runKey: 'ten', status: 'DONE', progress: { done: 205, total: 205 } },
    ]);
    // Hundreds of requests; a busy machine takes its time over them.
  }, 120_000);

  test('misses nobody who qualifies in the same moment, nor who joins in it', async () => {
    const program = await world.program();
    const early = await atOnce(40, (index) => program.ambassador(`Early ${index}`));
    const join = async (index: number) => {
      const late = await program.ambassador(`Late ${index}`);
      await program.give(late, 10);
      return late;
    };
    const [badge, , late] = await Promise.all([
      createBadge(program, 'ten', { lifetimePoints: 10 }),
      Promise.all(early.map((ambassador) => program.give(ambassador, 10))),
      atOnce(24, join),
    ]);
    await granted();
    const held = (await holders(badge.id)).map(({ ambassadorId }) => ambassadorId).sort();
    expect(held).toEqual([...early, ...late].map(({ id }) => fromGlobalId(id)?.id).sort());
    expect(await earnedEvents(program)).toBe(64);
  });
});
