import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

async function annaAnd(input: object = {}) {
  const program = await world.program();
  const [anna, challenge] = await Promise.all([program.ambassador('Anna'), createChallenge(program, input)]);
  return { program, anna, challenge };
}

function review(platform: string, url: string, more: object = {}): object {
  return { proof: { review: { platform, url, ...more } } };
}

/** What challengeCreate says is wrong. */
async function refusedChallenge(program: TestProgram, input: object): Promise<Answer> {
  const made = await program.admin.mutate('challengeCreate', { title: 'A challenge', rewardPoints: 5, ...input });
  return made.issues;
}

describe('A review', () => {
  test.each([
    ['Trustpilot', 'https://www.trustpilot.com/reviews/1', 'Trustpilot'],
    ['trustpilot', 'https://nl.trustpilot.com/reviews/1', 'Trustpilot'],
    ['TRUST PILOT', 'http://trustpilot.com/reviews/1', 'Trustpilot'],
    ['Capterra', 'https://www.capterra.nl/reviews/1', 'Capterra'],
    ['Google Reviews', 'https://maps.google.de/?cid=1', 'Google'],
    ['google', 'https://www.google.co.uk/maps/reviews/1', 'Google'],
    ['Klantenvertellen', 'https://www.kiyoh.com/reviews/1', 'Kiyoh'],
  ])('on %s at %s is taken, and kept as on %s', async (platform, url, name) => {
    const { anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    const { submission } = await submit(anna, challenge.id, review(platform, url));
    const { node } = await anna.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Submission { proof { ... on ReviewProof { platform url } } } } }',
      { id: submission.id },
    );
    expect(node.proof).toEqual({ platform: name, url });
  });

  test.each([
    ['Trustpilot', 'https://trustpilot.com.example.org/reviews/1'],
    ['Trustpilot', 'https://nottrustpilot.com/reviews/1'],
    ['Trustpilot', 'https://trustpilot.com@example.org/reviews/1'],
    ['Trustpilot', 'https://example.org/trustpilot.com'],
    ['Capterra', 'https://www.trustpilot.com/reviews/1'],
  ])('on %s is not at %s', async (platform, url) => {
    const { anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    expect(await submit(anna, challenge.id, review(platform, url))).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['proof', 'review', 'url'] }],
    });
  });

  test('on a platform that nobody knows is refused until the program adds it', async () => {
    const { program, anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    const other = await world.program();
    const proof = review('Our forum', 'https://forum.example.com/t/1');
    const unknown = { __typename: 'InputInvalid', issues: [{ path: ['proof', 'review', 'platform'] }] };
    expect(await submit(anna, challenge.id, proof)).toMatchObject(unknown);
    const platform = { key: 'our-forum', name: 'Our forum', domains: ['Forum.example.com'] };
    await other.admin.mutate('reviewPlatformSet', platform);
    expect(await submit(anna, challenge.id, proof)).toMatchObject(unknown);
    const result = await program.admin.mutate(
      'reviewPlatformSet',
      platform,
      'ReviewPlatformWasSet { platform { key name domains ownOfProgram } }',
    );
    expect(result.platform).toEqual({ ...platform, domains: ['forum.example.com'], ownOfProgram: true });
    expect((await submit(anna, challenge.id, proof)).__typename).toBe('ChallengeSubmitted');
    await program.admin.mutate('reviewPlatformRemove', { key: 'our-forum' });
    const { reviewPlatforms } = await program.admin.ask('{ reviewPlatforms { key ownOfProgram } }');
    expect(reviewPlatforms).toContainEqual({ key: 'trustpilot', ownOfProgram: false });
    expect(reviewPlatforms).not.toContainEqual({ key: 'our-forum', ownOfProgram: true });
  });

  test('a platform of the program with the key of a known one replaces it there', async () => {
    const { program, anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    const domains = ['reviews.example.com'];
    await program.admin.mutate('reviewPlatformSet', { key: 'trustpilot', name: 'Trustpilot Business', domains });
    const { reviewPlatforms } = await anna.client.ask('{ reviewPlatforms { key domains } }');
    expect(reviewPlatforms.filter(({ key }: Answer) => key === 'trustpilot')).toEqual([{ key: 'trustpilot', domains }]);
    const moved = await submit(anna, challenge.id, review('Trustpilot', 'https://reviews.example.com/1'));
    expect(moved.__typename).toBe('ChallengeSubmitted');
  });

  test.each([['forum'], ['https://forum.example.com'], ['forum.example.com/x'], ['*.example.com'], ['192.168.0.1']])(
    'a platform cannot be at %s',
    async (domain) => {
      const program = await world.program();
      const input = { key: 'forum', name: 'Forum', domains: [domain] };
      expect((await program.admin.mutate('reviewPlatformSet', input)).issues).toMatchObject([
        { path: ['domains', '0'] },
      ]);
    },
  );
});

