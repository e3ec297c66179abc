import { describe, expect, test } from '@jest/globals';
import { rowId } from '../../src/platform/graphql/node.js';
import { ReferralClick } from '../../src/referrals/referral.entity.js';
import type { Answer, Client } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { everywhere } from './traces.js';

const world = useWorld();
const page = 'ContactExported { items { part content } after }';

async function contactOf({ admin }: TestProgram, { id }: TestAmbassador): Promise<string> {
  const { node } = await admin.ask('query ($id: ID!) { node(id: $id) { ... on Ambassador { contact { id } } } }', {
    id,
  });
  return node.contact.id;
}

/** All pages, one after the other. */
async function all(client: Client, mutation: string, input: object): Promise<Answer[]> {
  const items: Answer[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Answer = await client.mutate(mutation, { ...input, after }, page);
    items.push(...answer.items);
    if (answer.after === null) return items;
    after = answer.after;
  }
}

describe('contactExport', () => {
  test('gives out all that a person wrote and did, as JSON, and the person gets the same', async () => {
    const program = await world.program();
    const anna = await everywhere(world, program, 'annaline');
    const items = await all(program.admin, 'contactExport', { contactId: await contactOf(program, anna) });
    expect(items[0]).toMatchObject({ part: 'contact', content: { email: 'annaline@example.com' } });
    const parts = new Set(items.map(({ part }) => part));
    const expected = ['ambassador', 'answers', 'followUpAnswers', 'consents', 'points', 'referrals', 'redemptions'];
    for (const part of [...expected, 'submissions', 'superpromoterNominations']) expect(parts).toContain(part);
    const bought = items.filter(({ part, content }) => part === 'redemptions' && content.deliverTo);
    expect(bought[0].content.deliverTo).toMatchObject({ street: 'annaline street 1' });
    expect(await all(anna.client, 'meExport', {})).toEqual(items);
    const { redemptions } = await program.admin.ask('{ redemptions { totalCount } }');
    expect(items.filter(({ part }) => part === 'redemptions')).toHaveLength(redemptions.totalCount);
  });

  test('comes in pages that leave nothing out and give nothing twice', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [programId, ambassadorId] = [program.program.id, rowId({ name: 'Ambassador' }, anna.id) ?? ''];
    await world.server.platform.database.transact((tx) =>
      tx.insert(
        ReferralClick,
        Array.from({ length: 1_200 }, () => ({ id: tx.newId(), programId, ambassadorId, clickedAt: tx.now })),
      ),
    );
    const items = await all(program.admin, 'contactExport', { contactId: await contactOf(program, anna) });
    expect(items.filter(({ part }) => part === 'clicks')).toHaveLength(1_200);
    const first = await program.admin.mutate('contactExport', { contactId: await contactOf(program, anna) }, page);
    expect(first.items).toHaveLength(500);
  });

  test('of another program finds nobody', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const contactId = await contactOf(here, await here.ambassador('Anna'));
    const answer = await there.admin.mutate('contactExport', { contactId }, page);
    expect(answer).toMatchObject({ __typename: 'NotFound' });
    const wrong = await here.admin.mutate(
      'contactExport',
      { contactId, after: 'x' },
      'InputInvalid { issues { path } }',
    );
    expect(wrong.issues).toMatchObject([{ path: ['after'] }]);
  });
});
