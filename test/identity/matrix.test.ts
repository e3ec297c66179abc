import { beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { createSchema } from '../../src/app/schema.js';
import { fieldPermissions } from '../../src/identity/field-permissions.js';
import { type Action, reachOf } from '../../src/identity/permissions.js';
import { Role } from '../../src/identity/role.js';
import { type Caller, Session } from '../../src/identity/session.js';
import { rowId } from '../../src/platform/graphql/node.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';
import { belongings, brought } from './belongings.js';
import type { Belongings, Operation } from './operation.js';
import { operations } from './operations.js';

/*
 * The table of permissions, kept by the API: every field that it names is asked for by every role, about what is the
 * caller's own, what is another's in the same program, and what is in another program.
 */

type Whose = 'own' | 'another' | 'elsewhere';
type Outcome = 'allowed' | 'nothing' | 'FORBIDDEN' | 'UNAUTHENTICATED';
type Send = (document: string, variables: object) => Promise<{ data?: Answer; errors?: readonly Answer[] | undefined }>;

const table: Readonly<Record<string, Action>> = fieldPermissions;
const roles = Object.keys(Role) as Role[];
const world = useWorld();
let callers: Readonly<Record<string, Send>>;
let things: Readonly<Record<Whose, Belongings>>;

beforeAll(async () => {
  const [here, there] = [await world.program(), await world.program()];
  const [anna, bob] = [await brought(world, here, 'Anna'), await brought(world, here, 'Bob')];
  const carl = await brought(world, there, 'Carl');
  things = {
    own: await belongings(world, here, anna),
    another: await belongings(world, here, bob),
    elsewhere: await belongings(world, there, carl),
  };
  const { secret } = await here.admin.mutate('apiKeyCreate', { name: 'Server' }, 'ApiKeyCreated { secret }');
  const clients = {
    ANONYMOUS: world.anonymous().with({ 'x-applaus-program': here.program.slug }),
    AMBASSADOR: anna.client,
    INTEGRATION: world.bearer(secret),
    ANALYST: here.analyst,
    MODERATOR: here.moderator,
    ADMIN: here.admin,
  };
  const schema = await createSchema(world.server.features.resolvers);
  const annaId = rowId({ name: 'Ambassador' }, anna.id) ?? null;
  const callerOf = (role: Role): Send => {
    const direct = directly(schema, here, { role, subject: 'x', ambassadorId: role === 'AMBASSADOR' ? annaId : null });
    if (role === 'RESPONDENT') return direct;
    return (source, variables) =>
      (source.startsWith('subscription') ? direct : clients[role].send.bind(clients[role]))(source, variables);
  };
  callers = Object.fromEntries(roles.map((role) => [role, callerOf(role)]));
}, 120_000);

/**
 * A caller that asks the schema itself: a respondent, whom nothing over HTTP makes yet, and whoever subscribes, since
 * only here it is certain that a subscription was taken and simply has nothing to say.
 */
function directly(schema: GraphQLSchema, { program }: TestProgram, caller: Caller): Send {
  const { database, log } = world.server.platform;
  return async (source, variableValues) => {
    const contextValue = { requestId: 'r', locale: 'en', database, log, session: new Session(program, caller) };
    if (!source.startsWith('subscription')) {
      return graphql({ schema, source, variableValues: { ...variableValues }, contextValue });
    }
    const stream = await subscribe({ schema, document: parse(source), contextValue });
    if (!(Symbol.asyncIterator in stream)) return stream;
    await stream.return(undefined);
    return { data: 'taken' };
  };
}

function send(role: Role, document: string, variables: object): ReturnType<Send> {
  const caller = callers[role];
  if (!caller) throw new Error(`Nobody is ${role}`);
  return caller(document, variables);
}

async function outcomeOf(role: Role, operation: Operation, whose: Whose): Promise<Outcome> {
  const unique = world.unique('k');
  const variables = operation.about?.(things[whose], unique) ?? operation.variables?.(unique) ?? {};
  const { data, errors } = await send(role, operation.document, variables);
  const code: unknown = errors?.[0]?.extensions.code;
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return code;
  if (errors) throw new Error(`Neither an answer nor a refusal: ${JSON.stringify(errors)}`);
  const value = operation.path.reduce<Answer>((part, name) => part?.[name], data);
  // An operation that breaks a rule of its input would show nothing about permissions.
  if (value?.__typename === 'InputInvalid') throw new Error('The operation of this field is not valid');
  return value === null || value === undefined || value.__typename === 'NotFound' ? 'nothing' : 'allowed';
}

/** What the table says should come of it. */
function expected(role: Role, action: Action, operation: Operation, whose: Whose): Outcome {
  const refusal = role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  if (operation.of) {
    if (whose === 'elsewhere' || !mayDo(role, operation.of.seenBy, whose)) return 'nothing';
    if (mayDo(role, action, whose)) return 'allowed';
    return operation.of.nullable ? 'nothing' : refusal;
  }
  if (reachOf(role, action) === undefined) return refusal;
  if (operation.about && whose === 'elsewhere') return 'nothing';
  if (operation.onlyOwners && !mayDo(role, action, whose)) return 'nothing';
  return operation.onlyAmbassadors && role !== 'AMBASSADOR' ? 'nothing' : 'allowed';
}

function mayDo(role: Role, action: Action, whose: Whose): boolean {
  const reach = reachOf(role, action);
  return reach === 'program' || (reach === 'own' && whose === 'own');
}

describe.each(Object.keys(table))('%s', (field) => {
  const action = table[field];
  const operation = operations[field];
  if (!action || !operation) {
    test('has an operation to test it with', () => expect(Object.keys(operations)).toContain(field));
    return;
  }
  const kinds: readonly Whose[] = operation.about ? ['own', 'another', 'elsewhere'] : ['own'];

  test('answers each role what the table says', async () => {
    const found: Record<string, Outcome> = {};
    const wanted: Record<string, Outcome> = {};
    for (const role of roles) {
      for (const whose of kinds) {
        found[`${role} ${whose}`] = await outcomeOf(role, operation, whose);
        wanted[`${role} ${whose}`] = expected(role, action, operation, whose);
      }
    }
    expect(found).toEqual(wanted);
  });
});

test('every operation is of a field in the table', () => {
  expect(Object.keys(operations).filter((field) => !(field in table))).toEqual([]);
});

test('a row id is no id: nothing is found by the key of the database', async () => {
  const id = rowId({ name: 'Ambassador' }, things.own.ambassadorId);
  const { data } = await send('ADMIN', 'query ($id: ID!) { node(id: $id) { id } }', { id });
  expect(data.node).toBeNull();
});
