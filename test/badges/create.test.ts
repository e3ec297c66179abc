import { describe, expect, test } from '@jest/globals';
import { BadgeCreateInput } from '../../src/badges/badge.inputs.js';
import { validateInput } from '../../src/platform/graphql/input.js';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';
import { createBadge } from './badge.js';

const world = useWorld();
const badge = { code: 'first', name: 'First', description: 'The first one.', rule: { lifetimePoints: 1 } };

/** A rule so many levels deep, the condition at its end included. */
function nested(depth: number): object {
  return depth === 1 ? { lifetimePoints: 1 } : { all: [nested(depth - 1)] };
}

describe('badgeCreate', () => {
  test('keeps the whole tree of its rule, to be read again', async () => {
    const program = await world.program();
    const rule = {
      all: [
        { any: [{ approvedSubmissions: { kind: 'REVIEW', atLeast: 2 } }, { lifetimePoints: 500 }] },
        { approvedSubmissions: { atLeast: 3 } },
        { streakWeeks: 4 },
      ],
    };
    await createBadge(program, 'tree', rule);
    const fields = 'approvedSubmissions { kind atLeast } lifetimePoints streakWeeks';
    const { badges } = await program.analyst.ask(
      `{ badges { nodes { rule { ${fields} any { atLeastOne: lifetimePoints } all { ${fields} any { ${fields} } } } } } }`,
    );
    const none = { approvedSubmissions: null, lifetimePoints: null, streakWeeks: null };
    expect(badges.nodes).toEqual([
      {
        rule: {
          ...none,
          any: null,
          all: [
            {
              ...none,
              any: [
                { ...none, approvedSubmissions: { kind: 'REVIEW', atLeast: 2 } },
                { ...none, lifetimePoints: 500 },
              ],
            },
            { ...none, approvedSubmissions: { kind: null, atLeast: 3 }, any: null },
            { ...none, streakWeeks: 4, any: null },
          ],
        },
      },
    ]);
  });

  test('names the path of what is wrong, and writes nothing', async () => {
    const program = await world.program();
    const issuesOf = async (input: object) => {
      const result = await program.admin.mutate('badgeCreate', { ...badge, ...input });
      expect(result.__typename).toBe('InputInvalid');
      return result.issues.map(({ path }: Answer) => path);
    };
    expect(await issuesOf({ code: 'not a code', name: ' ' })).toEqual([['code'], ['name']]);
    expect(await issuesOf({ rule: { lifetimePoints: 0 } })).toEqual([['rule', 'lifetimePoints']]);
    expect(await issuesOf({ rule: { streakWeeks: -1 } })).toEqual([['rule', 'streakWeeks']]);
    expect(await issuesOf({ rule: { any: [] } })).toEqual([['rule', 'any']]);
    expect(await issuesOf({ rule: { all: [{ approvedSubmissions: { atLeast: 0 } }] } })).toEqual([
      ['rule', 'all', '0', 'approvedSubmissions', 'atLeast'],
    ]);
    expect(await issuesOf({ rule: nested(6) })).toEqual([
      ['rule', 'all', '0', 'all', '0', 'all', '0', 'all', '0', 'all'],
    ]);
    expect(await issuesOf({ rule: { any: Array.from({ length: 50 }, () => ({ lifetimePoints: 1 })) } })).toEqual([
      ['rule'],
    ]);
    const { badges } = await program.admin.ask('{ badges { totalCount } }');
    expect(badges.totalCount).toBe(0);
  });

  test('takes a rule that is as deep and as large as allowed', async () => {
    const program = await world.program();
    await createBadge(program, 'deep', nested(5));
    await createBadge(program, 'wide', { any: Array.from({ length: 49 }, () => ({ lifetimePoints: 1 })) });
  });

  test.each([{}, { lifetimePoints: 1, streakWeeks: 1 }, { lifetimePoints: null }, { all: [{}] }])(
    'refuses a condition without exactly one field: %j',
    async (rule) => {
      const program = await world.program();
      const { errors } = await program.admin.send(
        'mutation ($input: BadgeCreateInput!) { badgeCreate(input: $input) { __typename } }',
        { input: { ...badge, rule } },
      );
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      // Also for who does not come by GraphQL.
      expect(() => validateInput({ ...badge, rule }, BadgeCreateInput)).toThrow('not valid');
    },
  );

  test('gives a code once in a program, without regard to case', async () => {
    const program = await world.program();
    const results = await atOnce(8, (index) =>
      program.admin.mutate('badgeCreate', { ...badge, code: index % 2 ? 'First' : 'first' }),
    );
    const refused = results.filter(({ __typename }) => __typename === 'InputInvalid');
    expect(refused).toHaveLength(7);
    expect(refused.map(({ issues }) => issues.map(({ path }: Answer) => path))).toEqual(
      Array.from({ length: 7 }, () => [['code']]),
    );
    const { badges } = await program.admin.ask('{ badges { totalCount } }');
    expect(badges.totalCount).toBe(1);
  });

  test('is for admins; ambassadors and staff read the badges page by page, newest first', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (const code of ['a', 'b', 'c']) await createBadge(program, code, { lifetimePoints: 5 });
    const mutation = 'mutation ($input: BadgeCreateInput!) { badgeCreate(input: $input) { __typename } }';
    expect(await program.moderator.refusal(mutation, { input: badge })).toBe('FORBIDDEN');
    expect(await anna.client.refusal(mutation, { input: badge })).toBe('FORBIDDEN');
    const query =
      'query ($after: String) { badges(first: 2, after: $after) { nodes { code } totalCount pageInfo { endCursor hasNextPage } } }';
    const first = await anna.client.ask(query);
    expect(first.badges).toMatchObject({ nodes: [{ code: 'c' }, { code: 'b' }], totalCount: 3 });
    const second = await program.moderator.ask(query, { after: first.badges.pageInfo.endCursor });
    expect(second.badges).toMatchObject({ nodes: [{ code: 'a' }], pageInfo: { hasNextPage: false } });
    const anonymous = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    expect(await anonymous.refusal('{ badges { totalCount } }')).toBe('UNAUTHENTICATED');
  });
});
