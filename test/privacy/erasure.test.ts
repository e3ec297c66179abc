import { describe, expect, test } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { entities } from '../../src/app/entities.js';
import { rowId } from '../../src/platform/graphql/node.js';
import { ReferralClick } from '../../src/referrals/referral.entity.js';
import { belongings } from '../identity/belongings.js';
import type { Answer } from '../support/client.js';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { everywhere, tracesOf } from './traces.js';

const world = useWorld();
const erased = 'ContactErased { erasure { id status ground erasedAt completedAt } }';

async function contactOf({ admin }: TestProgram, { id }: TestAmbassador): Promise<string> {
  const { node } = await admin.ask('query ($id: ID!) { node(id: $id) { ... on Ambassador { contact { id } } } }', {
    id,
  });
  return node.contact.id;
}

async function erase(program: TestProgram, person: TestAmbassador, input: object = {}): Promise<Answer> {
  return program.admin.mutate('contactErase', { contactId: await contactOf(program, person), ...input }, erased);
}

/** All that the server does by itself until a while later. */
async function later(): Promise<void> {
  const { features } = world.server;
  await features.outbox.drain();
  await features.countFolding.foldSome();
  await features.jobWorker.drain();
  world.clock.advance(120_000);
  await features.jobWorker.drain();
  await features.countFolding.foldSome();
}

/** What can be counted in a program. */
async function totalsOf({ admin }: TestProgram): Promise<Answer> {
  const answers = await admin.ask(`{
    nps { score responses promoters passives detractors byAttribute(name: "market") { groups { value score responses } } }
    leaderboard(key: "all-time", first: 100) { nodes { position points } }
    submissions(first: 1) { totalCount } referrals(first: 1) { totalCount } redemptions(first: 1) { totalCount }
    polls(first: 10) { nodes { voters options { votes } } }
    challenges(first: 50) { nodes { submissions(first: 50) { nodes { votes } totalCount } } } }`);
  const { database } = world.server.platform;
  const sums = await database.read((db) =>
    db.query(sql`SELECT COUNT(*) AS accounts, SUM(available) AS available, SUM(pending) AS pending,
      SUM(lifetime) AS lifetime FROM points_balance`),
  );
  const counts: Answer = {};
  for (const table of [
    'points_entry',
    'earned_badge',
    'submission_vote',
    'referral',
    'nps_response',
    'redemption',
    'seat',
  ]) {
    counts[table] = await database.read((db) => db.query(sql`SELECT COUNT(*) AS n FROM ${raw(table)}`));
  }
  return { answers, sums, counts };
}

