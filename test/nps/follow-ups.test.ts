import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const answered = 'followUps { number text answeredAt question { key metric } }';

function respond(program: TestProgram, externalId: string, input: object = {}): Promise<Answer> {
  return program.admin.mutate(
    'npsResponseRecord',
    { contact: { externalId }, score: 9, ...input },
    `NpsResponseRecorded { response { id ${answered} } followUps { key kind metric text highestNumber isAsked } }`,
  );
}

function followUp(client: Client, responseId: string, answers: readonly object[]): Promise<Answer> {
  return client.mutate('followUpRecord', { responseId, answers }, `FollowUpRecorded { response { ${answered} } }`);
}

async function statedSharing(program: TestProgram): Promise<Answer> {
  const { nps } = await program.admin.ask(
    '{ nps { ssm { metric answers people average share marginOfError } ifm { metric answers } } }',
  );
  return nps;
}

describe('a follow-up question', () => {
  test('asks in the language of the caller how many were told and how many followed', async () => {
    const program = await world.program();
    const { followUps } = await respond(program, 'anna');
    expect(followUps).toEqual([
      {
        key: 'ssm',
        kind: 'NUMBER',
        metric: 'SSM',
        text: 'How many people did you tell about us in the past three months?',
        highestNumber: 1_000,
        isAsked: true,
      },
      expect.objectContaining({ key: 'ifm', metric: 'IFM' }),
    ]);
    const { surveys } = await program.admin
      .with({ 'accept-language': 'nl' })
      .ask('{ surveys { nodes { followUps { text } } } }');
    expect(surveys.nodes[0].followUps[1].text).toBe('Hoeveel van hen zijn klant geworden, voor zover je weet?');
  });

  test('of the program’s own is answered in words, and is not asked any more once it is put aside', async () => {
    const program = await world.program();
    const set = (input: object) =>
      program.admin.mutate(
        'followUpQuestionSet',
        { surveyKey: 'nps', ...input },
        'FollowUpQuestionReplaced { question { key kind metric text isAsked } survey { key } }',
      );
    expect((await set({ key: 'why', text: 'What is the main reason?' })).question).toEqual({
      key: 'why',
      kind: 'TEXT',
      metric: null,
      text: 'What is the main reason?',
      isAsked: true,
    });
    const followUps = [{ key: 'why', text: 'The soup' }];
    const { response } = await respond(program, 'anna', { followUps });
    expect(response.followUps).toEqual([
      expect.objectContaining({ text: 'The soup', number: null, question: { key: 'why', metric: null } }),
    ]);
    expect((await set({ key: 'why', isAsked: false })).question).toMatchObject({ isAsked: false });
    expect((await respond(program, 'piet', { followUps })).issues).toEqual([
      { path: ['followUps', '0', 'key'], message: 'is not asked by this survey' },
    ]);
    const { node } = await program.admin.ask(
      `query ($id: ID!) { node(id: $id) { ... on NpsResponse { ${answered} } } }`,
      { id: response.id },
    );
    expect(node.followUps).toHaveLength(1);
  });

  test.each([
    ['without words', { key: 'new' }, 'text'],
    ['with another kind than before', { key: 'ssm', kind: 'TEXT' }, 'kind'],
    ['in words with a highest number', { key: 'why', text: 'Why?', highestNumber: 3 }, 'highestNumber'],
  ])('%s is refused', async (_, input, path) => {
    const { admin } = await world.program();
    const { issues } = await admin.mutate('followUpQuestionSet', { surveyKey: 'nps', ...input });
    expect(issues.map((issue: Answer) => issue.path)).toEqual([[path]]);
  });

  test('of a survey that is not there is not found', async () => {
    const { admin } = await world.program();
    const result = await admin.mutate('followUpQuestionSet', { surveyKey: 'other', key: 'why', text: 'Why?' });
    expect(result.__typename).toBe('NotFound');
  });
});

