import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const nobody = () => world.anonymous();
const form = 'form { language brand question lowestScore highestScore lowestLabel highestLabel isAnonymous }';
const answered = `SurveyAnswered { token until question thanks joinUrl followUps { key text } ask { text } }`;

async function linkOf({ admin }: TestProgram, input: object = {}): Promise<Answer> {
  const contact = { externalId: world.unique('piet') };
  return admin.mutate('surveyLinkCreate', { contact, ...input }, 'SurveyLinkCreated { url token }');
}

async function look(token: string, client: Client = nobody(), language?: string): Promise<Answer> {
  const { surveyByToken } = await client.ask(
    `query ($token: String!, $language: String) { surveyByToken(token: $token, language: $language) {
      __typename ... on SurveyOpen { ${form} } ... on ${answered} ... on SurveyLinkRefused { code reason message expiredAt } } }`,
    { token, language },
  );
  return surveyByToken;
}

const answer = (token: string, score: number, more: object = {}) =>
  nobody().mutate('surveyAnswer', { token, score, ...more }, answered);

describe('A survey that is answered by its link', () => {
  test('is asked without signing in, in the language of the link, or of whoever reads it', async () => {
    const program = await world.program();
    const { token } = await linkOf(program, { language: 'nl' });
    const brand = `Program ${program.program.slug}`;
    expect(await look(token)).toEqual({
      __typename: 'SurveyOpen',
      form: {
        language: 'nl',
        brand,
        question: `Hoe waarschijnlijk is het dat je ${brand} aanbeveelt bij een vriend of collega?`,
        lowestScore: 0,
        highestScore: 10,
        lowestLabel: 'Zeer onwaarschijnlijk',
        highestLabel: 'Zeer waarschijnlijk',
        isAnonymous: false,
      },
    });
    expect((await look(token, nobody(), 'en')).form.language).toBe('en');
    const open = await linkOf(program);
    expect((await look(open.token, nobody().with({ 'accept-language': 'nl-BE' }))).form.language).toBe('nl');
  });

  test('is counted as the answer of whoever the link was for, with the question and the ask that follow', async () => {
    const program = await world.program();
    const externalId = world.unique('piet');
    const { token } = await linkOf(program, { contact: { externalId }, language: 'nl' });
    const given = await answer(token, 9);
    expect(given).toMatchObject({
      __typename: 'SurveyAnswered',
      until: '2026-03-03T09:00:00.000Z',
      question: 'Waar ben je het meest enthousiast over?',
      thanks: 'Bedankt voor je antwoord.',
      followUps: [{ key: 'ssm' }, { key: 'ifm' }],
      ask: { text: expect.stringContaining('join our ambassadors') },
    });
    const query = '{ nps { responses promoters } }';
    expect(await program.admin.ask(query)).toEqual({ nps: { responses: 1, promoters: 1 } });
    const completed = await nobody().mutate(
      'surveyAnswerComplete',
      { token: given.token, comment: 'Their people', followUps: [{ key: 'ssm', number: 3 }] },
      answered,
    );
    expect(completed.followUps).toMatchObject([{ key: 'ifm' }]);
    const { nps } = await program.admin.ask('{ nps { responses ssm { answers } } }');
    expect(nps).toEqual({ responses: 1, ssm: { answers: 1 } });
    const rows = await world.server.platform.database.read((db) =>
      db.query(sql`SELECT r.comment, c.external_id FROM nps_response r JOIN contact c ON c.id = r.contact_id
        WHERE r.program_id = ${program.program.id}`),
    );
    expect(rows).toEqual([{ comment: 'Their people', external_id: externalId }]);
  });

  test.each([
    [10, 'What are you most enthusiastic about?'],
    [8, 'What is missing?'],
    [3, 'What would have to change for you to feel neutral about us?'],
  ])('asks after a %d: %s', async (score, question) => {
    const { token } = await linkOf(await world.program());
    expect(await answer(token, score)).toMatchObject({ question });
  });

  test('takes one answer of many at once, and the same score again is the same answer', async () => {
    const program = await world.program();
    const { token } = await linkOf(program);
    const results = await atOnce(8, (index) => answer(token, index + 1));
    const taken = results.findIndex(({ __typename }) => __typename === 'SurveyAnswered');
    expect(results.filter(({ code }) => code === 'SURVEY_LINK_REFUSED')).toHaveLength(7);
    expect(await answer(token, taken + 1)).toMatchObject({ __typename: 'SurveyAnswered' });
    expect((await program.admin.ask('{ nps { responses } }')).nps.responses).toBe(1);
  });

  test('is looked at as often as anybody likes, and still waits for its answer', async () => {
    const { token } = await linkOf(await world.program());
    for (const _ of [1, 2, 3]) expect((await look(token)).__typename).toBe('SurveyOpen');
    expect((await answer(token, 7)).__typename).toBe('SurveyAnswered');
    expect((await look(token)).__typename).toBe('SurveyAnswered');
  });

  test('is over when the link is, and a day after the answer nothing is added', async () => {
    const start = world.clock.now();
    const program = await world.program();
    const [one, other] = [await linkOf(program), await linkOf(program)];
    const given = await answer(one.token, 8);
    world.clock.set(new Date(start.getTime() + 24 * 3_600_000));
    const more = await nobody().mutate(
      'surveyAnswerComplete',
      { token: given.token, comment: 'Late' },
      'SurveyLinkRefused { reason }',
    );
    expect(more).toMatchObject({ reason: 'EXPIRED' });
    expect(await look(one.token)).toMatchObject({ reason: 'USED' });
    world.clock.set(new Date(start.getTime() + 30 * 86_400_000));
    expect(await look(other.token)).toMatchObject({ reason: 'EXPIRED', expiredAt: '2026-04-01T09:00:00.000Z' });
    expect(await answer(other.token, 8)).toMatchObject({ code: 'SURVEY_LINK_REFUSED' });
    world.clock.set(start);
  });

  test('refuses a score that its bands do not know, and leaves the link unused', async () => {
    const program = await world.program();
    await program.admin.mutate('surveyCreate', { key: 'marks', name: 'Marks', scheme: 'DUTCH' });
    const { token } = await linkOf(program, { surveyKey: 'marks' });
    for (const score of [0, 11, -1]) {
      expect(await answer(token, score)).toMatchObject({ issues: [{ path: ['score'] }] });
    }
    const wrong = { followUps: [{ key: 'ssm', text: 'many' }] };
    expect(await answer(token, 8, wrong)).toMatchObject({ issues: [{ path: ['followUps', '0', 'number'] }] });
    expect((await look(token)).__typename).toBe('SurveyOpen');
  });
});

