import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createSchema } from '../../src/app/schema.js';
import { useWorld } from '../support/world.js';
import { readContract, shortfall } from './missing.js';

const contractFile = path.join(process.cwd(), 'test', 'schema', 'contract.graphql');
const sharedFile = path.join(process.cwd(), '..', 'shared', 'contract.graphql');
const contractText = readFileSync(contractFile, 'utf8');
const contract = readContract(contractText);

const world = useWorld();

describe('the schema', () => {
  test('keeps every promise of the contract', async () => {
    const schema = await createSchema(world.server.features.resolvers);
    expect(shortfall(schema, contract)).toEqual({});
  });

  const shared = existsSync(sharedFile);
  if (!shared) process.stderr.write('There is no ../shared/contract.graphql here to compare the kept copy with.\n');
  (shared ? test : test.skip)('is held to the same contract as everything around the project', () => {
    expect(contractText).toBe(readFileSync(sharedFile, 'utf8'));
  });
});

describe('the comparison', () => {
  const promised = `
    type Query { hero(first: Int! = 20, after: String): Hero! }
    interface Node { id: ID! }
    type Hero implements Node { id: ID! name: String kind: Kind! }
    enum Kind { GOOD BAD }
    union Result = Hero | Refusal
    type Refusal { text: String! }
    input Wish { a: Int b: String! }
    input Choice @oneOf { a: Int b: Int }`;
  const compare = (change: (text: string) => string) => shortfall(buildSchema(change(promised)), buildSchema(promised));

  test('finds nothing wrong with the promise itself, nor with more than it', () => {
    expect(compare((text) => text)).toEqual({});
    expect(compare((text) => text.replace('BAD', 'BAD UGLY').replace('name: String', 'name: String age: Int'))).toEqual(
      {},
    );
    expect(compare((text) => text.replace('b: String!', 'b: String c: Int'))).toEqual({});
  });

  test.each([
    ['a field that is gone', 'name: String', '', { 'Hero.name': 'is missing' }],
    ['a field that became required', 'name: String', 'name: String!', { 'Hero.name': 'is String!, not String' }],
    ['an argument that is gone', ', after: String', '', { 'Query.hero(after:)': 'is missing' }],
    [
      'an argument that became required',
      'after: String',
      'after: String!',
      { 'Query.hero(after:)': 'is String!, not String' },
    ],
    ['another default', '= 20', '= 10', { 'Query.hero(first:)': 'is 10 by default, not 20' }],
    [
      'an unknown required argument',
      'after: String',
      'after: String, x: Int!',
      { 'Query.hero(x:)': 'is required, though the contract does not know it' },
    ],
    ['an enum value that is gone', 'GOOD BAD', 'GOOD', { 'Kind.BAD': 'is missing' }],
    ['a union member that is gone', 'Hero | Refusal', 'Hero', { 'Result.Refusal': 'is missing' }],
    ['an interface that is gone', 'implements Node', '', { 'Hero.Node': 'is missing' }],
    [
      'an input field that became required',
      'a: Int b: String!',
      'a: Int! b: String!',
      { 'Wish.a': 'is Int!, not Int' },
    ],
    ['@oneOf that is gone', '@oneOf', '', { Choice: 'isOneOf is false' }],
    [
      'a type of another sort',
      'type Refusal',
      'interface Refusal',
      expect.objectContaining({ Refusal: 'is a GraphQLInterfaceType' }),
    ],
  ])('finds %s', (_, before, after, expected) => {
    // A union cannot hold an interface: for that case the member leaves, too.
    const repaired = (text: string) => (after === 'interface Refusal' ? text.replace(' | Refusal', '') : text);
    expect(compare((text) => repaired(text.replace(before, after)))).toEqual(expected);
  });
});
