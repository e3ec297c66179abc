import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { deedOf, feedOf, share } from './social.js';

const world = useWorld();
const dayMilliseconds = 86_400_000;

async function withThree() {
  const program = await world.program();
  const [anna, ben, chris] = [
    await program.ambassador('Anna'),
    await program.ambassador('Ben'),
    await program.ambassador('Chris'),
  ];
  return { program, anna, ben, chris };
}

function give(from: TestAmbassador, to: TestAmbassador, input: object = {}): Promise<Answer> {
  return from.client.mutate(
    'kudosGive',
    { toAmbassadorId: to.id, idempotencyKey: world.unique('kudos'), ...input },
    'KudosGiven { kudos { id message givenAt from { displayName } to { displayName } activity { id } } } ... on KudosRefused { reason }',
  );
}

function withdraw(client: Client, kudosId: string): Promise<Answer> {
  return client.mutate('kudosWithdraw', { kudosId }, 'KudosWithdrawn { kudos { id message withdrawnAt } }');
}

async function kudosOf(client: Client, { id }: TestAmbassador): Promise<Answer> {
  const { node } = await client.ask(
    'query ($id: ID!) { node(id: $id) { ... on Ambassador { kudosCount kudos { totalCount nodes { message from { displayName } } } } } }',
    { id },
  );
  expect(node.kudos.totalCount).toBe(node.kudosCount);
  return node.kudos.nodes;
}

async function pointsOf({ client }: TestAmbassador): Promise<Answer> {
  const { me } = await client.ask('{ me { points { available lifetime } } }');
  return me.points;
}

function terms(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('socialTermsSet', input, 'SocialTermsReplaced { terms { kudosPoints } }');
}

