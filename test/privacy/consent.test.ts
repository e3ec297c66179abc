import { describe, expect, test } from '@jest/globals';
import { rowId } from '../../src/platform/graphql/node.js';
import type { ConsentPurpose } from '../../src/privacy/consent.entity.js';
import type { Answer, Client } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const recorded = `ConsentRecorded { contact { id consents { purpose isAllowed basis decision { decision source textVersion recordedBy } } } }`;

function decide(client: Client, input: object): Promise<Answer> {
  return client.mutate('consentRecord', { purpose: 'ASKS', decision: 'WITHDRAWN', ...input }, recorded);
}

function standing({ contact }: Answer, purpose: ConsentPurpose): Answer {
  return contact.consents.find((each: Answer) => each.purpose === purpose);
}

/** Whether whoever is about to reach a contact may. */
async function allows({ program }: TestProgram, contactId: string, purpose: ConsentPurpose): Promise<boolean> {
  const id = rowId({ name: 'Contact' }, contactId) ?? '';
  const { consents } = world.server.features;
  const allowed = await world.server.platform.database.read((db) => consents.allows(db, program.id, [id], purpose));
  return allowed.has(id);
}

describe('Consent', () => {
  test('is by purpose: the last decision holds, and how it came is kept', async () => {
    const { admin } = await world.program();
    const contact = { externalId: 'piet' };
    const how = { source: 'newsletter form', textVersion: '2026-03' };
    const first = await decide(admin, { contact, ...how });
    expect(standing(first, 'ASKS')).toEqual({
      ...{ purpose: 'ASKS', isAllowed: false, basis: 'OPT_OUT' },
      decision: { decision: 'WITHDRAWN', recordedBy: 'ADMIN:alice', ...how },
    });
    expect(standing(first, 'SURVEYS')).toMatchObject({ isAllowed: true, decision: null });
    const second = await decide(admin, { contactId: first.contact.id, decision: 'GRANTED' });
    expect(standing(second, 'ASKS')).toMatchObject({ isAllowed: true, decision: { decision: 'GRANTED' } });
    const { node } = await admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Contact { consentHistory { totalCount nodes { decision } } } } }',
      { id: first.contact.id },
    );
    expect(node.consentHistory).toEqual({ totalCount: 2, nodes: [{ decision: 'GRANTED' }, { decision: 'WITHDRAWN' }] });
  });

  test('sent twice with one key is recorded once', async () => {
    const { admin } = await world.program();
    const wish = { contact: { externalId: 'piet' }, idempotencyKey: 'once' };
    const { contact } = (await Promise.all([decide(admin, wish), decide(admin, wish)]))[0];
    const { node } = await admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Contact { consentHistory { totalCount } } } }',
      { id: contact.id },
    );
    expect(node.consentHistory.totalCount).toBe(1);
  });

  test('is opt-in where the program says so', async () => {
    const program = await world.program();
    const { contact } = await decide(program.admin, { contact: { externalId: 'piet' }, purpose: 'MESSAGES' });
    expect(await allows(program, contact.id, 'SURVEYS')).toBe(true);
    const { rules } = await program.admin.mutate(
      'consentPolicySet',
      { rules: [{ purpose: 'SURVEYS', basis: 'OPT_IN' }] },
      'ConsentPolicySet { rules { purpose basis } }',
    );
    expect(rules).toContainEqual({ purpose: 'SURVEYS', basis: 'OPT_IN' });
    expect(rules).toContainEqual({ purpose: 'ASKS', basis: 'OPT_OUT' });
    expect(await allows(program, contact.id, 'SURVEYS')).toBe(false);
    await decide(program.admin, { contactId: contact.id, purpose: 'SURVEYS', decision: 'GRANTED' });
    expect(await allows(program, contact.id, 'SURVEYS')).toBe(true);
  });

  test('is given and taken back by ambassadors for themselves, and for nobody else', async () => {
    const program = await world.program();
    const [anna, bob] = [await program.ambassador('Anna'), await program.ambassador('Bob')];
    const own = await decide(anna.client, {});
    expect(standing(own, 'ASKS')).toMatchObject({ isAllowed: false });
    expect(await decide(bob.client, { contactId: own.contact.id })).toMatchObject({ __typename: 'NotFound' });
    expect(await decide(bob.client, { contact: { externalId: anna.externalId } })).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('taken back, nothing is asked for after an answer', async () => {
    const { admin } = await world.program();
    const contact = { externalId: 'piet' };
    const selection = 'NpsResponseRecorded { ask { text } }';
    expect((await admin.mutate('npsResponseRecord', { contact, score: 9 }, selection)).ask).not.toBeNull();
    await decide(admin, { contact });
    world.clock.advance(60_000);
    expect((await admin.mutate('npsResponseRecord', { contact, score: 9 }, selection)).ask).toBeNull();
  });

  test('of somebody whose address is suppressed does not help, even when they are imported anew', async () => {
    const program = await world.program();
    const contact = { email: 'Piet@Example.com' };
    const { contact: piet } = await decide(program.admin, { contact, purpose: 'MESSAGES', decision: 'GRANTED' });
    await program.admin.mutate('contactErase', { contactId: piet.id, suppress: true });
    const { contact: again } = await decide(program.admin, { contact, purpose: 'MESSAGES', decision: 'GRANTED' });
    expect(again.id).not.toBe(piet.id);
    expect(await allows(program, again.id, 'MESSAGES')).toBe(false);
    expect(await allows(program, piet.id, 'MESSAGES')).toBe(false);
  });
});
