import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const enrolled =
  'AmbassadorEnrolled { ambassador { id displayName contact { externalId email displayName attributes } } }';

function enroll(client: Client, contact: object, displayName = 'Anna'): Promise<Answer> {
  return client.mutate('ambassadorEnroll', { contact, displayName }, enrolled);
}

describe('ambassadorEnroll', () => {
  test('makes an ambassador of somebody new, with what is known of them', async () => {
    const { admin } = await world.program();
    const contact = {
      externalId: 'c-1',
      email: 'Anna@Example.com',
      displayName: 'Anna de Vries',
      attributes: { market: 'NL' },
    };
    const { ambassador } = await enroll(admin, contact);
    expect(ambassador).toEqual({
      id: expect.any(String),
      displayName: 'Anna',
      contact: {
        externalId: 'c-1',
        email: 'anna@example.com',
        displayName: 'Anna de Vries',
        attributes: { market: 'NL' },
      },
    });
  });

  test('answers with the same ambassador for the same contact, known by id or by address', async () => {
    const { admin } = await world.program();
    const first = await enroll(admin, { externalId: 'c-1', email: 'anna@example.com' });
    const again = await enroll(admin, { email: 'ANNA@example.com' }, 'Another name');
    expect(again.ambassador).toEqual(first.ambassador);
  });

  test('20 times at once makes one ambassador', async () => {
    const program = await world.program();
    const results = await atOnce(20, () => enroll(program.admin, { externalId: 'c-1', attributes: { size: 1 } }));
    expect(new Set(results.map((result) => result.ambassador.id)).size).toBe(1);
    const { ambassadors } = await program.admin.ask('{ ambassadors { totalCount } }');
    expect(ambassadors.totalCount).toBe(1);
  });

  test('keeps attributes that are not named, changes those that are, and takes away what is null', async () => {
    const { admin } = await world.program();
    await enroll(admin, { externalId: 'c-1', attributes: { market: 'NL', size: 3, sector: 'care' } });
    const { ambassador } = await enroll(admin, { externalId: 'c-1', attributes: { size: 4, sector: null } });
    expect(ambassador.contact.attributes).toEqual({ market: 'NL', size: 4 });
  });

  test('names what is wrong with a contact, and writes nothing', async () => {
    const { admin } = await world.program();
    expect(await enroll(admin, { email: 'not an address' })).toMatchObject({
      __typename: 'InputInvalid',
      code: 'INPUT_INVALID',
      issues: [{ path: ['contact', 'email'], message: 'must be an e-mail address' }],
    });
    expect(await enroll(admin, { displayName: 'Nobody' }, ' ')).toMatchObject({
      issues: [{ path: ['contact', 'externalId'] }, { path: ['displayName'] }],
    });
    expect((await admin.ask('{ ambassadors { totalCount } }')).ambassadors.totalCount).toBe(0);
  });

  test('refuses the address of another contact', async () => {
    const { admin } = await world.program();
    await enroll(admin, { externalId: 'c-1', email: 'anna@example.com' });
    expect(await enroll(admin, { externalId: 'c-2', email: 'anna@example.com' })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['contact', 'email'], message: 'is the address of another contact' }],
    });
  });

  test('knows the same id and address in another program as somebody else', async () => {
    const [one, other] = [await world.program(), await world.program()];
    const contact = { externalId: 'c-1', email: 'anna@example.com' };
    const first = await enroll(one.admin, contact);
    const second = await enroll(other.admin, contact);
    expect(second.ambassador.id).not.toBe(first.ambassador.id);
    expect(await other.admin.ask('query ($id: ID!) { node(id: $id) { id } }', { id: first.ambassador.id })).toEqual({
      node: null,
    });
  });
});

describe('ambassadors', () => {
  test('are found by part of a name, whatever its case and accents', async () => {
    const program = await world.program();
    for (const name of ['Zoë Janssen', 'Piet 100%', 'Anna_Lena']) await program.ambassador(name);
    const found = async (search: string) => {
      const { ambassadors } = await program.analyst.ask(
        'query ($search: String) { ambassadors(search: $search) { totalCount nodes { displayName } } }',
        { search },
      );
      expect(ambassadors.totalCount).toBe(ambassadors.nodes.length);
      return ambassadors.nodes.map((node: { displayName: string }) => node.displayName);
    };
    expect(await found('zoe JAN')).toEqual(['Zoë Janssen']);
    expect(await found('0%')).toEqual(['Piet 100%']);
    expect(await found('_')).toEqual(['Anna_Lena']);
    expect(await found('nobody')).toEqual([]);
  });

  test('are listed page by page, those who joined last first', async () => {
    const program = await world.program();
    for (const name of ['A', 'B', 'C']) await program.ambassador(name);
    const query = `query ($after: String) { ambassadors(first: 2, after: $after) {
      edges { cursor node { displayName } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await program.admin.ask(query)).ambassadors;
    expect(first.edges.map((edge: Answer) => edge.node.displayName)).toEqual(['C', 'B']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = (await program.admin.ask(query, { after: first.pageInfo.endCursor })).ambassadors;
    expect(second.edges.map((edge: Answer) => edge.node.displayName)).toEqual(['A']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });
});

describe('viewer and me', () => {
  test('say who calls, and where', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const query = '{ viewer { role program { slug } ambassador { displayName } } me { id displayName } }';
    expect(await anna.client.ask(query)).toEqual({
      viewer: { role: 'AMBASSADOR', program: { slug: expect.any(String) }, ambassador: { displayName: 'Anna' } },
      me: { id: anna.id, displayName: 'Anna' },
    });
    expect(await program.admin.ask(query)).toMatchObject({ viewer: { role: 'ADMIN', ambassador: null }, me: null });
  });

  test('keep a contact to the ambassador itself and staff', async () => {
    const program = await world.program();
    const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
    const query = 'query ($id: ID!) { node(id: $id) { ... on Ambassador { displayName contact { externalId } } } }';
    expect((await anna.client.ask(query, { id: anna.id })).node.contact.externalId).toBe(anna.externalId);
    expect((await piet.client.ask(query, { id: anna.id })).node).toEqual({ displayName: 'Anna', contact: null });
    expect((await program.moderator.ask(query, { id: anna.id })).node.contact.externalId).toBe(anna.externalId);
  });
});
