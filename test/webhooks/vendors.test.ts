import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';
import { delighted } from './payloads/delighted.js';
import { formbricks } from './payloads/formbricks.js';
import { googleForms } from './payloads/google-forms.js';
import { hubspot } from './payloads/hubspot.js';
import { typeform } from './payloads/typeform.js';
import { type Kind, Tool } from './tool.js';

const world = useWorld();

/** The example of Formbricks says nothing of a score or of who answered; this one does. */
const finished = structuredClone(formbricks).map((message) => ({
  ...message,
  data: {
    ...message.data,
    data: { nps: 9, comment: 'So little to set up', q3: ['Surveys', 'Links'] },
    contactAttributes: { userId: 'f-1', email: 'fatma@example.com', firstName: 'Fatma', plan: 'scale' },
  },
}));
/** The example of HubSpot with the property that is about NPS. */
const rated = hubspot.map((change) => ({
  ...change,
  propertyName: 'hs_feedback_last_nps_rating',
  propertyValue: '10',
}));
const own = {
  responseId: 'r-1',
  externalId: 'c-1',
  score: 7,
  comment: 'Fine',
  answeredAt: '2026-03-02T08:00:00+01:00',
  attributes: { market: 'NL' },
  why: 'Price',
};

interface Example {
  readonly kind: Kind;
  readonly payload: unknown;
  readonly secret?: string;
  /** What is recorded of it. */
  readonly answers: readonly object[];
}