describe('a follow-up answer', () => {
  test('comes with the score, and the same response again changes nothing', async () => {
    const program = await world.program();
    const input = { respondedAt: '2026-02-01T10:00:00.000Z', followUps: [{ key: 'ssm', number: 3 }] };
    const first = await respond(program, 'anna', input);
    const again = await respond(program, 'anna', input);
    expect(again).toEqual(first);
    expect(first.response.followUps).toEqual([
      { number: 3, text: null, answeredAt: '2026-02-01T10:00:00.000Z', question: { key: 'ssm', metric: 'SSM' } },
    ]);
    expect(first.followUps.map(({ key }: Answer) => key)).toEqual(['ifm']);
  });

  test('comes after the score, by the ambassador itself, and the last one stands', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { response } = await respond(program, anna.externalId);
    await followUp(anna.client, response.id, [{ key: 'ssm', number: 3 }]);
    const result = await followUp(anna.client, response.id, [
      { key: 'ssm', number: 4 },
      { key: 'ifm', number: 1 },
    ]);
    expect(result.response.followUps.map(({ number }: Answer) => number)).toEqual([1, 4]);
  });

  test('to another’s response is not found', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { response } = await respond(program, 'piet');
    const elsewhere = await world.program();
    for (const client of [anna.client, elsewhere.admin]) {
      expect((await followUp(client, response.id, [{ key: 'ssm', number: 3 }])).__typename).toBe('NotFound');
    }
  });

  test.each([
    ['a number too high', { key: 'ssm', number: 1_001 }, ['answers', '0', 'number']],
    ['a number below 0', { key: 'ssm', number: -1 }, ['answers', '0', 'number']],
    ['words for a number', { key: 'ssm', text: 'three' }, ['answers', '0', 'number']],
    ['neither', { key: 'ssm' }, ['answers', '0']],
    ['an unknown question', { key: 'why', text: 'So' }, ['answers', '0', 'key']],
  ])('with %s is refused, and the score stays alone', async (_, answer, path) => {
    const program = await world.program();
    const { response } = await respond(program, 'anna');
    const { issues } = await followUp(program.admin, response.id, [answer]);
    expect(issues.map((issue: Answer) => issue.path)).toEqual([path]);
    expect((await statedSharing(program)).ssm.answers).toBe(0);
  });

  test('given many times at once stands once', async () => {
    const program = await world.program();
    const { response } = await respond(program, 'anna');
    await atOnce(20, (number) => followUp(program.admin, response.id, [{ key: 'ssm', number }]));
    expect((await statedSharing(program)).ssm.answers).toBe(1);
  });
});

describe('the metrics beside NPS', () => {
  test('say how many were told and how many of the respondents told anybody', async () => {
    const program = await world.program();
    for (const [index, number] of [0, 0, 1, 3, 6].entries()) {
      await respond(program, `customer-${index}`, { followUps: [{ key: 'ssm', number }] });
    }
    const { ssm, ifm } = await statedSharing(program);
    // Wilson: z√(p(1-p)/n + z²/4n²) / (1 + z²/n) with p = 0.6, n = 5, z = 1.96.
    expect(ssm).toEqual({
      metric: 'SSM',
      answers: 5,
      people: 10,
      average: 2,
      share: 60,
      marginOfError: expect.closeTo(32.583, 2),
    });
    expect(ifm).toEqual({ metric: 'IFM', answers: 0 });
  });

  test('say nothing of fewer than five', async () => {
    const program = await world.program();
    for (const index of [1, 2, 3, 4])
      await respond(program, `customer-${index}`, { followUps: [{ key: 'ssm', number: 5 }] });
    expect((await statedSharing(program)).ssm).toEqual({
      metric: 'SSM',
      answers: 4,
      people: null,
      average: null,
      share: null,
      marginOfError: null,
    });
  });

  test('count the same responses as the score does', async () => {
    const program = await world.program();
    for (const index of [1, 2, 3, 4, 5, 6])
      await respond(program, `customer-${index}`, {
        respondedAt: `2026-0${index > 5 ? 1 : 2}-10T00:00:00Z`,
        followUps: [{ key: 'ssm', number: 2 }],
      });
    const { nps } = await program.admin.ask('{ nps(filter: { from: "2026-02-01T00:00:00Z" }) { ssm { people } } }');
    expect(nps.ssm.people).toBe(10);
  });
});
