import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, eventually, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

async function betaOf(seats: number | null, names: readonly string[]) {
  const program = await world.program();
  const challenge = await createChallenge(program, { kind: 'BETA_PROGRAM', seats });
  const people: TestAmbassador[] = [];
  for (const name of names) people.push(await program.ambassador(name));
  return { program, challenge, people };
}

function ask(ambassador: TestAmbassador | undefined, challengeId: string): Promise<Answer> {
  if (!ambassador) throw new Error('Nobody asks');
  return ambassador.client.mutate(
    'seatRequest',
    { challengeId },
    'SeatRequested { seat { status position takenAt requestedAt ambassador { id } } }',
  );
}

/** Who takes part and who waits, in the order of the line, as staff see it. */
async function line(program: TestProgram, challengeId: string): Promise<Answer> {
  const { node } = await program.analyst.ask(
    `query ($id: ID!) { node(id: $id) { ... on Challenge {
      seatCount { total taken waiting } seats { nodes { status position ambassador { displayName } } } } } }`,
    { id: challengeId },
  );
  return {
    ...node.seatCount,
    line: node.seats.nodes.map(({ status, position, ambassador }: Answer) =>
      [ambassador.displayName, position ?? status].join(' '),
    ),
  };
}

describe('A beta programme with seats', () => {
  test('gives them in the order of asking, and lets the others wait', async () => {
    const { program, challenge, people } = await betaOf(2, ['Anna', 'Ben', 'Chris', 'Dora']);
    const answers: Answer[] = [];
    for (const each of people) answers.push((await ask(each, challenge.id)).seat);
    expect(answers.map(({ status, position }) => [status, position])).toEqual([
      ['TAKEN', null],
      ['TAKEN', null],
      ['WAITING', 1],
      ['WAITING', 2],
    ]);
    expect(await line(program, challenge.id)).toEqual({
      total: 2,
      taken: 2,
      waiting: 2,
      line: ['Anna TAKEN', 'Ben TAKEN', 'Chris 1', 'Dora 2'],
    });
    expect((await ask(people[2], challenge.id)).seat).toEqual(answers[2]);
  });

  test('lets the next in line move up when somebody leaves, and the rest behind', async () => {
    const { program, challenge, people } = await betaOf(1, ['Anna', 'Ben', 'Chris']);
    for (const each of people) await ask(each, challenge.id);
    await people[0]?.client.mutate('seatRelease', { challengeId: challenge.id });
    expect((await line(program, challenge.id)).line).toEqual(['Ben TAKEN', 'Chris 1']);
    await program.moderator.mutate('seatVacate', { challengeId: challenge.id, ambassadorId: people[1]?.id });
    expect((await line(program, challenge.id)).line).toEqual(['Chris TAKEN']);
    expect((await ask(people[0], challenge.id)).seat).toMatchObject({ status: 'WAITING', position: 1 });
  });

  test('takes submissions only of those who take part', async () => {
    const { challenge, people } = await betaOf(1, ['Anna', 'Ben']);
    const [anna, ben] = people as [TestAmbassador, TestAmbassador];
    const missing = { __typename: 'SeatMissing', code: 'CHALLENGE_NOT_ELIGIBLE' };
    expect(await submit(anna, challenge.id)).toMatchObject(missing);
    for (const each of people) await ask(each, challenge.id);
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
    expect(await submit(ben, challenge.id)).toMatchObject(missing);
    const { node } = await ben.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { viewerSeat { status position } } } }',
      { id: challenge.id },
    );
    expect(node.viewerSeat).toEqual({ status: 'WAITING', position: 1 });
  });

  test('is never overrun: of 12 who ask at once for 5 seats, 5 take part', async () => {
    const { program, challenge, people } = await betaOf(
      5,
      Array.from({ length: 12 }, (_, index) => `P${index}`),
    );
    const answers = await atOnce(12, (index) => ask(people[index], challenge.id));
    expect(answers.filter(({ seat }) => seat.status === 'TAKEN')).toHaveLength(5);
    expect(await line(program, challenge.id)).toMatchObject({ total: 5, taken: 5, waiting: 7 });
  });

  test('stays full while some leave and others ask at the same moment', async () => {
    const { program, challenge, people } = await betaOf(
      3,
      Array.from({ length: 12 }, (_, index) => `P${index}`),
    );
    for (const each of people.slice(0, 6)) await ask(each, challenge.id);
    await atOnce(12, (index) =>
      index < 4
        ? (people[index] as TestAmbassador).client.mutate('seatRelease', { challengeId: challenge.id })
        : ask(people[index], challenge.id),
    );
    expect(await line(program, challenge.id)).toMatchObject({ total: 3, taken: 3, waiting: 5 });
  });

  test('with more seats lets those who wait move up; never has fewer than are taken', async () => {
    const { program, challenge, people } = await betaOf(1, ['Anna', 'Ben', 'Chris', 'Dora']);
    for (const each of people) await ask(each, challenge.id);
    const change = (seats: number | null) =>
      program.admin.mutate('challengeUpdate', { challengeId: challenge.id, seats });
    expect((await change(3)).__typename).toBe('ChallengeUpdated');
    await eventually(async () => {
      expect((await line(program, challenge.id)).line).toEqual(['Anna TAKEN', 'Ben TAKEN', 'Chris TAKEN', 'Dora 1']);
    });
    expect(await change(2)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['seats'], message: 'must not be less than the 3 that are taken' }],
    });
  });

  test('gives none once it is over; nothing else has seats', async () => {
    const { program, challenge, people } = await betaOf(1, ['Anna']);
    await program.admin.mutate('challengeUpdate', {
      challengeId: challenge.id,
      endsAt: world.clock.now().toISOString(),
    });
    expect((await ask(people[0], challenge.id)).code).toBe('CHALLENGE_CLOSED');
    const idea = await createChallenge(program);
    expect((await ask(people[0], idea.id)).issues).toMatchObject([{ path: ['challengeId'] }]);
    const other = await betaOf(1, []);
    expect((await ask(people[0], other.challenge.id)).code).toBe('NOT_FOUND');
  });

  test('gives none to those for whom it is not meant', async () => {
    const { program, challenge } = await betaOf(5, []);
    const audience = { attribute: { name: 'market', anyOf: ['NL'] } };
    await program.admin.mutate('challengeUpdate', { challengeId: challenge.id, audience });
    const anna = await program.ambassador('Anna', { attributes: { market: 'NL' } });
    const ben = await program.ambassador('Ben', { attributes: { market: 'BE' } });
    expect((await ask(anna, challenge.id)).seat.status).toBe('TAKEN');
    expect(await ask(ben, challenge.id)).toMatchObject({ __typename: 'ChallengeNotEligible' });
  });

  test('without a number of seats takes everybody', async () => {
    const { challenge, people } = await betaOf(null, ['Anna']);
    expect((await submit(people[0] as TestAmbassador, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });
});
