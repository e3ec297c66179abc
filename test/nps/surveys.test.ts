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

  test('count by bands of their own, which meet without a gap and count the same answers anew', async () => {
    const { admin, analyst } = await world.program();
    const bands = { detractorTo: 4, promoterFrom: 7 };
    const { survey } = await admin.mutate('surveyCreate', { key: 'own', name: 'Own', bands }, created);
    expect(survey.scheme).toEqual({ key: 'OWN' });
    for (const score of [4, 5, 6, 7, 8, 9]) {
      await admin.mutate('npsResponseRecord', {
        surveyKey: 'own',
        contact: { externalId: world.unique('piet') },
        score,
        respondedAt: `2026-03-01T0${score}:00:00Z`,
      });
    }
    const query = `query ($filter: NpsFilter!) { nps(filter: $filter) { promoters passives detractors score
      scheme { key lowestScore highestScore promoterFrom detractorTo } } }`;
    const { nps } = await analyst.ask(query, { filter: { surveyKey: 'own' } });
    const scheme = { key: 'OWN', lowestScore: 0, highestScore: 10, promoterFrom: 7, detractorTo: 4 };
    expect(nps).toMatchObject({ promoters: 3, passives: 2, detractors: 1, scheme });
    const classic = await analyst.ask(query, { filter: { surveyKey: 'own', scheme: 'CLASSIC' } });
    expect(classic.nps).toMatchObject({ promoters: 1, passives: 2, detractors: 3 });
    expect(await analyst.refusal(query, { filter: { scheme: 'OWN' } })).toBe('BAD_USER_INPUT');
    const audience = 'query ($rule: AudienceRuleInput!) { audienceSize(rule: $rule) { contacts } }';
    const sizes = await Promise.all(
      ['PROMOTER', 'PASSIVE', 'DETRACTOR'].map((band) => analyst.ask(audience, { rule: { npsBands: [band] } })),
    );
    expect(sizes.map(({ audienceSize }) => audienceSize.contacts)).toEqual([3, 2, 1]);
  });

  test('follow own bands of the program where they have none, and go back with it', async () => {
    const { admin } = await world.program();
    const query =
      '{ program { npsScheme { key promoterFrom detractorTo } } surveys { nodes { scheme { promoterFrom } } } }';
    await admin.mutate('programUpdate', { npsBands: { detractorTo: 6, promoterFrom: 8 } });
    expect(await admin.ask(query)).toEqual({
      program: { npsScheme: { key: 'OWN', promoterFrom: 8, detractorTo: 6 } },
      surveys: { nodes: [{ scheme: { promoterFrom: 8 } }] },
    });
    await admin.mutate('programUpdate', { name: 'Another name' });
    expect((await admin.ask(query)).program.npsScheme).toMatchObject({ key: 'OWN', promoterFrom: 8 });
    await admin.mutate('programUpdate', { npsScheme: 'CLASSIC' });
    expect((await admin.ask(query)).program.npsScheme).toMatchObject({ key: 'CLASSIC', promoterFrom: 9 });
  });

  test.each([
    [{ bands: { detractorTo: 7, promoterFrom: 7 } }, ['bands', 'promoterFrom']],
    [{ bands: { detractorTo: -1, promoterFrom: 7 } }, ['bands', 'detractorTo']],
    [{ bands: { detractorTo: 3, promoterFrom: 11 } }, ['bands', 'promoterFrom']],
    [{ scheme: 'OWN' }, ['bands']],
    [{ scheme: 'DUTCH', bands: { detractorTo: 4, promoterFrom: 7 } }, ['bands']],
  ])('refuse bands that leave a gap, overlap or come with another scheme: %j', async (input, path) => {
    const { admin } = await world.program();
    const refused = await admin.mutate('surveyCreate', { key: 'own', name: 'Own', ...input }, created);
    expect(refused).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
  });

  test('of employees take answers of employees alone, and count apart', async () => {
    const { admin } = await world.program();
    await admin.mutate('surveyCreate', { key: 'enps', name: 'Staff', kind: 'ENPS' });
    const answer = (kind: string | undefined) =>
      admin.mutate('npsResponseRecord', { surveyKey: 'enps', contact: { externalId: `a-${kind}`, kind }, score: 9 });
    expect(await answer('CUSTOMER')).toMatchObject({ issues: [{ path: ['contact', 'kind'] }] });
    expect(await answer(undefined)).toMatchObject({ issues: [{ path: ['contact', 'kind'] }] });
    expect(await answer('EMPLOYEE')).toMatchObject({ __typename: 'NpsResponseRecorded' });
    const { all, enps } = await admin.ask(
      '{ all: nps { responses } enps: nps(filter: { surveyKey: "enps" }) { responses } }',
    );
    expect([all.responses, enps.responses]).toEqual([0, 1]);
  });

  test('speak in the own words of the program, in any language, and in ours where it says nothing', async () => {
    const { admin, analyst } = await world.program();
    const words = {
      surveyKey: 'nps',
      language: 'de',
      question: 'Würden Sie uns empfehlen?',
      promoterQuestion: 'Was freut Sie?',
    };
    await admin.mutate('surveyTextSet', words);
    await admin.mutate('surveyTextSet', { surveyKey: 'nps', language: 'de', thanks: 'Danke!' });
    await admin.mutate('followUpQuestionSet', { surveyKey: 'nps', key: 'ssm', language: 'de', text: 'Wie vielen?' });
    await admin.mutate('followUpQuestionSet', { surveyKey: 'nps', key: 'again', text: 'Will you buy again?' });
    await admin.mutate('followUpQuestionSet', {
      surveyKey: 'nps',
      key: 'again',
      language: 'nl',
      text: 'Koop je nog eens?',
    });
    const { surveys } = await analyst.ask(`{ surveys { nodes { texts { language question thanks }
      de: form(language: "de-AT") { question lowestLabel } nl: form(language: "nl") { question } fr: form(language: "fr") { language }
      followUps { key de: text(language: "de") nl: text(language: "nl") text } } } }`);
    expect(surveys.nodes[0]).toMatchObject({
      texts: [{ language: 'de', question: 'Würden Sie uns empfehlen?', thanks: 'Danke!' }],
      de: { question: 'Würden Sie uns empfehlen?', lowestLabel: 'Not at all likely' },
      nl: { question: expect.stringContaining('aanbeveelt') },
      fr: { language: 'en' },
      followUps: [
        {
          key: 'ssm',
          de: 'Wie vielen?',
          nl: expect.stringContaining('hoeveel'),
          text: expect.stringContaining('How many'),
        },
        { key: 'ifm' },
        { key: 'again', de: 'Will you buy again?', nl: 'Koop je nog eens?', text: 'Will you buy again?' },
      ],
    });
  });

  test('take a colour for their page that white words can be read on, and an address to lead on to', async () => {
    const { admin } = await world.program();
    const change = (input: object) =>
      admin.mutate(
        'surveyUpdate',
        { surveyKey: 'nps', ...input },
        'SurveyUpdated { survey { name brandColor joinUrl } }',
      );
    for (const brandColor of ['#ffcc00', 'red', '#12345', '#777777; x']) {
      expect(await change({ brandColor })).toMatchObject({ issues: [{ path: ['brandColor'] }] });
    }
    expect(await change({ joinUrl: 'javascript:alert(1)' })).toMatchObject({ issues: [{ path: ['joinUrl'] }] });
    const look = { brandColor: '#0B5FA5', joinUrl: 'https://example.com/hub' };
    expect((await change(look)).survey).toEqual({ name: 'NPS', brandColor: '#0b5fa5', joinUrl: look.joinUrl });
    expect((await change({ name: 'Customers' })).survey).toMatchObject({ name: 'Customers', brandColor: '#0b5fa5' });
    expect((await change({ brandColor: null })).survey).toMatchObject({ brandColor: null });
  });
});