describe('Kudos', () => {
  test('praise another ambassador with some words, and bring no points', async () => {
    const { anna, ben } = await withThree();
    const key = { idempotencyKey: world.unique('kudos'), message: ' Thank you for the tour! 🎉 ' };
    const given = await give(anna, ben, key);
    expect(given.kudos).toMatchObject({
      message: 'Thank you for the tour! 🎉',
      givenAt: world.clock.now().toISOString(),
      from: { displayName: 'Anna' },
      to: { displayName: 'Ben' },
      activity: null,
    });
    expect((await give(anna, ben, key)).kudos.id).toBe(given.kudos.id);
    expect((await give(anna, ben, { ...key, message: 'Else' })).code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await kudosOf(ben.client, ben)).toHaveLength(1);
    expect(await pointsOf(ben)).toEqual({ available: 0, lifetime: 0 });
  });

  test('are not for oneself, for nobody of another program, and not longer than 280 characters', async () => {
    const { anna, ben } = await withThree();
    const stranger = await (await world.program()).ambassador('Stranger');
    expect((await give(anna, anna)).reason).toBe('ONESELF');
    expect((await give(anna, stranger)).code).toBe('NOT_FOUND');
    expect((await give(anna, ben, { message: 'x'.repeat(281) })).issues).toMatchObject([{ path: ['message'] }]);
    expect((await give(anna, ben, { message: 'x'.repeat(280) })).kudos.message).toHaveLength(280);
  });

  test('are given for a deed once, also when it is tried many times at once', async () => {
    const { program, anna, ben, chris } = await withThree();
    await share(ben);
    await deedOf(program, ben);
    const [deed] = await feedOf(anna.client, 2);
    const answers = await atOnce(6, () => give(anna, ben, { activityId: deed.id }));
    expect(answers.filter(({ kudos }) => kudos)).toHaveLength(1);
    expect(new Set(answers.map(({ reason }) => reason ?? 'GIVEN'))).toEqual(new Set(['GIVEN', 'GIVEN_BEFORE']));
    await give(chris, ben, { activityId: deed.id });
    const selection = 'kudosCount kudos(first: 1) { totalCount nodes { id } } viewerKudos { id }';
    const [seen] = await feedOf(ben.client, 2, selection);
    expect(seen).toMatchObject({ kudosCount: 2, kudos: { totalCount: 2, nodes: [{}] }, viewerKudos: null });
    const [own] = await feedOf(anna.client, 2, selection);
    const { kudos } = answers.find((answer) => answer.kudos) ?? {};
    expect(own.viewerKudos).toEqual({ id: kudos.id });
    await withdraw(anna.client, kudos.id);
    expect((await feedOf(anna.client, 2, selection))[0].viewerKudos).toBeNull();
    expect((await give(anna, ben, { activityId: deed.id })).reason).toBe('GIVEN_BEFORE');
  });

  test('are for a deed of who gets them, that is in the feed, and not for kudos', async () => {
    const { anna, ben, chris } = await withThree();
    await share(anna, ben);
    const items = await feedOf(chris.client, 2, 'ambassador { displayName }');
    const ofAnna = items.find(({ ambassador }) => ambassador.displayName === 'Anna');
    expect((await give(chris, ben, { activityId: ofAnna.id })).issues).toMatchObject([{ path: ['activityId'] }]);
    await give(anna, ben, { message: 'Well done' });
    const selection = 'kind ambassador { displayName } subject { ... on Kudos { message to { displayName } } }';
    const praise = (await feedOf(chris.client, 3, selection)).find(({ kind }) => kind === 'KUDOS_GIVEN');
    expect(praise).toMatchObject({
      ambassador: { displayName: 'Anna' },
      subject: { message: 'Well done', to: { displayName: 'Ben' } },
    });
    expect((await give(chris, anna, { activityId: praise.id })).issues).toMatchObject([{ path: ['activityId'] }]);
    await anna.client.mutate('activitySharingSet', { shares: false });
    expect((await give(chris, anna, { activityId: ofAnna.id })).code).toBe('NOT_FOUND');
  });

  test('end at the limit of the day, also when many are given at once, and begin anew on the next', async () => {
    const { program, anna, ben, chris } = await withThree();
    await terms(program, { kudosPerDayMax: 3 });
    const answers = await atOnce(8, (index) => give(anna, index % 2 ? ben : chris));
    const given = answers.filter(({ kudos }) => kudos);
    expect(given).toHaveLength(3);
    await withdraw(anna.client, given[0].kudos.id);
    expect((await give(anna, ben)).reason).toBe('LIMIT_REACHED');
    expect((await give(ben, anna)).kudos).toBeDefined();
    world.clock.advance(dayMilliseconds);
    expect((await give(anna, ben)).kudos).toBeDefined();
    await terms(program, { kudosPerDayMax: 0 });
    expect((await give(anna, ben)).reason).toBe('NOT_OFFERED');
  });

  test('are seen by both ends and staff, and by others if both ends share', async () => {
    const { program, anna, ben, chris } = await withThree();
    const { kudos } = await give(anna, ben, { message: 'Between us' });
    const seen = async () => {
      const clients = { anna: anna.client, ben: ben.client, chris: chris.client, staff: program.analyst };
      const found = [];
      for (const [name, client] of Object.entries(clients)) {
        const [listed] = await kudosOf(client, ben);
        const { node } = await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: kudos.id });
        expect(node !== null).toBe(listed !== undefined);
        if (listed) found.push(name);
      }
      return found;
    };
    expect(await seen()).toEqual(['anna', 'ben', 'staff']);
    await share(ben);
    expect(await seen()).toEqual(['anna', 'ben', 'staff']);
    await share(anna);
    expect(await seen()).toEqual(['anna', 'ben', 'chris', 'staff']);
    await ben.client.mutate('activitySharingSet', { shares: false });
    expect(await seen()).toEqual(['anna', 'ben', 'staff']);
  });

  test('pay what the program says, up to the limit of a day, and once', async () => {
    const { program, anna, ben, chris } = await withThree();
    expect((await terms(program, { kudosPoints: 200 })).issues).toMatchObject([{ path: ['kudosPointsPerDayMax'] }]);
    await terms(program, { kudosPoints: 5, kudosPointsPerDayMax: 14 });
    await atOnce(8, (index) => give(index % 2 ? anna : chris, ben));
    expect(await pointsOf(ben)).toEqual({ available: 10, lifetime: 10 });
    world.clock.advance(dayMilliseconds);
    const key = { idempotencyKey: world.unique('kudos') };
    await atOnce(4, () => give(anna, ben, key));
    expect(await pointsOf(ben)).toEqual({ available: 15, lifetime: 15 });
    expect(await pointsOf(anna)).toEqual({ available: 0, lifetime: 0 });
  });

  test('that are withdrawn lose their words, their points and their place, once', async () => {
    const { program, anna, ben, chris } = await withThree();
    await terms(program, { kudosPoints: 5 });
    await share(anna, ben);
    const { kudos } = await give(anna, ben, { message: 'Well done' });
    await feedOf(chris.client, 3);
    expect((await withdraw(ben.client, kudos.id)).code).toBe('NOT_FOUND');
    const answers = await atOnce(3, () => withdraw(anna.client, kudos.id));
    for (const answer of answers) {
      expect(answer.kudos).toEqual({ id: kudos.id, message: null, withdrawnAt: world.clock.now().toISOString() });
    }
    expect(await pointsOf(ben)).toEqual({ available: 0, lifetime: 0 });
    expect(await kudosOf(chris.client, ben)).toEqual([]);
    expect((await feedOf(chris.client, 2)).map(({ kind }) => kind)).toEqual(['JOINED', 'JOINED']);
    const rude = await give(anna, ben, { message: 'Rude words' });
    expect((await withdraw(program.moderator, rude.kudos.id)).kudos.message).toBeNull();
    expect(await kudosOf(ben.client, ben)).toEqual([]);
  });

  test('that somebody reports wait for a moderator, who removes them or lets them stay', async () => {
    const { program, anna, ben, chris } = await withThree();
    const { kudos: rude } = await give(anna, ben, { message: 'Rude words' });
    const { kudos: kind } = await give(chris, ben, { message: 'Kind words' });
    const report = (from: TestAmbassador, kudosId: string) =>
      from.client.mutate('kudosReport', { kudosId }, 'KudosReported { kudos { reportCount } }');
    const waiting = async () => {
      const { reportedKudos } = await program.moderator.ask('{ reportedKudos { nodes { message reportCount } } }');
      return reportedKudos.nodes;
    };
    expect((await report(chris, rude.id)).code).toBe('NOT_FOUND');
    const answers = await atOnce(3, () => report(ben, rude.id));
    expect(answers.map(({ kudos }) => kudos)).toEqual(Array(3).fill({ reportCount: null }));
    await report(ben, kind.id);
    expect(await waiting()).toEqual([
      { message: 'Kind words', reportCount: 1 },
      { message: 'Rude words', reportCount: 1 },
    ]);
    const told = await world.server.platform.database.read((db) =>
      db.count(OutboxEvent, sql`WHERE program_id = ${program.program.id} AND type = 'kudos.reported'`),
    );
    expect(told).toBe(2);
    await withdraw(program.moderator, rude.id);
    const input = { kudosId: kind.id };
    const dismissed = await program.moderator.mutate(
      'kudosReportsDismiss',
      input,
      'KudosReportsDismissed { kudos { message reportCount } }',
    );
    expect(dismissed.kudos).toEqual({ message: 'Kind words', reportCount: 0 });
    expect(await waiting()).toEqual([]);
    expect(await kudosOf(ben.client, ben)).toMatchObject([{ message: 'Kind words' }]);
  });

  test('are told to whoever follows, by ids alone', async () => {
    const { program, anna, ben } = await withThree();
    await give(anna, ben, { message: 'Secret words' });
    const rows = await world.server.platform.database.read((db) =>
      db.select(OutboxEvent, sql`WHERE program_id = ${program.program.id} AND type = 'kudos.given'`),
    );
    expect(rows.map(({ payload }) => Object.keys(payload).sort())).toEqual([
      ['activityId', 'fromId', 'kudosId', 'toId'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('Secret words');
  });
});