const examples: readonly Example[] = [
  {
    kind: 'TYPEFORM',
    payload: typeform,
    answers: [
      {
        score: 2,
        comment: expect.stringMatching(/^It's cold right now!/),
        respondedAt: '2018-01-18T18:17:02.000Z',
        band: 'DETRACTOR',
        otherAnswers: {
          JwWggjAKtOkA: 'Laura',
          KoJxDM3c6x8h: '2005-10-15',
          PNe8ZKBK8C2Q: 'London, Sydney',
          Q7M2XAwY04dW: 5,
          gFFf3xAkJKsr: true,
          k6TP9oLGgHjl: 'London',
          RUqkXSeXBXSd: false,
          WOTdC00F8A3h: 3,
          pn48RmPazVdM: 4,
        },
        contact: { externalId: 'abc123456', email: 'laura@example.com' },
      },
    ],
  },
  {
    kind: 'DELIGHTED',
    payload: delighted,
    secret: 'the private API key',
    answers: [
      {
        score: 9,
        comment: 'Your service is fast and flawless!',
        respondedAt: '2024-11-21T11:00:44.000Z',
        otherAnswers: {
          'What specifically did you enjoy about your experience with us?': 'Convenience, Friendly staff',
        },
        contact: { email: 'charlie_gravis@example.com', displayName: 'Charlie Gravis' },
      },
    ],
  },
  {
    kind: 'FORMBRICKS',
    payload: finished,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    answers: [
      {
        score: 9,
        comment: 'So little to set up',
        respondedAt: '2025-07-24T07:47:56.116Z',
        otherAnswers: { q3: 'Surveys, Links' },
        contact: { externalId: 'f-1', displayName: 'Fatma', attributes: { plan: 'scale' } },
      },
    ],
  },
  {
    kind: 'HUBSPOT',
    payload: rated,
    secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    answers: [
      { score: 10, respondedAt: '2016-05-02T19:11:47.945Z', contact: { externalId: '1246965' } },
      { score: 10, respondedAt: '2016-05-02T19:11:47.945Z', contact: { externalId: '1246978' } },
    ],
  },
  {
    kind: 'GOOGLE_FORMS',
    payload: googleForms,
    answers: [
      {
        score: 10,
        comment: 'It simply works',
        respondedAt: '2026-03-01T12:30:00.000Z',
        otherAnswers: { 'What do you use?': 'Apps, Reports' },
        contact: { email: 'gita@example.com' },
      },
    ],
  },
  {
    kind: 'GENERIC',
    payload: own,
    answers: [
      {
        score: 7,
        comment: 'Fine',
        respondedAt: '2026-03-02T07:00:00.000Z',
        otherAnswers: { why: 'Price' },
        contact: { externalId: 'c-1', attributes: { market: 'NL' } },
      },
    ],
  },
];

describe.each(examples)('a message of $kind', ({ kind, payload, secret, answers }) => {
  test('is recorded with who answered, what they said, and what else they were asked', async () => {
    const tool = await Tool.open(world, kind, { secret });
    expect(await tool.send(payload)).toEqual({ status: 200, body: { outcome: 'RECEIVED' } });
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED', answers: answers.length, reason: null }]);
    expect(await tool.answers()).toMatchObject(answers);
  });

  test('is not believed, and nothing of it kept, when it was changed or signed by somebody else', async () => {
    const tool = await Tool.open(world, kind, { secret });
    const other = await Tool.open(world, kind, { secret: secret?.replace(/^(whsec_)?.../, '$1abc') });
    const sent = [
      await tool.send(payload, { tail: ' ' }),
      await tool.with(other.secret).send(payload),
      await tool.send(payload, { headers: {} }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await tool.messages()).toEqual([]);
  });

  test('that comes again, and once more with news in it, is recorded once', async () => {
    const tool = await Tool.open(world, kind, { secret });
    await tool.send(payload, { messageId: 'msg-1' });
    await tool.send(payload, { messageId: 'msg-1' });
    expect(await tool.inbox()).toHaveLength(1);
    const more = Array.isArray(payload)
      ? [...payload, { unknown: 1 }]
      : { ...Object(payload), event_id: 'x', unknown: 1 };
    expect((await tool.send(more)).status).toBe(200);
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED' }, { status: 'RECORDED' }]);
    expect(await tool.answers()).toHaveLength(answers.length);
  });
});

describe('the documented examples that are about no answer', () => {
  test('of HubSpot are heard and left', async () => {
    const tool = await Tool.open(world, 'HUBSPOT');
    expect((await tool.send(hubspot)).status).toBe(200);
    expect(await tool.inbox()).toMatchObject([{ status: 'IGNORED', answers: 0 }]);
  });

  test('of Formbricks wait with what is missing in them', async () => {
    const tool = await Tool.open(world, 'FORMBRICKS');
    await tool.send(formbricks);
    expect(await tool.inbox()).toMatchObject([{ status: 'REFUSED', reason: 'score is missing, or no number' }]);
  });
});

describe('signatures with a time', () => {
  test.each([
    ['HUBSPOT', rated],
    ['FORMBRICKS', finished],
    ['GENERIC', own],
  ] as const)('of %s are worth nothing after five minutes', async (kind, payload) => {
    const tool = await Tool.open(world, kind);
    const now = world.clock.now().getTime();
    const at = async (milliseconds: number) => (await tool.send(payload, { now: new Date(now + milliseconds) })).status;
    expect([await at(-301_000), await at(301_000), await at(-299_000)]).toEqual([401, 401, 200]);
  });
});

describe('addresses', () => {
  test('answer those who only ask whether somebody is there, and keep nothing of it', async () => {
    const tool = await Tool.open(world, 'FORMBRICKS');
    expect(await tool.send({ event: 'testEndpoint' }, { headers: {} })).toEqual({ status: 200, body: undefined });
    const { pathname } = new URL(tool.source.url);
    expect((await fetch(world.server.url + pathname, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(world.server.url + pathname)).status).toBe(405);
    expect(await tool.messages()).toEqual([]);
  });

  test('of nobody believe nobody', async () => {
    const tool = await Tool.open(world, 'TYPEFORM');
    const response = await fetch(`${world.server.url}/webhooks/nobody`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect((await tool.send('not json')).status).toBe(400);
    expect((await tool.send('x'.repeat(1_000_001))).status).toBe(413);
  });
});
