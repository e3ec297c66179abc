import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const recorded = `NpsResponseRecorded { response {
  id score band comment respondedAt survey { key } contact { id externalId email displayName attributes } } }`;

function record(client: Client, input: object): Promise<Answer> {
  return client.mutate('npsResponseRecord', { contact: { externalId: 'c-1' }, ...input }, recorded);
}

describe('npsResponseRecord', () => {
  test('records an answer and who gave it', async () => {
    const { admin } = await world.program();
    const result = await record(admin, {
      contact: { externalId: 'c-1', email: 'Anna@Example.com', displayName: 'Anna', attributes: { market: 'NL' } },
      score: 9,
      comment: '  Quick and kind  ',
      respondedAt: '2026-02-27T10:00:00+01:00',
    });
    expect(result).toMatchObject({
      __typename: 'NpsResponseRecorded',
      response: {
        score: 9,
        band: 'PROMOTER',
        comment: 'Quick and kind',
        respondedAt: '2026-02-27T09:00:00.000Z',
        survey: { key: 'nps' },
        contact: {
          externalId: 'c-1',
          email: 'anna@example.com',
          displayName: 'Anna',
          attributes: { market: 'NL' },
        },
      },
    });
    const again = await admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on NpsResponse { score contact { id } } } }',
      {
        id: result.response.id,
      },
    );
    expect(again.node).toEqual({ score: 9, contact: { id: result.response.contact.id } });
  });

  test('is given now unless it says when', async () => {
    const { admin } = await world.program();
    const { response } = await record(admin, { score: 3 });
    expect(response.respondedAt).toBe(world.clock.now().toISOString());
    expect(response.band).toBe('DETRACTOR');
  });

  test('finds the contact that the program knows already', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { email: 'anna@example.com' });
    const { response } = await record(program.admin, { contact: { email: 'ANNA@example.com' }, score: 10 });
    expect(response.contact.externalId).toBe(anna.externalId);
  });

  test.each([
    ['CLASSIC', 0, 10, -1, 11],
    ['DUTCH', 1, 10, 0, 11],
  ])('takes the scores of %s and no others', async (npsScheme, lowest, highest, below, above) => {
    const { admin } = await world.program();
    await admin.mutate('programUpdate', { npsScheme }, 'ProgramUpdated { program { name } }');
    for (const [index, score] of [lowest, highest].entries()) {
      const result = await record(admin, { contact: { externalId: `c-${index}` }, score });
      expect(result.__typename).toBe('NpsResponseRecorded');
    }
    for (const score of [below, above]) {
      const result = await record(admin, { contact: { externalId: 'nobody' }, score });
      expect(result).toMatchObject({
        __typename: 'InputInvalid',
        issues: [{ path: ['score'], message: `must be from ${lowest} to ${highest}` }],
      });
    }
  });

  test("falls in the band of the survey's own scheme, or else the program's", async () => {
    const { admin } = await world.program();
    await admin.mutate('surveyCreate', { key: 'dutch', name: 'Tevredenheid', scheme: 'DUTCH' });
    const bands = async (score: number) => {
      const inputs = ['nps', 'dutch'].map((surveyKey) => ({
        surveyKey,
        score,
        contact: { externalId: `score-${score}` },
      }));
      const results = await Promise.all(inputs.map((input) => record(admin, input)));
      return results.map(({ response }) => response.band);
    };
    expect(await bands(8)).toEqual(['PASSIVE', 'PROMOTER']);
    expect(await bands(6)).toEqual(['DETRACTOR', 'PASSIVE']);
    expect(await bands(5)).toEqual(['DETRACTOR', 'DETRACTOR']);
  });

  test('keeps the score that was given when the program changes its scheme', async () => {
    const { admin } = await world.program();
    const { response } = await record(admin, { score: 0 });
    await admin.mutate('programUpdate', { npsScheme: 'DUTCH' }, 'ProgramUpdated { program { name } }');
    const { node } = await admin.ask('query ($id: ID!) { node(id: $id) { ... on NpsResponse { score band } } }', {
      id: response.id,
    });
    expect(node).toEqual({ score: 0, band: 'DETRACTOR' });
  });

  test('of an unknown survey is not found', async () => {
    const { admin } = await world.program();
    const other = await world.program();
    await other.admin.mutate('surveyCreate', { key: 'theirs', name: 'Theirs' });
    for (const surveyKey of ['theirs', 'Not A Key', '']) {
      expect(await record(admin, { surveyKey, score: 5 })).toMatchObject({ __typename: 'NotFound' });
    }
  });

  test('answers bad input with its path, and writes nothing', async () => {
    const { admin } = await world.program();
    const day = 86_400_000;
    const inDays = (days: number) => new Date(world.clock.now().getTime() + days * day).toISOString();
    const wrong: [object, string[]][] = [
      [{ score: 5, respondedAt: inDays(1.01) }, ['respondedAt']],
      [{ score: 5, respondedAt: 'yesterday' }, ['respondedAt']],
      [{ score: 5, respondedAt: '0021-09-01' }, ['respondedAt']],
      [{ score: 5, contact: { displayName: 'Who?' } }, ['contact', 'externalId']],
      [{ score: 5, contact: { email: 'no address' } }, ['contact', 'email']],
      [{ score: 5, comment: 'x'.repeat(10_001) }, ['comment']],
      [{ score: 5, idempotencyKey: '' }, ['idempotencyKey']],
    ];
    for (const [input, path] of wrong) {
      const result = await record(admin, input);
      expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
    }
    expect((await record(admin, { score: 5, respondedAt: inDays(0.99) })).__typename).toBe('NpsResponseRecorded');
  });

  test('the same contact, survey and time again answers with the first response, if the score is the same', async () => {
    const { admin } = await world.program();
    const respondedAt = '2026-03-01T12:00:00.000Z';
    const first = await record(admin, { score: 9, comment: 'First', respondedAt });
    const second = await record(admin, { score: 9, comment: 'Second', respondedAt });
    expect(second.response).toEqual(first.response);
    expect(await record(admin, { score: 2, respondedAt })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['respondedAt'] }],
    });
  });

  test('an idempotency key records once, and not for another input', async () => {
    const { admin } = await world.program();
    const input = { score: 9, idempotencyKey: 'mail-7' };
    const results = await atOnce(16, () => record(admin, input));
    world.clock.advance(60_000);
    results.push(await record(admin, input));
    expect(new Set(results.map(({ response }) => response.id)).size).toBe(1);
    expect(await record(admin, { ...input, score: 8 })).toMatchObject({ __typename: 'IdempotencyKeyReused' });
  });

  test('a refused answer does not burn its key', async () => {
    const { admin } = await world.program();
    expect(await record(admin, { score: 12, idempotencyKey: 'k' })).toMatchObject({ __typename: 'InputInvalid' });
    expect(await record(admin, { score: 2, idempotencyKey: 'k' })).toMatchObject({ __typename: 'NpsResponseRecorded' });
  });

  test('a new contact who answers many times at once is one contact', async () => {
    const { admin } = await world.program();
    const results = await atOnce(12, (index) =>
      record(admin, { score: 7, respondedAt: `2026-03-01T12:00:${10 + index}.000Z` }),
    );
    expect(new Set(results.map(({ response }) => response.id)).size).toBe(12);
    expect(new Set(results.map(({ response }) => response.contact.id)).size).toBe(1);
  });

  test('is for admins and servers', async () => {
    const program = await world.program();
    const { secret } = await program.admin.mutate('apiKeyCreate', { name: 'Shop' }, 'ApiKeyCreated { secret }');
    const { response } = await record(world.bearer(secret), {
      contact: { externalId: 'x', displayName: 'Xia' },
      score: 9,
    });
    expect(response).toMatchObject({ score: 9, contact: { displayName: 'Xia' } });
    const anna = await program.ambassador('Anna');
    const mutation = `mutation { npsResponseRecord(input: { score: 9, contact: { externalId: "x" } }) { __typename } }`;
    for (const client of [program.analyst, program.moderator, anna.client]) {
      expect(await client.refusal(mutation)).toBe('FORBIDDEN');
    }
  });

  test('is seen by staff and by the ambassador who gave it, not by others or from another program', async () => {
    const program = await world.program();
    const other = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const { response } = await record(program.admin, { contact: { externalId: anna.externalId }, score: 9 });
    const see = async (client: Client) => {
      const query = 'query ($id: ID!) { node(id: $id) { ... on NpsResponse { contact { externalId } } } }';
      return (await client.ask(query, { id: response.id })).node;
    };
    expect(await see(program.analyst)).toEqual({ contact: { externalId: anna.externalId } });
    expect(await see(anna.client)).toEqual({ contact: { externalId: anna.externalId } });
    expect(await see(bert.client)).toBeNull();
    expect(await see(other.admin)).toBeNull();
  });
});
