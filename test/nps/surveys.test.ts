import { describe, expect, test } from '@jest/globals';
import type { Client } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const created = 'SurveyCreated { survey { id key name scheme { key } } }';

async function surveyKeys(client: Client): Promise<string[]> {
  const { surveys } = await client.ask('{ surveys { nodes { key } } }');
  return surveys.nodes.map(({ key }: { key: string }) => key);
}

describe('Surveys', () => {
  test('every program has the survey nps from the start, by the scheme of the program', async () => {
    const { admin } = await world.program();
    const query = `{ program { npsScheme { key lowestScore highestScore promoterFrom detractorTo } }
      surveys { totalCount nodes { key scheme { key } } } }`;
    expect(await admin.ask(query)).toEqual({
      program: { npsScheme: { key: 'CLASSIC', lowestScore: 0, highestScore: 10, promoterFrom: 9, detractorTo: 6 } },
      surveys: { totalCount: 1, nodes: [{ key: 'nps', scheme: { key: 'CLASSIC' } }] },
    });
    await admin.mutate('programUpdate', { npsScheme: 'DUTCH' });
    expect(await admin.ask(query)).toEqual({
      program: { npsScheme: { key: 'DUTCH', lowestScore: 1, highestScore: 10, promoterFrom: 8, detractorTo: 5 } },
      surveys: { totalCount: 1, nodes: [{ key: 'nps', scheme: { key: 'DUTCH' } }] },
    });
  });

  test('surveyCreate makes a survey, which is there by its id and in the list', async () => {
    const { admin, analyst } = await world.program();
    const { survey } = await admin.mutate('surveyCreate', { key: 'enps', name: 'Staff', scheme: 'DUTCH' }, created);
    expect(survey).toMatchObject({ key: 'enps', name: 'Staff', scheme: { key: 'DUTCH' } });
    const { node } = await analyst.ask('query ($id: ID!) { node(id: $id) { ... on Survey { key } } }', survey);
    expect(node).toEqual({ key: 'enps' });
    expect(await surveyKeys(analyst)).toEqual(['enps', 'nps']);
  });

  test('surveyCreate refuses a key that is taken or none', async () => {
    const { admin } = await world.program();
    for (const key of ['nps', 'Not A Key', '']) {
      const result = await admin.mutate('surveyCreate', { key, name: 'Again' }, created);
      expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path: ['key'] }] });
    }
    expect(await surveyKeys(admin)).toEqual(['nps']);
  });

  test('a key that is asked for many times at once is given once', async () => {
    const { admin } = await world.program();
    const results = await atOnce(8, () => admin.mutate('surveyCreate', { key: 'wanted', name: 'Wanted' }, created));
    expect(results.filter(({ __typename }) => __typename === 'SurveyCreated')).toHaveLength(1);
    expect(results.filter(({ __typename }) => __typename === 'InputInvalid')).toHaveLength(7);
  });

  test('are made by admins alone, and seen within their program by staff', async () => {
    const program = await world.program();
    const other = await world.program();
    const anna = await program.ambassador('Anna');
    await other.admin.mutate('surveyCreate', { key: 'theirs', name: 'Theirs' });
    expect(await surveyKeys(program.moderator)).toEqual(['nps']);
    expect(await anna.client.refusal('{ surveys { totalCount } }')).toBe('FORBIDDEN');
    const mutation = 'mutation { surveyCreate(input: { key: "mine", name: "Mine" }) { __typename } }';
    expect(await program.moderator.refusal(mutation)).toBe('FORBIDDEN');
  });
});
