import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();

async function annaAndHerProgram() {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  await program.give(anna, 240);
  return { program, anna };
}

async function simulate(client: Client, input: object): Promise<Answer> {
  const { simulate: simulation } = await client.ask(
    `query ($input: SimulationInput!) { simulate(input: $input) {
      refusal { code } before { available pending lifetime } after { available pending lifetime }
      entries { kind account unitKey amountPoints reason } earnedBadges { code }
      levelBefore { rank } levelAfter { rank } } }`,
    { input },
  );
  return simulation;
}

/** All that could have changed, as seen from outside and in the outbox. */
async function everything(client: Client, programId: string) {
  const answer = await client.ask(`{ me { points { available pending lifetime } pointsEntries { totalCount }
    badges { badge { code } } submissions { totalCount } redemptions { totalCount } }
    leaderboard { nodes { points } } rewards { nodes { stock } } }`);
  const events = await world.server.platform.database.read((db) =>
    db.count(OutboxEvent, sql`WHERE program_id = ${programId}`),
  );
  return { answer, events };
}

describe('simulate', () => {
  test('tells what a submission would earn, win and reach, and leaves no trace', async () => {
    const { program, anna } = await annaAndHerProgram();
    await program.admin.mutate('badgeCreate', {
      code: 'rich',
      name: 'Rich',
      description: 'Many points',
      rule: { lifetimePoints: 280 },
    });
    const challenge = await createChallenge(program);
    const before = await everything(anna.client, program.program.id);
    const submission = { challengeId: challenge.id, proof: proofs.answer };
    expect(await simulate(anna.client, { submission })).toEqual({
      refusal: null,
      before: [{ available: 240, pending: 0, lifetime: 240 }],
      after: [{ available: 290, pending: 0, lifetime: 290 }],
      entries: [
        { kind: 'AWARD', account: 'AVAILABLE', unitKey: 'points', amountPoints: 50, reason: 'What should we build?' },
      ],
      earnedBadges: [{ code: 'rich' }],
      levelBefore: { rank: 1 },
      levelAfter: { rank: 2 },
    });
    const pending = await simulate(anna.client, { submission: { ...submission, isApproved: false } });
    expect(pending).toMatchObject({ entries: [], after: [{ available: 240 }] });
    expect(await everything(anna.client, program.program.id)).toEqual(before);
  });

  test('tells what a purchase would cost, and why it would be refused', async () => {
    const { program, anna } = await annaAndHerProgram();
    const reward = async (costPoints: number, stock: number) => {
      const input = { name: 'A mug', costPoints, stock };
      return (await program.admin.mutate('rewardCreate', input, 'RewardCreated { reward { id } }')).reward.id;
    };
    const [mug, dinner, gone] = [await reward(100, 1), await reward(900, 1), await reward(1, 0)];
    const before = await everything(anna.client, program.program.id);
    expect(await simulate(anna.client, { redemption: { rewardId: mug } })).toMatchObject({
      refusal: null,
      after: [{ available: 140, lifetime: 240 }],
      entries: [{ kind: 'REDEMPTION', amountPoints: -100 }],
    });
    const refusals = [
      [dinner, 'BALANCE_INSUFFICIENT'],
      [gone, 'REWARD_OUT_OF_STOCK'],
      ['nothing', 'NOT_FOUND'],
    ];
    for (const [rewardId, code] of refusals) {
      expect(await simulate(anna.client, { redemption: { rewardId } })).toMatchObject({
        refusal: { code },
        entries: [],
        after: [{ available: 240 }],
      });
    }
    expect(await everything(anna.client, program.program.id)).toEqual(before);
  });

  test('holds to the limits that a real submission would meet', async () => {
    const { program, anna } = await annaAndHerProgram();
    const challenge = await createChallenge(program, { verification: 'AUTOMATIC' });
    const submission = { challengeId: challenge.id, proof: proofs.answer };
    expect((await simulate(anna.client, { submission })).refusal).toBeNull();
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
    expect((await simulate(anna.client, { submission })).refusal).toEqual({ code: 'CHALLENGE_LIMIT_REACHED' });
  });

  test('answers staff about anybody, an ambassador about itself alone', async () => {
    const { program, anna } = await annaAndHerProgram();
    const bob = await program.ambassador('Bob');
    const adjustment = { ambassadorId: bob.id, amountPoints: 300 };
    expect(await simulate(program.analyst, { adjustment })).toMatchObject({
      after: [{ available: 300, lifetime: 300 }],
      levelAfter: { rank: 2 },
    });
    expect(await simulate(anna.client, { adjustment })).toBeNull();
    expect(await simulate(bob.client, { adjustment })).toBeNull();
    const rewardId = 'anything';
    expect(await simulate(anna.client, { redemption: { ambassadorId: bob.id, rewardId } })).toBeNull();
    const transfer = { ambassadorId: bob.id, recipientId: anna.id, amountPoints: 1 };
    expect((await simulate(program.admin, { transfer })).refusal).toEqual({ code: 'TRANSFER_REFUSED' });
  });

  test('does not get in the way of what really happens at the same time', async () => {
    const { program, anna } = await annaAndHerProgram();
    const simulations = atOnce(10, () =>
      simulate(program.admin, { adjustment: { ambassadorId: anna.id, amountPoints: 10 } }),
    );
    const gifts = atOnce(10, () => program.give(anna, 1));
    for (const { before, after } of await simulations) expect(after[0].available - before[0].available).toBe(10);
    await gifts;
    const { me } = await anna.client.ask('{ me { points { available } pointsEntries { totalCount } } }');
    expect(me).toEqual({ points: { available: 250 }, pointsEntries: { totalCount: 11 } });
  });
});

describe('rewardChangePreview', () => {
  test('tells what another reward would have cost over a time that has passed', async () => {
    const { program, anna } = await annaAndHerProgram();
    const bob = await program.ambassador('Bob');
    const challenge = await createChallenge(program, { verification: 'AUTOMATIC', maxPerAmbassador: null });
    const from = world.clock.now().toISOString();
    await submit(anna, challenge.id);
    const { submission } = await submit(bob, challenge.id);
    await program.admin.mutate('pointsReverse', {
      entryId: submission.pointsEntry.id,
      amountPoints: 20,
      reason: 'Half of it',
      idempotencyKey: 'k',
    });
    world.clock.advance(1_000);
    const to = world.clock.now().toISOString();
    await submit(anna, challenge.id);
    const preview = async (client: Client, rewardPoints: number) =>
      client.ask(`{ rewardChangePreview(challengeId: "${challenge.id}", rewardPoints: ${rewardPoints}, from: "${from}",
        to: "${to}") { approvedSubmissions paidPoints wouldHavePaidPoints differencePoints } }`);
    expect((await preview(program.analyst, 70)).rewardChangePreview).toEqual({
      approvedSubmissions: 2,
      paidPoints: 80,
      wouldHavePaidPoints: 120,
      differencePoints: 40,
    });
    expect((await preview(program.analyst, 10)).rewardChangePreview).toMatchObject({ wouldHavePaidPoints: 10 });
    await expect(preview(anna.client, 70)).rejects.toThrow('FORBIDDEN');
  });
});
