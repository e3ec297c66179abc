import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

const form = {
  type: 'object',
  title: 'Your set-up',
  required: ['team', 'email'],
  additionalProperties: false,
  properties: {
    team: { type: 'integer', minimum: 1, maximum: 5000 },
    email: { type: 'string', format: 'email' },
    plan: { enum: ['free', 'paid'] },
    code: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{4}$', maxLength: 20 },
    tools: { type: 'array', maxItems: 3, uniqueItems: true, items: { type: 'string', maxLength: 50 } },
  },
} as const;
const values = { team: 12, email: 'anna@example.com', plan: 'paid', code: 'NL-1234', tools: ['mail', 'chat'] };

async function annaAnd(given: object) {
  const program = await world.program();
  const challenge = await createChallenge(program, { kind: 'CUSTOM', form: given });
  return { program, anna: await program.ambassador('Anna'), challenge };
}

/** What is wrong with a form, as challengeCreate says it. */
async function issuesOf(given: object): Promise<Answer> {
  const program = await world.program();
  const input = { kind: 'CUSTOM', title: 'A form', rewardPoints: 5, form: given };
  return (await program.admin.mutate('challengeCreate', input)).issues;
}

function nested(depth: number): object {
  return depth === 0 ? { type: 'string' } : { type: 'object', properties: { next: nested(depth - 1) } };
}

describe('A custom challenge with a form', () => {
  test('takes what was filled in, and keeps it', async () => {
    const { program, anna, challenge } = await annaAnd(form);
    expect(challenge.proofKind).toBe('FORM');
    const { submission } = await submit(anna, challenge.id, { proof: { form: { values } } });
    const { node } = await program.moderator.ask(
      `query ($id: ID!) { node(id: $id) { ... on Submission { challenge { form } proof { ... on FormProof { values } } } } }`,
      { id: submission.id },
    );
    expect(node).toEqual({ challenge: { form }, proof: { values } });
  });

  test.each([
    ['team', { ...values, team: 0 }, 'must be >= 1'],
    ['team', { ...values, team: '12' }, 'must be integer'],
    ['team', { email: values.email }, 'must be filled in'],
    ['email', { ...values, email: 'anna' }, 'must match format "email"'],
    ['plan', { ...values, plan: 'other' }, 'must be equal to one of the allowed values'],
    ['code', { ...values, code: 'nl-1' }, 'must match pattern "^[A-Z]{2}-[0-9]{4}$"'],
    ['shoe', { ...values, shoe: 44 }, 'is not asked for'],
    ['tools', { ...values, tools: ['a', 'a'] }, 'must NOT have duplicate items (items ## 1 and 0 are identical)'],
  ])('says that %s does not fit', async (name, filledIn, message) => {
    const { anna, challenge } = await annaAnd(form);
    const result = await submit(anna, challenge.id, { proof: { form: { values: filledIn } } });
    expect(result).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['proof', 'form', 'values', name], message }],
    });
  });

  test('takes no text instead, nor one without a form values that nobody asked for', async () => {
    const { program, anna, challenge } = await annaAnd(form);
    expect((await submit(anna, challenge.id)).issues).toMatchObject([{ path: ['proof'] }]);
    const plain = await createChallenge(program, { kind: 'CUSTOM' });
    expect((await submit(anna, plain.id, { proof: { form: { values } } })).issues).toMatchObject([{ path: ['proof'] }]);
    expect((await submit(anna, plain.id, { proof: proofs.answer })).__typename).toBe('ChallengeSubmitted');
  });

  test('takes no more than 32 KB', async () => {
    const { anna, challenge } = await annaAnd({ type: 'object' });
    const result = await submit(anna, challenge.id, { proof: { form: { values: { text: 'x'.repeat(33_000) } } } });
    expect(result.issues).toMatchObject([
      { path: ['proof', 'form', 'values'], message: 'must not be larger than 32 KB' },
    ]);
  });

  test('goes by the form as it is now; what was filled in before stays', async () => {
    const { program, anna, challenge } = await annaAnd({ type: 'object', properties: { a: { type: 'string' } } });
    const ben = await program.ambassador('Ben');
    await submit(anna, challenge.id, { proof: { form: { values: { a: 'x' } } } });
    const changed = { type: 'object', properties: { a: { type: 'integer' } } };
    await program.admin.mutate('challengeUpdate', { challengeId: challenge.id, form: changed });
    expect((await submit(ben, challenge.id, { proof: { form: { values: { a: 'x' } } } })).issues).toHaveLength(1);
    const { submissions } = await program.admin.ask(
      '{ submissions { nodes { proof { ... on FormProof { values } } } } }',
    );
    expect(submissions.nodes).toEqual([{ proof: { values: { a: 'x' } } }]);
  });
});

describe('A form', () => {
  const text = (more: object) => ({ type: 'object', properties: { a: { type: 'string', ...more } } });

  test.each([
    ['of something else than an object', { type: 'string' }, ['form', 'type']],
    [
      'with a reference',
      { type: 'object', properties: { a: { $ref: 'https://example.com/x' } } },
      ['form', 'properties', 'a', '$ref'],
    ],
    ['that defines types', { type: 'object', $defs: {} }, ['form', '$defs']],
    ['with a keyword that nobody knows', text({ colour: 'red' }), ['form', 'properties', 'a', 'colour']],
    [
      'with patterns for names',
      { type: 'object', patternProperties: { '^(a+)+$': {} } },
      ['form', 'patternProperties'],
    ],
    ['with a pattern that refers back', text({ pattern: '(a)\\1' }), ['form', 'properties', 'a', 'pattern']],
    ['with a pattern that looks around', text({ pattern: '(?=a)' }), ['form', 'properties', 'a', 'pattern']],
    [
      'with a pattern that repeats too much',
      text({ pattern: '(a{30}){30}b{900}' }),
      ['form', 'properties', 'a', 'pattern'],
    ],
    ['with a pattern without end', text({ pattern: 'a'.repeat(201) }), ['form', 'properties', 'a', 'pattern']],
    ['with a wrong value of a keyword', text({ minLength: 'three' }), ['form']],
    ['with a format that nobody knows', text({ format: 'shoe-size' }), ['form']],
    ['of another dialect', { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' }, ['form']],
    [
      'of too many parts',
      { type: 'object', properties: Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`p${i}`, {}])) },
      ['form'],
    ],
    ['that is too large', text({ description: 'x'.repeat(16_400) }), ['form']],
  ])('%s is refused', async (_, given, path) => {
    expect(await issuesOf(given)).toMatchObject([{ path }]);
  });

  test('is nested to a bound', async () => {
    expect(await issuesOf(nested(7))).toBeUndefined();
    expect(await issuesOf(nested(9))).toHaveLength(1);
  });

  test('with a pattern that would hang others answers at once', async () => {
    const { anna, challenge } = await annaAnd(text({ pattern: '^(a+)+$' }));
    const began = performance.now();
    const result = await submit(anna, challenge.id, { proof: { form: { values: { a: `${'a'.repeat(30_000)}b` } } } });
    expect(result.issues).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
