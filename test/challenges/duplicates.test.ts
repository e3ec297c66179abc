import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { marksOf, piecesOf, plainUrl, similarity } from '../../src/challenges/duplicates/likeness.js';
import { OutboxDelivery } from '../../src/platform/events/outbox.entity.js';
import { rowId } from '../../src/platform/graphql/node.js';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, eventually, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const story =
  'We plan forty visits a day with one person less in the office, and the engineers asked for more of it within a month.';

async function withPeople(input: object = {}) {
  const program = await world.program();
  const challenge = await createChallenge(program, { maxPerAmbassador: null, ...input });
  const [anna, ben] = [await program.ambassador('Anna'), await program.ambassador('Ben')];
  return { program, challenge, anna, ben };
}

/** Waits until a submission has been compared with the others. */
function compared(submissionId: string): Promise<void> {
  const waiting = sql`JOIN outbox_event event ON event.id = outbox_delivery.event_id
    WHERE event.payload LIKE ${`%${rowId({ name: 'Submission' }, submissionId)}%`} AND outbox_delivery.consumer = 'challenges.duplicates'`;
  const { database } = world.server.platform;
  return eventually(async () => {
    await world.server.features.outbox.drain();
    expect(await database.read((db) => db.count(OutboxDelivery, waiting))).toBe(0);
  });
}

async function says(ambassador: TestAmbassador, challengeId: string, proof: object): Promise<string> {
  const { submission } = await submit(ambassador, challengeId, { proof });
  await compared(submission.id);
  return submission.id;
}

async function flagsOf({ moderator }: TestProgram, id: string): Promise<Answer> {
  const { node } = await moderator.ask(
    'query ($id: ID!) { node(id: $id) { ... on Submission { flags { reason similarityPercent like { id } } } } }',
    { id },
  );
  return node.flags;
}

