import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { badgesOf, createBadge } from '../badges/badge.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const selection = 'id name runKey status attempts lastError startedAt finishedAt progress { done total }';

/** A program whose only job has failed, with nothing of it done. */
async function withFailedJob(program: TestProgram): Promise<Answer> {
  await createBadge(program, 'ten', { lifetimePoints: 10 });
  await world.server.features.jobWorker.drain();
  await world.server.platform.database.transact(async (tx) => {
    await tx.execute(sql`DELETE FROM earned_badge WHERE badge_id IN (
      SELECT id FROM badge WHERE program_id = ${program.program.id})`);
    await tx.execute(sql`
      UPDATE job SET status = 'FAILED', attempts = 12, last_error = 'Error', done = 0 WHERE program_id = ${program.program.id}`);
  });
  const { jobs } = await program.admin.ask(`{ jobs(status: FAILED) { nodes { ${selection} } } }`);
  return jobs.nodes[0];
}

describe('jobs', () => {
  test('are listed with how far they are, by status and by name, and fetched by id', async () => {
    const program = await world.program();
    await program.ambassador('Anna');
    await createBadge(program, 'one', { lifetimePoints: 1 });
    await createBadge(program, 'two', { lifetimePoints: 2 });
    await world.server.features.jobWorker.drain();
    const at = world.clock.now().toISOString();
    const { all, done, failed, others } = await program.admin.ask(`{
      all: jobs { totalCount nodes { ${selection} } }
      done: jobs(status: DONE, name: "badges.grant") { nodes { id } }
      failed: jobs(status: FAILED) { totalCount }
      others: jobs(name: "badges") { totalCount } }`);
    expect(all.totalCount).toBe(2);
    expect(all.nodes[0]).toEqual({
      ...{ id: all.nodes[0].id, name: 'badges.grant', runKey: 'two', status: 'DONE', attempts: 1, lastError: null },
      ...{ startedAt: at, finishedAt: at, progress: { done: 1, total: 1 } },
    });
    expect(done.nodes).toHaveLength(2);
    expect([failed.totalCount, others.totalCount]).toEqual([0, 0]);
    const { node } = await program.admin.ask('query ($id: ID!) { node(id: $id) { ... on Job { runKey } } }', {
      id: all.nodes[0].id,
    });
    expect(node).toEqual({ runKey: 'two' });
  });

  test('that failed go on where they stopped when an admin says so', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 10);
    const job = await withFailedJob(program);
    expect(job).toMatchObject({ runKey: 'ten', status: 'FAILED', attempts: 12, lastError: 'Error' });
    expect(await badgesOf(anna)).toEqual([]);
    const retried = await program.admin.mutate('jobRetry', { jobId: job.id }, 'JobRetried { job { status attempts } }');
    expect(retried).toEqual({ __typename: 'JobRetried', job: { status: 'WAITING', attempts: 0 } });
    await world.server.features.jobWorker.drain();
    expect(await badgesOf(anna)).toEqual(['ten']);
    const again = await program.admin.mutate('jobRetry', { jobId: job.id }, 'JobNotFailed { job { status } }');
    expect(again).toMatchObject({ __typename: 'JobNotFailed', code: 'JOB_NOT_FAILED', job: { status: 'DONE' } });
  });

  test('of another program are neither seen nor tried again', async () => {
    const [ours, theirs] = [await world.program(), await world.program()];
    const job = await withFailedJob(ours);
    expect(await theirs.admin.mutate('jobRetry', { jobId: job.id })).toMatchObject({ __typename: 'NotFound' });
    const seen = await theirs.admin.ask('query ($id: ID!) { node(id: $id) { id } jobs { totalCount } }', {
      id: job.id,
    });
    expect(seen).toEqual({ node: null, jobs: { totalCount: 0 } });
    await ours.admin.mutate('jobRetry', { jobId: job.id });
  });
});
