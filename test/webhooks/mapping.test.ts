import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';
import { surveyMonkey, surveyMonkeyDetails } from './payloads/survey-monkey.js';
import { typeform } from './payloads/typeform.js';
import { Tool } from './tool.js';

const world = useWorld();

const trial = `query ($kind: WebhookKind!, $mapping: String, $payload: String!) {
  webhookMappingTry(kind: $kind, mapping: $mapping, payload: $payload) {
    answers { externalId email displayName score comment answeredAt responseId attributes otherAnswers } refusals } }`;

async function tryOut(payload: unknown, mapping?: string, kind = 'GENERIC') {
  const { admin } = await world.program();
  const variables = { kind, mapping, payload: JSON.stringify(payload) };
  return (await admin.ask(trial, variables)).webhookMappingTry;
}

describe('trying a mapping', () => {
  test('shows what it would record, and records nothing', async () => {
    const mapping = `form_response.{
      "externalId": hidden.user_id, "score": calculated.score, "answeredAt": submitted_at, "responseId": token }`;
    const { admin } = await world.program();
    const variables = { kind: 'TYPEFORM', mapping, payload: JSON.stringify(typeform) };
    expect((await admin.ask(trial, variables)).webhookMappingTry).toEqual({
      answers: [
        {
          externalId: 'abc123456',
          email: null,
          displayName: null,
          score: 9,
          comment: null,
          answeredAt: '2018-01-18T18:17:02.000Z',
          responseId: 'a3a12ec67a1365927098a606107fac15',
          attributes: {},
          otherAnswers: {},
        },
      ],
      refusals: [],
    });
    expect(await admin.ask('{ nps { responses } webhookDeliveries { totalCount } }')).toEqual({
      nps: { responses: 0 },
      webhookDeliveries: { totalCount: 0 },
    });
  });

  test('goes by the own mapping of the tool where none is given', async () => {
    const { answers } = await tryOut({ event: surveyMonkey, response: surveyMonkeyDetails }, undefined, 'SURVEYMONKEY');
    expect(answers).toMatchObject([{ externalId: 'c-77', score: 9, responseId: '123456' }]);
  });

  test('says what an answer lacks', async () => {
    const { refusals } = await tryOut([
      { email: 'no address', score: 9 },
      { email: 'a@example.com', score: 9.5 },
    ]);
    expect(refusals).toEqual(['email must be an e-mail address', 'score must be a whole number']);
  });

  test('takes JSON only', async () => {
    const { admin } = await world.program();
    expect(await admin.refusal(trial, { kind: 'GENERIC', payload: '{' })).toBe('BAD_USER_INPUT');
  });
});

describe('a hostile mapping', () => {
  const tooMuch = 'The mapping takes too long, or makes too much';
  test.each([
    ['recurses without end', '($f := function($n) {$f($n) + 1}; $f(1))', /D1011/],
    ['loops without end', '($f := function($n) {$f($n + 1)}; $f(1))', /D1012/],
    ['makes a list of millions', '[1..10000000]', /D2015/],
    ['makes an endless text', '$pad("x", 500000000)', tooMuch],
    ['doubles a text', '($f := function($s) {$f($s & $s)}; $f("xxxxxxxxxxxxxxxx"))', /unknown|too much/],
    ['tries a regular expression for ever', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', tooMuch],
    ['runs what it makes', '$eval("($f := function($n) {$f($n) + 1}; $f(1))")', /D3121|D1011/],
    ['asks for what is not there', '$fetch("http://127.0.0.1/")', /T1006/],
  ])('that %s is ended', async (_, mapping, reason) => {
    const { answers, refusals } = await tryOut({}, mapping);
    expect(answers).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(reason)]);
  });

  test('reaches neither the process nor what others do', async () => {
    const { answers } = await tryOut(
      { a: {} },
      '{"externalId": "x", "score": 1, "comment": $string(a.constructor) & $string(a.__proto__) & $string($process)}',
    );
    expect(answers).toMatchObject([{ comment: null }]);
  });

  test('in a source leaves its message in the inbox, and other sources at work', async () => {
    const bad = await Tool.open(world, 'GENERIC', { mapping: '$pad("x", 500000000)' });
    const good = await Tool.of(world, bad.program, 'GENERIC');
    await bad.send({ externalId: 'a', score: 1 });
    await good.send({ externalId: 'b', score: 2 });
    const inbox = await good.inbox();
    expect(inbox).toMatchObject([{ status: 'RECORDED' }, { status: 'REFUSED', reason: tooMuch }]);
  });
});
