import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { EarnedBadge } from '../../src/badges/badge.entity.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { createChallenge, proofs } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { badgesOf, createBadge } from './badge.js';

const world = useWorld();

/** A challenge of a kind that counts at once, any number of times, and pays nothing unless said otherwise. */
function openChallenge(program: TestProgram, input: object = {}): Promise<Answer> {
  return createChallenge(program, { verification: 'AUTOMATIC', maxPerAmbassador: null, rewardPoints: 0, ...input });
}

/** Submits, and answers the codes of the badges that this very submission won. */
async function winBy(ambassador: TestAmbassador, challengeId: string, input: object = {}): Promise<string[]> {
  const result = await ambassador.client.mutate(
    'challengeSubmit',
    { challengeId, proof: proofs.answer, ...input },
    'ChallengeSubmitted { submission { id } earnedBadges { earnedAt badge { code } } }',
  );
  return result.earnedBadges.map(({ badge }: Answer) => badge.code);
}

describe('challengeSubmit', () => {
  test('answers with the badges won by that very submission, and with no others', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program, { rewardPoints: 50 });
    await createBadge(program, 'first', { approvedSubmissions: { atLeast: 1 } });
    await createBadge(program, 'second', { approvedSubmissions: { atLeast: 2 } });
    await createBadge(program, 'fifty', { lifetimePoints: 50 });
    await createBadge(program, 'one-week', { streakWeeks: 1 });
    expect(await winBy(anna, challenge.id)).toEqual(['first', 'fifty', 'one-week']);
    world.clock.advance(1_000);
    expect(await winBy(anna, challenge.id)).toEqual(['second']);
    expect(await winBy(anna, challenge.id)).toEqual([]);
    expect(await badgesOf(anna)).toEqual(['first', 'fifty', 'one-week', 'second']);
  });

  test('answers with the badges again when it is sent again', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program);
    await createBadge(program, 'first', { approvedSubmissions: { atLeast: 1 } });
    expect(await winBy(anna, challenge.id, { idempotencyKey: 'k' })).toEqual(['first']);
    expect(await winBy(anna, challenge.id, { idempotencyKey: 'k' })).toEqual(['first']);
    expect(await badgesOf(anna)).toEqual(['first']);
  });

  test('wins nothing before somebody has approved it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program, { verification: 'MANUAL' });
    await createBadge(program, 'first', { approvedSubmissions: { atLeast: 1 } });
    expect(await winBy(anna, challenge.id)).toEqual([]);
    await winBy(anna, challenge.id);
    expect(await badgesOf(anna)).toEqual([]);
    const { me } = await anna.client.ask('{ me { submissions { nodes { id } } } }');
    const [{ id: refused }, { id: approved }] = me.submissions.nodes;
    await program.moderator.mutate('submissionReject', { submissionId: refused, reason: 'Not this one' });
    expect(await badgesOf(anna)).toEqual([]);
    await program.moderator.mutate('submissionApprove', { submissionId: approved });
    expect(await badgesOf(anna)).toEqual(['first']);
  });
});

describe('a rule', () => {
  test('counts submissions of one kind, or of any', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [idea, blog] = await Promise.all([openChallenge(program), openChallenge(program, { kind: 'BLOG_POST' })]);
    await createBadge(program, 'two-ideas', { approvedSubmissions: { kind: 'IDEA', atLeast: 2 } });
    await createBadge(program, 'three', { approvedSubmissions: { atLeast: 3 } });
    expect(await winBy(anna, idea.id)).toEqual([]);
    expect(await winBy(anna, blog.id, { proof: proofs.link })).toEqual([]);
    expect(await winBy(anna, idea.id)).toEqual(['two-ideas', 'three']);
  });

  test('is a tree: each of all, one of any', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [idea, blog] = await Promise.all([openChallenge(program), openChallenge(program, { kind: 'BLOG_POST' })]);
    const ideas = (atLeast: number) => ({ approvedSubmissions: { kind: 'IDEA', atLeast } });
    const blogs = (atLeast: number) => ({ approvedSubmissions: { kind: 'BLOG_POST', atLeast } });
    await createBadge(program, 'both', { all: [ideas(1), { any: [blogs(1), { lifetimePoints: 10_000 }] }] });
    await createBadge(program, 'either', {
      any: [{ all: [ideas(9), blogs(1)] }, { all: [ideas(2), { streakWeeks: 1 }] }],
    });
    expect(await winBy(anna, blog.id, { proof: proofs.link })).toEqual([]);
    expect(await winBy(anna, idea.id)).toEqual(['both']);
    expect(await winBy(anna, idea.id)).toEqual(['either']);
  });

  test('that mixes points with more is looked at when points come by hand, too', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program);
    await createBadge(program, 'rounded', { all: [{ approvedSubmissions: { atLeast: 1 } }, { lifetimePoints: 10 }] });
    expect(await winBy(anna, challenge.id)).toEqual([]);
    await program.give(anna, 10);
    expect(await badgesOf(anna)).toEqual(['rounded']);
  });

  test('counts points once their pending period is over', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program, { rewardPoints: 50, pendingDays: 7 });
    await createBadge(program, 'fifty', { lifetimePoints: 50 });
    expect(await winBy(anna, challenge.id)).toEqual([]);
    world.clock.advance(7 * 86_400_000);
    await world.server.features.points.releaseDue(world.clock.now());
    expect(await badgesOf(anna)).toEqual(['fifty']);
  });
});

describe('at the same moment', () => {
  test('20 submissions of one ambassador win a badge once, and one of them says so', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await openChallenge(program, { rewardPoints: 5 });
    await createBadge(program, 'third', { approvedSubmissions: { atLeast: 3 } });
    const won = await atOnce(20, () => winBy(anna, challenge.id));
    expect(won.filter((codes) => codes.length > 0)).toEqual([['third']]);
    expect(await badgesOf(anna)).toEqual(['third']);
  });

  test('64 submissions and the badge that they win: everybody has it exactly once', async () => {
    const program = await world.program();
    const challenge = await openChallenge(program, { rewardPoints: 5 });
    const crowd = await atOnce(64, (index) => program.ambassador(`Member ${index}`));
    const submissions = crowd.map((member) => winBy(member, challenge.id));
    const badge = await createBadge(program, 'first', { approvedSubmissions: { atLeast: 1 } });
    await Promise.all(submissions);
    const id = fromGlobalId(badge.id)?.id ?? '';
    await world.server.features.jobWorker.drain();
    const earned = await world.server.platform.database.read((db) =>
      db.select(EarnedBadge, sql`WHERE badge_id = ${id}`),
    );
    const ids = crowd.map((member) => fromGlobalId(member.id)?.id);
    expect(earned.map(({ ambassadorId }) => ambassadorId).sort()).toEqual(ids.sort());
  });
});