describe('An anonymous survey', () => {
  async function anonymous(program: TestProgram): Promise<void> {
    const survey = { key: 'quiet', name: 'Quiet', kind: 'ENPS', isAnonymous: true };
    await program.admin.mutate('surveyCreate', survey);
  }
  const employee = () => ({ externalId: world.unique('ed'), kind: 'EMPLOYEE', attributes: { team: 'North' } });

  test('keeps of an answer nothing that leads back, and counts it with at least four others', async () => {
    const start = world.clock.now();
    const program = await world.program();
    await anonymous(program);
    const nps = async () =>
      (await program.admin.ask(`{ surveys { nodes { key waitingAnswers } }
          nps(filter: { surveyKey: "quiet" }) { responses score byAttribute(name: "team") { groups { value } } ssm { answers } } }`)) as Answer;
    const tokens: string[] = [];
    for (const score of [9, 10, 9, 3]) {
      const { token } = await linkOf(program, { surveyKey: 'quiet', contact: employee() });
      const given = await answer(token, score, { followUps: [{ key: 'ssm', number: 2 }] });
      tokens.push(given.token);
      expect(await answer(token, score)).toMatchObject({ code: 'SURVEY_LINK_REFUSED' });
      expect(await look(token)).toMatchObject({ reason: 'USED' });
    }
    const said = { token: tokens[0], comment: 'My team' };
    expect(await nobody().mutate('surveyAnswerComplete', said, answered)).toMatchObject({ ask: null });
    world.clock.set(new Date(start.getTime() + 10 * 86_400_000));
    await world.server.features.periodic.find(({ name }) => name === 'nps.release')?.doSome();
    expect((await nps()).nps).toMatchObject({ responses: 0, score: null });
    const { token } = await linkOf(program, { surveyKey: 'quiet', contact: employee() });
    await answer(token, 8);
    await world.server.features.periodic.find(({ name }) => name === 'nps.release')?.doSome();
    expect((await nps()).nps.responses).toBe(0);
    world.clock.set(new Date(start.getTime() + 13 * 86_400_000));
    await world.server.features.periodic.find(({ name }) => name === 'nps.release')?.doSome();
    expect(await nps()).toEqual({
      surveys: {
        nodes: [
          { key: 'nps', waitingAnswers: 0 },
          { key: 'quiet', waitingAnswers: 0 },
        ],
      },
      nps: { responses: 5, score: 40, byAttribute: { groups: [] }, ssm: { answers: 4 } },
    });
    const rows = await world.server.platform.database.read((db) =>
      db.query<Answer>(sql`SELECT r.responded_at, r.contact_id, r.comment FROM nps_response r
        JOIN survey s ON s.id = r.survey_id WHERE s.is_anonymous AND s.program_id = ${program.program.id}`),
    );
    expect(new Set(rows.map(({ responded_at }) => String(responded_at))).size).toBe(1);
    expect(rows.filter(({ comment }) => comment === 'My team')).toHaveLength(1);
    expect((await program.admin.ask('{ nps { responses } }')).nps.responses).toBe(0);
    world.clock.set(start);
  });

  test('has no row that names both the link, or whoever it was for, and the answer', async () => {
    const program = await world.program();
    await anonymous(program);
    const contact = employee();
    const { token } = await linkOf(program, { surveyKey: 'quiet', contact });
    await answer(token, 2);
    const { database } = world.server.platform;
    const [link] = await database.read((db) =>
      db.query<Answer>(sql`SELECT l.* FROM survey_link l JOIN contact c ON c.id = l.contact_id
        WHERE c.external_id = ${contact.externalId}`),
    );
    const [waiting] = await database.read((db) =>
      db.query<Answer>(sql`SELECT * FROM waiting_answer WHERE program_id = ${program.program.id}`),
    );
    expect(link).toMatchObject({ used_at: null, response_id: null });
    expect(Boolean(link.is_used)).toBe(true);
    expect(waiting.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const whatever = JSON.stringify(waiting);
    for (const trace of [link.id, link.contact_id, contact.externalId, '09:00']) expect(whatever).not.toContain(trace);
    const events = await database.read((db) =>
      db.query<Answer>(sql`SELECT * FROM outbox_event WHERE program_id = ${program.program.id}`),
    );
    const told = JSON.stringify(events);
    for (const trace of [link.id, waiting.id]) expect(told).not.toContain(trace);
  });

  test('is not answered by name: neither through the API nor by whoever is no employee', async () => {
    const program = await world.program();
    await anonymous(program);
    const named = await program.admin.mutate('npsResponseRecord', {
      surveyKey: 'quiet',
      contact: employee(),
      score: 8,
    });
    expect(named).toMatchObject({ issues: [{ path: ['surveyKey'] }] });
    const customer = { surveyKey: 'quiet', contact: { externalId: 'cees', kind: 'CUSTOMER' } };
    expect(await linkOf(program, customer)).toMatchObject({ issues: [{ path: ['contact', 'kind'] }] });
    const open = await linkOf(program, { surveyKey: 'quiet', contact: null });
    expect(await answer(open.token, 8)).toMatchObject({ __typename: 'SurveyAnswered' });
  });
});
