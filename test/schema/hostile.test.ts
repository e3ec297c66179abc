import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { createSchema } from '../../src/app/schema.js';
import { fieldPermissions } from '../../src/identity/field-permissions.js';
import { type Action, reachOf } from '../../src/identity/permissions.js';
import type { Answer, Client, GraphQLReply } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { hostileFields } from './hostile.js';
import { selectionOf } from './selection.js';

type Field = GraphQLField<unknown, unknown>;

/** The same run every time; another one with APPLAUS_TEST_SEED. */
const seed = Number(process.env.APPLAUS_TEST_SEED ?? 20_260_302);
/** Batches of six calls each; more for a longer campaign. */
const batches = Number(process.env.APPLAUS_TEST_HOSTILE_BATCHES ?? 50);

const world = useWorld();
let schema: GraphQLSchema;
let program: TestProgram;
let anna: TestAmbassador;
let ids: string[];

beforeAll(async () => {
  schema = await createSchema(world.server.features.resolvers);
  program = await world.program();
  anna = await program.ambassador('Anna', { email: 'anna@example.com' });
  const { entry } = await program.give(anna, 500);
  ids = [anna.id, entry.id, program.program.globalId(), ...(await idsOfChallenges())];
});

/** Something to submit to and to decide on. */
async function idsOfChallenges(): Promise<string[]> {
  const challenge = { kind: 'IDEA', title: 'An idea', rewardPoints: 5, maxPerAmbassador: null };
  const created = await program.admin.mutate('challengeCreate', challenge, 'ChallengeCreated { challenge { id } }');
  const { id } = created.challenge;
  const submission = { challengeId: id, proof: { answer: { text: 'More of it' } } };
  const submitted = await anna.client.mutate('challengeSubmit', submission, 'ChallengeSubmitted { submission { id } }');
  return [id, submitted.submission.id];
}

function operationOf(kind: 'query' | 'mutation', { name, args, type }: Field): string {
  // What has a default may be left out, so its variable may be, too.
  const declared = args.map((each) =>
    each.defaultValue === undefined
      ? `$${each.name}: ${each.type}`
      : `$${each.name}: ${String(each.type).replace(/!$/, '')}`,
  );
  const given = args.map((each) => `${each.name}: $${each.name}`);
  const inParentheses = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');
  const selection = selectionOf(schema, getNamedType(type), 1);
  return `${kind} ${inParentheses(declared)} { ${name}${inParentheses(given)} ${selection} }`;
}

const callersFault = new Set(['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX']);

function expectSane(field: Field, reply: GraphQLReply): void {
  const codes = reply.errors?.map(({ extensions }) => extensions.code) ?? [];
  const unexpected = codes.filter((code) => !callersFault.has(code));
  if (unexpected.length > 0) throw new Error(`${field.name} answered ${JSON.stringify(reply.errors)}`);
  const result: Answer = reply.data?.[field.name];
  if (result?.__typename !== 'InputInvalid') return;
  expect(result.issues.length).toBeGreaterThan(0);
  const input = field.args.find(({ name }) => name === 'input');
  const type = input && getNamedType(input.type);
  const known = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  for (const issue of result.issues) {
    expect([field.name, known]).toEqual([field.name, expect.arrayContaining([issue.path[0]])]);
  }
}

/** Calls random fields with random arguments, six at once. */
async function attack(kind: 'query' | 'mutation', root: GraphQLObjectType | null | undefined): Promise<void> {
  const fields = root?.getFields() ?? {};
  const call = fc
    .constantFrom(...Object.keys(fields))
    .chain((name) => fc.tuple(fc.constant(name), hostileFields(fields[name]?.args ?? [], ids)));
  const property = fc.asyncProperty(fc.array(call, { minLength: 6, maxLength: 6 }), async (batch) => {
    await Promise.all(
      batch.map(async ([name, variables]) => {
        const field = fields[name];
        if (!field) throw new Error(`There is no ${name}`);
        expectSane(field, await callerOf(`${root?.name}.${name}`).send(operationOf(kind, field), variables));
      }),
    );
  });
  await fc.assert(property, { seed, numRuns: batches });
}

/** Who may get furthest: an admin, or an ambassador where only ambassadors may. */
function callerOf(field: string): Client {
  const table: Readonly<Record<string, Action>> = fieldPermissions;
  const action = table[field];
  return action && reachOf('ADMIN', action) ? program.admin : anna.client;
}

describe('hostile input', () => {
  test('to any mutation is answered with a problem at its place, or kept as it is; never with a failure', async () => {
    await attack('mutation', schema.getMutationType());
  });

  test("to any query is answered with the caller's error, or an answer; never with a failure", async () => {
    await attack('query', schema.getQueryType());
  });

  test('leaves everything standing', async () => {
    const { ambassadors } = await program.admin.ask('{ ambassadors(last: 1) { nodes { id displayName } } }');
    expect(ambassadors.nodes).toEqual([{ id: anna.id, displayName: 'Anna' }]);
  });
});

describe('text', () => {
  test.each(['👩‍👩‍👧‍👦 Ünïcödé', 'ﷺ'.repeat(80), `a${'𝅘𝅥𝅮'.repeat(26)}`, "Robert'); DROP TABLE ambassador;--", '%_\\'])(
    '%p comes back as it was given',
    async (displayName) => {
      const { id } = await program.ambassador(displayName);
      const { node } = await program.admin.ask(
        'query ($id: ID!) { node(id: $id) { ... on Ambassador { displayName } } }',
        { id },
      );
      expect(node.displayName).toBe(displayName);
    },
  );

  test.each([
    ['\ud83d', 'must be well-formed text without NUL characters'],
    ['a\u0000b', 'must be well-formed text without NUL characters'],
    ['two\nlines', 'must be one line, without control characters'],
    ['x'.repeat(81), 'must not be longer than 80 characters'],
  ])('%p is not kept', async (displayName, issue) => {
    const contact = { externalId: 'somebody' };
    const result = await program.admin.mutate('ambassadorEnroll', { contact, displayName });
    expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path: ['displayName'], message: issue }] });
  });

  test('nested without end is not kept', async () => {
    const input = {
      contact: { externalId: 'deep', attributes: { deep: 'DEEP' } },
      displayName: 'Deep',
    };
    const query = `mutation ($input: AmbassadorEnrollInput!) {
      ambassadorEnroll(input: $input) { ... on InputInvalid { issues { path } } } }`;
    const claims = { sub: 'alice', role: 'ADMIN', program: program.program.slug } as const;
    const token = await world.server.features.tokens.sign(claims, 60);
    // Deeper than JSON.stringify goes: only a caller that writes its JSON by hand sends it.
    const body = JSON.stringify({ query, variables: { input } }).replace(
      '"DEEP"',
      '['.repeat(50_000) + ']'.repeat(50_000),
    );
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${world.server.url}/graphql`, { method: 'POST', headers, body });
    const { data }: Answer = await response.json();
    expect(data.ambassadorEnroll.issues[0].path.slice(0, 3)).toEqual(['contact', 'attributes', 'deep']);
  });
});
