import { describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** A query that many objects could answer: `first` of `first`, written as variables. */
const nested = `query ($outer: Int!, $inner: Int!) {
  ambassadors(first: $outer) { nodes { pointsEntries(first: $inner) { nodes { id } } } } }`;

describe('the bounds of a request', () => {
  test('the cost counts list sizes through their variables, and says limit and cost', async () => {
    const { admin } = await world.program();
    const { status, errors, data } = await admin.send(nested, { outer: 100, inner: 100 });
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/10201 objects, the limit is 10000/),
      extensions: { code: 'QUERY_TOO_COMPLEX', cost: 10_201, limit: 10_000, requestId: expect.any(String) },
    });
    expect((await admin.send(nested, { outer: 10, inner: 100 })).errors).toBeUndefined();
  });

  test('sizes hidden in fragments, aliases, defaults and ids count too', async () => {
    const { admin } = await world.program();
    const fragment = `query { ...A } fragment A on Query { ambassadors(first: 100) { edges { node { ...B } } } }
      fragment B on Ambassador { pointsEntries(first: 100) { edges { node { id } } } }`;
    expect(await admin.refusal(fragment)).toBe('QUERY_TOO_COMPLEX');
    const byDefault = `query ($n: Int! = 100) { ambassadors(first: $n) { nodes { pointsEntries(last: $n) { nodes { id } } } } }`;
    expect(await admin.refusal(byDefault)).toBe('QUERY_TOO_COMPLEX');
    const page = 'ambassadors(first: 100) { nodes { pointsEntries(first: 5) { nodes { id } } } }';
    const aliased = `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: ${page}`).join(' ')} }`;
    expect(await admin.refusal(aliased)).toBe('QUERY_TOO_COMPLEX');
    const byIds = `query ($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Ambassador { pointsEntries(first: 100) { nodes { id } } } } }`;
    expect(await admin.refusal(byIds, { ids: Array.from({ length: 100 }, () => 'x') })).toBe('QUERY_TOO_COMPLEX');
  });

  test.each([
    ['depth', `{ me { pointsEntries { nodes { ${'reverses { '.repeat(12)} id ${'} '.repeat(12)} } } } }`],
    ['aliases', `{ ${Array.from({ length: 61 }, (_, index) => `a${index}: program { id }`).join(' ')} }`],
    ['directives', `{ program { ${'id @include(if: true) '.repeat(61)} } }`],
    ['tokens', `{ ${'__typename '.repeat(4_001)} }`],
  ])('a document with too much %s is refused before it runs', async (bound, query) => {
    const { admin } = await world.program();
    const { status, errors } = await admin.send(query);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', bound });
    expect(errors?.[0]?.extensions.limit).toBeGreaterThan(0);
  });

  test('the introspection of GraphiQL passes', async () => {
    const { __schema } = await world.anonymous().ask(getIntrospectionQuery({ descriptions: true, oneOf: true }));
    expect(__schema.queryType.name).toBe('Query');
  });

  test('introspection that goes round in circles does not', async () => {
    const circle = '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
    const { errors } = await world.anonymous().send(circle);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('a batch of operations is refused', async () => {
    const response = await fetch(`${world.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(response.status).toBe(400);
    expect((await response.json()) as object).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('an argument that is out of its range is refused by its own rule, not by the cost', async () => {
    const { admin } = await world.program();
    const query = 'query ($n: Int!) { ambassadors(first: $n) { totalCount } }';
    expect(await admin.refusal(query, { n: 0 })).toBe('BAD_USER_INPUT');
    expect(await admin.refusal(query, { n: 101 })).toBe('BAD_USER_INPUT');
    expect(await admin.refusal(query, { n: null })).toBe('BAD_USER_INPUT');
  });
});
