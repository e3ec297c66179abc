import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const recorded = 'NpsResponseRecorded { response { id } ask { text challenge { title } } }';

/** Somebody answers, a minute after whatever was before. */
async function answer(client: Client, externalId: string, score: number, input: object = {}): Promise<Answer> {
  world.clock.advance(60_000);
  return client.mutate('npsResponseRecord', { contact: { externalId }, score, ...input }, recorded);
}

/** A challenge of its own title; the more points, the sooner it is asked for. */
function challenge({ admin }: TestProgram, title: string, rewardPoints: number, input: object = {}): Promise<Answer> {
  return admin.mutate(
    'challengeCreate',
    { kind: 'IDEA', title, rewardPoints, ...input },
    'ChallengeCreated { challenge { id } }',
  );
}

describe('NpsResponseRecorded.ask', () => {
  test("is null below the program's askFromScore, whatever the bands", async () => {
    const { admin } = await world.program();
    expect((await answer(admin, 'a', 6)).ask).toBeNull();
    expect((await answer(admin, 'a', 7)).ask).not.toBeNull();
    await admin.mutate('programUpdate', { askFromScore: 9 });
    expect((await answer(admin, 'a', 8)).ask).toBeNull();
    expect((await answer(admin, 'a', 9)).ask).not.toBeNull();
    await admin.mutate('programUpdate', { askFromScore: 11 });
    expect((await answer(admin, 'a', 10)).ask).toBeNull();
  });

  test('invites who has not joined, with something to begin with once there is', async () => {
    const program = await world.program();
    expect((await answer(program.admin, 'new', 9)).ask).toEqual({
      text: 'Thank you for your answer. Will you join our ambassadors?',
      challenge: null,
    });
    await challenge(program, 'Tell us an idea', 10);
    expect((await answer(program.admin, 'new', 9)).ask).toEqual({
      text: 'Thank you for your answer. Will you join our ambassadors? You could begin with this: Tell us an idea',
      challenge: { title: 'Tell us an idea' },
    });
  });

  test('asks an ambassador for the best challenge that is open to them', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const best = await challenge(program, 'Best', 50);
    await challenge(program, 'Good', 10);
    await challenge(program, 'Over', 90, { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-02T00:00:00Z' });
    const { ask } = await answer(program.admin, anna.externalId, 8);
    expect(ask).toEqual({
      text: 'Thank you for your answer. Will you do this for us, too? Best',
      challenge: { title: 'Best' },
    });
    await answer(program.admin, anna.externalId, 8);
    const submitted = await anna.client.mutate('challengeSubmit', {
      challengeId: best.challenge.id,
      proof: { answer: { text: 'Done' } },
    });
    expect(submitted.__typename).toBe('ChallengeSubmitted');
    expect((await answer(program.admin, anna.externalId, 8)).ask.challenge).toBeNull();
    expect((await answer(program.admin, anna.externalId, 8)).ask.challenge).toEqual({ title: 'Good' });
  });

  test('asks an ambassador for whom no challenge is open to share, then thanks them', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    expect((await answer(program.admin, anna.externalId, 10)).ask).toEqual({
      text: 'Thank you for your answer. Will you tell a friend about us? By Facebook it is quickly done.',
      challenge: null,
    });
    expect((await answer(program.admin, anna.externalId, 10)).ask).toEqual({
      text: 'Thank you for your answer, and for all that you do as an ambassador.',
      challenge: null,
    });
  });

  test('never asks one person for the same challenge twice in a row', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await challenge(program, 'First', 30);
    await challenge(program, 'Second', 20);
    const titles: string[] = [];
    for (let time = 0; time < 4; time++) {
      titles.push((await answer(program.admin, anna.externalId, 9)).ask.challenge.title);
    }
    expect(titles).toEqual(['First', 'Second', 'First', 'Second']);
    expect((await answer(program.admin, 'somebody else', 9)).ask.challenge.title).toBe('First');
  });

  test('answers at once never ask for the same challenge one after the other', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await challenge(program, 'First', 30);
    await challenge(program, 'Second', 20);
    const results = await atOnce(8, (index) =>
      program.admin.mutate(
        'npsResponseRecord',
        { contact: { externalId: anna.externalId }, score: 9, respondedAt: `2026-02-01T00:00:0${index}Z` },
        recorded,
      ),
    );
    const titles = results.map(({ ask }) => ask.challenge.title);
    expect(titles.filter((title) => title === 'First')).toHaveLength(4);
    expect(titles.filter((title) => title === 'Second')).toHaveLength(4);
  });

  test('stays the same for the same answer', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await challenge(program, 'First', 30);
    const input = { idempotencyKey: 'k', respondedAt: '2026-02-01T00:00:00Z' };
    const first = await answer(program.admin, anna.externalId, 9, input);
    await challenge(program, 'Better', 90);
    expect(await answer(program.admin, anna.externalId, 9, input)).toEqual(first);
    expect(await answer(program.admin, anna.externalId, 9, { respondedAt: input.respondedAt })).toEqual(first);
    expect((await answer(program.admin, anna.externalId, 9)).ask.challenge.title).toBe('Better');
  });

  test('stays an invitation for the answer of somebody who joined after it', async () => {
    const program = await world.program();
    const input = { respondedAt: '2026-02-01T00:00:00Z' };
    const first = await answer(program.admin, 'later', 9, input);
    await program.admin.mutate('ambassadorEnroll', { contact: { externalId: 'later' }, displayName: 'Later' });
    expect(await answer(program.admin, 'later', 9, input)).toEqual(first);
  });

  test("speaks the caller's language", async () => {
    const program = await world.program();
    const dutch = program.admin.with({ 'accept-language': 'nl-NL,nl;q=0.9' });
    const anna = await program.ambassador('Anna');
    expect((await answer(dutch, 'nieuw', 9)).ask.text).toBe(
      'Dank je voor je antwoord. Word je ook ambassadeur van ons?',
    );
    await challenge(program, 'Schrijf een recensie', 30);
    expect((await answer(dutch, anna.externalId, 9)).ask.text).toBe(
      'Dank je voor je antwoord. Wil je dit ook voor ons doen? Schrijf een recensie',
    );
  });
});