describe('contactErase', () => {
  test('leaves no trace of a person who did everything, and changes no total', async () => {
    const program = await world.program();
    const mark = `zq${world.unique('').replaceAll('-', '')}`;
    const [person] = [await everywhere(world, program, mark)];
    await belongings(world, program, person);
    for (let index = 0; index < 6; index++) {
      const contact = { externalId: world.unique('nl'), attributes: { market: 'NL' } };
      await program.admin.mutate('npsResponseRecord', { contact, score: 8 });
    }
    const contact = { externalId: person.externalId, attributes: { market: 'NL' } };
    await program.admin.mutate('npsResponseRecord', { contact, score: 3, comment: mark });
    await later();
    const traces = await tracesOf(world, mark);
    expect(traces).toEqual(expect.arrayContaining(['contact.email', 'submission.proof', 'points_transfer.reason']));
    expect(traces.length).toBeGreaterThan(20);
    const before = await totalsOf(program);
    const { erasure } = await erase(program, person, { ground: 'PERSON_ASKED' });
    expect(erasure).toMatchObject({ status: 'RUNNING', ground: 'PERSON_ASKED' });
    expect(await totalsOf(program)).toEqual(before);
    await later();
    expect(await tracesOf(world, mark)).toEqual([]);
    expect(await totalsOf(program)).toEqual(before);
    const { erasures } = await program.admin.ask('{ erasures { nodes { status completedAt } } }');
    expect(erasures.nodes).toMatchObject([{ status: 'DONE' }]);
    await expectInvariants(world.server.platform.database);
  });

  test('lets nobody sign in as the person, shows neutral words, and lists them no more', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 10);
    await erase(program, anna);
    const { me } = await anna.client.ask('{ me { id } }');
    expect(me).toBeNull();
    const { ambassadors, leaderboard } = await program.admin.ask(
      '{ ambassadors { totalCount } leaderboard(key: "all-time") { nodes { points ambassador { displayName contact { email attributes } } } } }',
    );
    expect(ambassadors.totalCount).toBe(0);
    const nobody = { displayName: 'Former ambassador', contact: { email: null, attributes: {} } };
    expect(leaderboard.nodes).toEqual([{ points: 10, ambassador: nobody }]);
  });

  test('done twice is done once, and whoever comes back is somebody new', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { email: 'anna@example.com' });
    const contactId = await contactOf(program, anna);
    const twice = [1, 2].map(() => program.admin.mutate('contactErase', { contactId }, erased));
    const [first, second] = await Promise.all(twice);
    expect(second.erasure.id).toBe(first.erasure.id);
    const again = await program.ambassador('Anna', { externalId: anna.externalId, email: 'anna@example.com' });
    expect(again.id).not.toBe(anna.id);
    expect(await contactOf(program, again)).not.toBe(contactId);
  });

  test('keeps the attribute that puts somebody on a board, as long as the board would change without it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { attributes: { market: 'NL', size: 'S' } });
    const attribute = { name: 'market', value: 'NL' };
    await program.admin.mutate('leaderboardCreate', { key: 'nl', name: 'NL', window: 'ALL_TIME', attribute });
    await program.give(anna, 25);
    await erase(program, anna);
    await later();
    const { leaderboard } = await program.admin.ask(
      '{ leaderboard(key: "nl") { nodes { points ambassador { contact { attributes } } } } }',
    );
    expect(leaderboard.nodes).toEqual([{ points: 25, ambassador: { contact: { attributes: { market: 'NL' } } } }]);
  });

  test('goes on by a job where there is much', async () => {
    const program = await world.program();
    const mark = `many${world.unique('').replaceAll('-', '')}`;
    const anna = await program.ambassador('Anna');
    const told = { ambassadorId: anna.id, gate: 'SHARES', people: 2, text: mark };
    await program.moderator.mutate('superpromoterNominate', told);
    const [programId, ambassadorId] = [program.program.id, rowId({ name: 'Ambassador' }, anna.id) ?? ''];
    // What was noted by staff comes after the clicks, and so is not reached at once.
    await world.server.platform.database.transact((tx) =>
      tx.insert(
        ReferralClick,
        Array.from({ length: 450 }, () => ({ id: tx.newId(), programId, ambassadorId, clickedAt: tx.now })),
      ),
    );
    await erase(program, anna);
    await later();
    expect(await tracesOf(world, mark)).toEqual([]);
    const { jobs, erasures } = await program.admin.ask(
      '{ jobs(name: "privacy.erase") { nodes { status progress { done } } } erasures { nodes { status } } }',
    );
    expect(jobs.nodes[0].status).toBe('DONE');
    expect(jobs.nodes[0].progress.done).toBeGreaterThan(450);
    expect(erasures.nodes).toEqual([{ status: 'DONE' }]);
  });

  test('while the person answers, comes before or after each answer, and loses none', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { attributes: { market: 'NL' } });
    const contactId = await contactOf(program, anna);
    const answer = (minute: number) =>
      program.admin.mutate('npsResponseRecord', {
        contact: { externalId: anna.externalId, attributes: { market: minute % 2 ? 'BE' : 'NL' } },
        ...{ score: 9, comment: 'I like it', respondedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString() },
      });
    await atOnce(8, async (index) => {
      if (index === 4) return program.admin.mutate('contactErase', { contactId }, erased);
      return answer(index);
    });
    await later();
    const { nps, node } = await program.admin.ask(
      'query ($id: ID!) { nps { responses } node(id: $id) { ... on Contact { externalId attributes } } }',
      { id: contactId },
    );
    expect(nps.responses).toBe(7);
    expect(node).toEqual({ externalId: null, attributes: {} });
    await expectInvariants(world.server.platform.database);
  });

  test('of another program finds nobody', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const contactId = await contactOf(here, await here.ambassador('Anna'));
    expect(await there.admin.mutate('contactErase', { contactId }, erased)).toMatchObject({ __typename: 'NotFound' });
  });

  test('can be asked for by an ambassador, once, and is then carried out by an admin', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const wish = () =>
      anna.client.mutate('meErasureRequest', {}, 'MeErasureRequested { erasure { id status ground } }');
    const [first, second] = [await wish(), await wish()];
    expect(first.erasure).toMatchObject({ status: 'REQUESTED', ground: 'PERSON_ASKED' });
    expect(second).toEqual(first);
    const { erasure } = await erase(program, anna);
    expect(erasure).toMatchObject({ id: first.erasure.id, status: 'RUNNING', ground: 'PERSON_ASKED' });
  });
});

describe('Every table', () => {
  test('is decided on: what erasing a person does to it, or that it concerns nobody', () => {
    const { decisions } = world.server.features.personalData;
    const names = entities.map((entity) => world.server.platform.database.dataSource.getMetadata(entity).tableName);
    expect(names.filter((name) => !decisions.has(name))).toEqual([]);
    expect([...decisions.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  test('that concerns nobody refers to nobody', () => {
    const { decisions } = world.server.features.personalData;
    const people = ['contact_id', 'ambassador_id', 'friend_id', 'referrer_id', 'submission_id', 'response_id', 'email'];
    const suspicious = entities
      .map((entity) => world.server.platform.database.dataSource.getMetadata(entity))
      .filter(({ tableName }) => decisions.get(tableName) === 'nobody')
      .filter(({ columns }) => columns.some(({ databaseName }) => people.includes(databaseName)));
    expect(suspicious.map(({ tableName }) => tableName)).toEqual([]);
  });

  test('that is kept as numbers holds no words of anybody', () => {
    const { decisions } = world.server.features.personalData;
    const wordy = entities
      .map((entity) => world.server.platform.database.dataSource.getMetadata(entity))
      .filter(({ tableName }) => decisions.get(tableName) === 'kept')
      .flatMap(({ tableName, columns }) =>
        columns
          .filter(({ type, length }) => type === 'text' || type === 'json' || length === '255')
          .map(({ databaseName }) => `${tableName}.${databaseName}`),
      );
    // The code of a voucher, sealed: it was made by the program.
    expect(wordy).toEqual(['friend_voucher.sealed_code']);
  });
});