describe('The disclosure of a review', () => {
  const disclosure = 'query ($id: ID!) { node(id: $id) { ... on Challenge { disclosure { version text } } } }';
  const shown = 'query ($id: ID!) { node(id: $id) { ... on Submission { disclosure { version text } } } }';

  test('is there in the language of the caller, and only for reviews', async () => {
    const { program, anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    const english = (await anna.client.ask(disclosure, { id: challenge.id })).node.disclosure;
    const dutch = (await anna.client.with({ 'accept-language': 'nl' }).ask(disclosure, { id: challenge.id })).node;
    expect(english.text).toMatch(/You get points .* whatever you write/);
    expect(dutch.disclosure.text).toMatch(/krijg je punten/);
    expect(dutch.disclosure.version).not.toBe(english.version);
    const idea = await createChallenge(program);
    expect((await anna.client.ask(disclosure, { id: idea.id })).node.disclosure).toBeNull();
  });

  test('that was shown is kept with the review, also when the challenge shows another one later', async () => {
    const text = 'We thank you with 50 points, whatever you write.';
    const { program, anna, challenge } = await annaAnd({ kind: 'REVIEW', disclosureText: text });
    const before = (await anna.client.ask(disclosure, { id: challenge.id })).node.disclosure;
    expect(before.text).toBe(text);
    const url = 'https://www.trustpilot.com/reviews/1';
    const proof = review('Trustpilot', url, { disclosureVersion: before.version });
    const { submission } = await submit(anna, challenge.id, proof);
    await program.admin.mutate('challengeUpdate', { challengeId: challenge.id, disclosureText: 'Another text' });
    for (const client of [anna.client, program.moderator]) {
      expect((await client.ask(shown, { id: submission.id })).node.disclosure).toEqual(before);
    }
    const ben = await program.ambassador('Ben');
    expect((await ben.client.ask(shown, { id: submission.id })).node.disclosure).toBeNull();
    expect(await submit(ben, challenge.id, proof)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['proof', 'review', 'disclosureVersion'] }],
    });
  });

  test('is that of the language that the ambassador reads, where the proof names none', async () => {
    const { anna, challenge } = await annaAnd({ kind: 'REVIEW' });
    const dutch = anna.client.with({ 'accept-language': 'nl' });
    const { submission } = await submit({ ...anna, client: dutch }, challenge.id, { proof: proofs.review });
    const kept = (await anna.client.ask(shown, { id: submission.id })).node.disclosure;
    expect(kept).toEqual((await dutch.ask(disclosure, { id: challenge.id })).node.disclosure);
  });
});

describe('Feedback on an event', () => {
  test('is asked for once the event is over', async () => {
    const eventEndsAt = new Date(world.clock.now().getTime() + 3_600_000);
    const { anna, challenge } = await annaAnd({ kind: 'EVENT_FEEDBACK', eventEndsAt: eventEndsAt.toISOString() });
    expect(challenge.startsAt).toBe(eventEndsAt.toISOString());
    const open = '{ me { challenges { totalCount } } }';
    expect((await submit(anna, challenge.id)).code).toBe('CHALLENGE_CLOSED');
    expect((await anna.client.ask(open)).me.challenges.totalCount).toBe(0);
    world.clock.set(eventEndsAt);
    expect((await anna.client.ask(open)).me.challenges.totalCount).toBe(1);
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('cannot be opened before that, nor be over before it', async () => {
    const at = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
    const { program, challenge } = await annaAnd({ kind: 'EVENT_FEEDBACK', eventEndsAt: at(2) });
    const changed = await program.admin.mutate(
      'challengeUpdate',
      { challengeId: challenge.id, startsAt: at(1) },
      'ChallengeUpdated { challenge { startsAt eventEndsAt } }',
    );
    expect(changed.challenge).toEqual({ startsAt: at(2), eventEndsAt: at(2) });
    const early = { kind: 'EVENT_FEEDBACK', eventEndsAt: at(2), endsAt: at(1) };
    expect(await refusedChallenge(program, early)).toMatchObject([{ path: ['endsAt'] }]);
  });
});

describe('What only some kinds can ask', () => {
  test.each([
    ['disclosureText', { disclosureText: 'Be honest' }],
    ['eventEndsAt', { eventEndsAt: '2026-05-01T12:00:00Z' }],
    ['form', { form: { type: 'object' } }],
  ])('%s is refused for an idea', async (name, input) => {
    const program = await world.program();
    expect(await refusedChallenge(program, { kind: 'IDEA', ...input })).toMatchObject([{ path: [name] }]);
    const idea = await createChallenge(program);
    const changed = await program.admin.mutate('challengeUpdate', { challengeId: idea.id, ...input });
    expect(changed.issues).toMatchObject([{ path: [name] }]);
  });
});
