import { describe, expect, test } from '@jest/globals';
import { createChallenge } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

async function warnings(client: Client): Promise<Answer> {
  return (await client.ask('{ program { warnings { code message whatToDo challenge { title } } } }')).program.warnings;
}

async function gatedBy(audience: object | null, input: object = {}): Promise<boolean> {
  const program = await world.program();
  await createChallenge(program, { kind: 'REVIEW', audience, ...input });
  return (await warnings(program.analyst)).length > 0;
}

function askFrom(program: TestProgram, askFromScore: number, npsScheme?: string): Promise<Answer> {
  return program.admin.mutate('programUpdate', { askFromScore, ...(npsScheme && { npsScheme }) });
}

const promoters = { npsBands: ['PROMOTER'] };

describe('Program.warnings', () => {
  test('tells of a challenge that asks only promoters for a review, and what to do', async () => {
    const program = await world.program();
    await createChallenge(program, { kind: 'REVIEW', title: 'Review us', audience: promoters });
    const [warning, ...others] = await warnings(program.admin);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: 'REVIEW_GATING_AUDIENCE', challenge: { title: 'Review us' } });
    expect(warning.message).toContain('Review us');
    expect(warning.whatToDo).toMatch(/review gating/);
    const [dutch] = await warnings(program.admin.with({ 'accept-language': 'nl' }));
    expect(dutch.message).toMatch(/vraagt om reviews/);
  });

  test.each([
    [true, promoters],
    [true, { npsBands: ['PROMOTER', 'PASSIVE'] }],
    [true, { not: { npsBands: ['DETRACTOR'] } }],
    [true, { all: [{ ambassador: true }, { any: [promoters, { npsBands: ['PASSIVE'] }] }] }],
    [true, { not: { any: [{ npsBands: ['DETRACTOR'] }, { attribute: { name: 'market', anyOf: ['NL'] } }] } }],
    [false, null],
    [false, { npsBands: ['PROMOTER', 'PASSIVE', 'DETRACTOR'] }],
    [false, { npsBands: ['DETRACTOR'] }],
    [false, { any: [promoters, { attribute: { name: 'market', anyOf: ['NL'] } }] }],
    [false, { not: promoters }],
    [false, { levelAtLeast: 2 }],
  ])('says %s of reviews that are asked of %j', async (gated, audience) => {
    expect(await gatedBy(audience)).toBe(gated);
  });

  test('sees through segments', async () => {
    const program = await world.program();
    await program.admin.mutate('segmentCreate', { key: 'happy', name: 'Happy', rule: promoters });
    await createChallenge(program, { kind: 'REVIEW', audience: { segment: 'happy' } });
    expect(await warnings(program.admin)).toMatchObject([{ code: 'REVIEW_GATING_AUDIENCE' }]);
  });

  test('is silent about other kinds, and about what is over or put away', async () => {
    const endsAt = new Date(world.clock.now().getTime() + 1_000).toISOString();
    expect(await gatedBy(promoters, { kind: 'IDEA' })).toBe(false);
    const program = await world.program();
    await createChallenge(program, { kind: 'REVIEW', audience: promoters, endsAt });
    const other = await createChallenge(program, { kind: 'REVIEW', audience: promoters });
    expect(await warnings(program.admin)).toHaveLength(2);
    await program.admin.mutate('challengeArchive', { challengeId: other.id });
    world.clock.advance(1_000);
    expect(await warnings(program.admin)).toEqual([]);
  });

  test('tells of a program that asks only promoters after they answer, by its scheme', async () => {
    const program = await world.program();
    await askFrom(program, 9);
    expect(await warnings(program.admin)).toEqual([]);
    await createChallenge(program, { kind: 'REVIEW' });
    const [warning] = await warnings(program.admin);
    expect(warning).toMatchObject({ code: 'REVIEW_GATING_ASKS', challenge: null });
    expect(warning.message).toContain('9');
    for (const score of [7, 8, 11]) {
      await askFrom(program, score);
      expect(await warnings(program.admin)).toEqual([]);
    }
    await askFrom(program, 8, 'DUTCH');
    expect(await warnings(program.admin)).toHaveLength(1);
  });

  test('is for staff', async () => {
    const program = await world.program();
    await createChallenge(program, { kind: 'REVIEW', audience: promoters });
    const anna = await program.ambassador('Anna');
    expect(await warnings(anna.client)).toBeNull();
  });
});
