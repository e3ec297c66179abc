import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Client } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

const updated = 'AmbassadorUpdated { ambassador { displayName isPrivate } }';

/** Anna, who keeps her profile private, Bert, and everything with Anna's name on it. */
async function annaInPrivate() {
  const program = await world.program();
  const [anna, bert] = [await program.ambassador('Anna de Vries'), await program.ambassador('Bert')];
  await program.give(anna, 10);
  const { id: challengeId } = await createChallenge(program, { votable: true });
  await submit(anna, challengeId);
  expect(await anna.client.mutate('ambassadorUpdate', { isPrivate: true }, updated)).toMatchObject({
    ambassador: { displayName: 'Anna de Vries', isPrivate: true },
  });
  return { program, anna, bert, challengeId };
}

describe('a private profile', () => {
  test('shows others a neutral text in their language, on boards and wherever the ambassador appears', async () => {
    const { anna, bert, challengeId } = await annaInPrivate();
    const seen = async (client: Client) => {
      const answer = await client.ask(
        `query ($ambassador: ID!, $challenge: ID!) {
          leaderboard { nodes { ambassador { displayName } } }
          node(id: $ambassador) { ... on Ambassador { displayName isPrivate referralLink { shares { text subject } } } }
          challenge: node(id: $challenge) { ... on Challenge { submissions { nodes { ambassador { displayName } } } } }
        }`,
        { ambassador: anna.id, challenge: challengeId },
      );
      return { answer, text: JSON.stringify(answer) };
    };
    const { answer, text } = await seen(bert.client);
    expect(text).not.toContain('Anna');
    expect(answer.leaderboard.nodes).toEqual([{ ambassador: { displayName: 'An ambassador' } }]);
    expect(answer.challenge.submissions.nodes).toEqual([{ ambassador: { displayName: 'An ambassador' } }]);
    expect(answer.node).toMatchObject({ displayName: 'An ambassador', isPrivate: true });
    const dutch = await seen(bert.client.with({ 'accept-language': 'nl' }));
    expect(dutch.answer.node.displayName).toBe('Een ambassadeur');
  });

  test('keeps the name for the ambassador itself, staff and servers', async () => {
    const { program, anna } = await annaInPrivate();
    const key = await program.admin.mutate('apiKeyCreate', { name: 'Server' }, 'ApiKeyCreated { secret }');
    for (const client of [anna.client, program.analyst, program.moderator, program.admin, world.bearer(key.secret)]) {
      const { node } = await client.ask('query ($id: ID!) { node(id: $id) { ... on Ambassador { displayName } } }', {
        id: anna.id,
      });
      expect(node.displayName).toBe('Anna de Vries');
    }
  });

  test('ends when the ambassador says so, and is no business of others', async () => {
    const { program, anna, bert } = await annaInPrivate();
    const stranger = { ambassadorId: anna.id, isPrivate: false };
    expect(await bert.client.mutate('ambassadorUpdate', stranger)).toMatchObject({ __typename: 'NotFound' });
    await anna.client.mutate('ambassadorUpdate', { language: 'nl' });
    const nameSeen = async () => {
      const { leaderboard } = await bert.client.ask('{ leaderboard { nodes { ambassador { displayName } } } }');
      return leaderboard.nodes[0].ambassador.displayName;
    };
    expect(await nameSeen()).toBe('An ambassador');
    await program.moderator.mutate('ambassadorUpdate', stranger);
    expect(await nameSeen()).toBe('Anna de Vries');
  });
});