describe('A duplicate', () => {
  test.each([
    ['https://blog.example/a', 'http://www.Blog.example/a/'],
    ['https://blog.example/a?id=1&x=2', 'https://blog.example/a?x=2&utm_source=mail&id=1#top'],
    ['https://blog.example/caf%C3%A9', 'https://blog.example/café?fbclid=1'],
  ])('address is flagged: %s and %s', async (one, other) => {
    const { program, challenge, anna, ben } = await withPeople({ kind: 'BLOG_POST' });
    const first = await says(anna, challenge.id, { link: { url: one } });
    const second = await says(ben, challenge.id, { link: { url: other } });
    expect(await flagsOf(program, second)).toEqual([
      { reason: 'SAME_URL', similarityPercent: 100, like: { id: first } },
    ]);
    expect(await flagsOf(program, first)).toEqual([]);
    const { moderationQueue } = await program.moderator.ask('{ moderationQueue(flagged: true) { nodes { id } } }');
    expect(moderationQueue.nodes).toEqual([{ id: second }]);
  });

  test.each([
    ['https://blog.example/a', 'https://blog.example/b'],
    ['https://blog.example/?p=1', 'https://blog.example/?p=2'],
    ['https://blog.example/a', 'https://other.example/a'],
  ])('is not seen in %s and %s', async (one, other) => {
    const { program, challenge, anna, ben } = await withPeople({ kind: 'BLOG_POST' });
    await says(anna, challenge.id, { link: { url: one } });
    expect(await flagsOf(program, await says(ben, challenge.id, { link: { url: other } }))).toEqual([]);
  });

  test('text is flagged across challenges and kinds, with how much is the same', async () => {
    const { program, challenge, anna, ben } = await withPeople();
    const quotes = await createChallenge(program, { kind: 'QUOTE' });
    const first = await says(anna, challenge.id, { answer: { text: story } });
    const text = story.toUpperCase().replace('FORTY', 'fifty').replaceAll(',', ' —');
    const quote = { text, attribution: 'Ben', consentToPublish: true };
    const second = await says(ben, quotes.id, { quote });
    const [flag, ...others] = await flagsOf(program, second);
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ reason: 'SIMILAR_TEXT', like: { id: first } });
    expect(flag.similarityPercent).toBeGreaterThan(80);
    expect(flag.similarityPercent).toBeLessThan(100);
  });

  test('is not seen in short answers, in another program, or in a second try after a no', async () => {
    const { program, challenge, anna, ben } = await withPeople();
    await says(anna, challenge.id, { answer: { text: 'Solved in one call.' } });
    expect(await flagsOf(program, await says(ben, challenge.id, { answer: { text: 'Solved in one call.' } }))).toEqual(
      [],
    );
    const rejected = await says(anna, challenge.id, { answer: { text: story } });
    await program.moderator.mutate('submissionReject', { submissionId: rejected, reason: 'With a picture, please' });
    expect(await flagsOf(program, await says(anna, challenge.id, { answer: { text: story } }))).toEqual([]);
    const there = await withPeople();
    expect(
      await flagsOf(there.program, await says(there.anna, there.challenge.id, { answer: { text: story } })),
    ).toEqual([]);
  });

  test('is decided on by people: a flag rejects nothing, and is for staff alone', async () => {
    const { program, challenge, anna, ben } = await withPeople({ verification: 'AUTOMATIC' });
    await says(anna, challenge.id, { answer: { text: story } });
    const id = await says(ben, challenge.id, { answer: { text: story } });
    expect(await flagsOf(program, id)).toHaveLength(1);
    const { node } = await ben.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Submission { status flags { reason } } } }',
      { id },
    );
    expect(node).toEqual({ status: 'APPROVED', flags: null });
  });

  test('of two at the same moment is flagged on one of them', async () => {
    const { program, challenge, anna, ben } = await withPeople();
    const both = await atOnce(2, (index) =>
      submit([anna, ben][index] as TestAmbassador, challenge.id, { proof: { answer: { text: story } } }),
    );
    for (const { submission } of both) await compared(submission.id);
    const flags = await Promise.all(both.map(({ submission }) => flagsOf(program, submission.id)));
    expect(flags.flat().length).toBeGreaterThanOrEqual(1);
  });

  test('that was changed is looked at again', async () => {
    const { program, challenge, anna, ben } = await withPeople();
    await says(anna, challenge.id, { answer: { text: story } });
    const id = await says(ben, challenge.id, { answer: { text: story } });
    await program.moderator.mutate('submissionRequestChanges', { submissionId: id, reason: 'In your own words' });
    const text = 'Our planner goes home at five now, and nobody has called about a forgotten visit since the spring.';
    await ben.client.mutate('submissionResubmit', { submissionId: id, proof: { answer: { text } } });
    await compared(id);
    expect(await flagsOf(program, id)).toEqual([]);
  });
});

describe('Likeness', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 25, maxLength: 60 });

  test('is found by the marks whenever nine of ten words are the same', () => {
    fc.assert(
      fc.property(words, fc.nat(), (said, at) => {
        const changed = said.map((word, index) => (index === at % said.length ? 'otherwise' : word));
        const [one, other] = [said, changed].map((each) => ({ answer: { text: each.join(' ') } }));
        if (!one || !other) throw new Error('There are two texts');
        fc.pre(similarity(piecesOf(one), piecesOf(other)) >= 0.85);
        const marks = new Set(marksOf(one));
        expect(marksOf(other).some((mark) => marks.has(mark))).toBe(true);
      }),
      { numRuns: 200, seed: 20260302 },
    );
  });

  test('is the same both ways, whole with oneself, and none with nothing', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [one, other] = [a, b].map((each) => piecesOf({ answer: { text: each.join(' ') } }));
        if (!one || !other) throw new Error('There are two texts');
        expect(similarity(one, other)).toBe(similarity(other, one));
        expect(similarity(one, one)).toBe(1);
        expect(similarity(one, new Set())).toBe(0);
      }),
      { numRuns: 100, seed: 20260302 },
    );
  });

  test('of an address is the same when it is taken twice', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = plainUrl(url);
        expect(plainUrl(`https://${once}`)).toBe(once);
      }),
      { numRuns: 200, seed: 20260302 },
    );
  });
});
