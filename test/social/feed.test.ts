import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxDelivery, OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import type { Answer } from '../support/client.js';
import { countReads } from '../support/statements.js';
import { eventually, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { deedOf, feedOf, share } from './social.js';

const world = useWorld();
const dayMilliseconds = 86_400_000;

async function withTwo(): Promise<{ program: TestProgram; anna: TestAmbassador; ben: TestAmbassador }> {
  const program = await world.program();
  const [anna, ben] = [await program.ambassador('Anna'), await program.ambassador('Ben')];
  return { program, anna, ben };
}

function stopSharing({ client }: TestAmbassador): Promise<Answer> {
  return client.mutate(
    'activitySharingSet',
    { shares: false },
    'ActivitySharingChanged { ambassador { sharesActivity } }',
  );
}

/** Waits until everybody has heard of everything. */
async function heard(): Promise<void> {
  await eventually(async () => {
    const waiting = await world.server.platform.database.read((db) => db.count(OutboxDelivery, sql``));
    expect(waiting).toBe(0);
  });
}

describe('The activity feed', () => {
  test('tells what those did who share it, the latest first, since they share it', async () => {
    const { program, anna, ben } = await withTwo();
    await deedOf(program, anna);
    await heard();
    expect(await feedOf(ben.client, 0)).toEqual([]);
    await share(anna);
    await feedOf(ben.client, 1);
    world.clock.advance(1_000);
    const challengeId = await deedOf(program, anna);
    await deedOf(program, ben);
    const nodes = await feedOf(ben.client, 2, 'kind happenedAt ambassador { displayName } subject { id __typename }');
    expect(nodes).toMatchObject([
      { kind: 'CHALLENGE_APPROVED', subject: { __typename: 'Challenge', id: challengeId } },
      { kind: 'JOINED', subject: null },
    ]);
    expect(nodes.map(({ ambassador }) => ambassador.displayName)).toEqual(['Anna', 'Anna']);
    expect(nodes[0].happenedAt).toBe(world.clock.now().toISOString());
  });

  test('tells of ideas, badges, levels and friends, and never who a friend is', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna);
    const rule = { lifetimePoints: 300 };
    await program.admin.mutate('badgeCreate', { code: 'known', name: 'Known', description: '', rule });
    await program.admin.mutate('badgeCreate', { code: 'odd', name: 'Odd', description: '', rule, isSecret: true });
    await deedOf(program, anna, { kind: 'IDEA', votable: true });
    await program.give(anna, 300);
    await program.admin.mutate('referralTermsSet', { holdDays: 0 });
    const { me } = await anna.client.ask('{ me { referralLink { code } } }');
    const friend = { externalId: world.unique('friend'), displayName: 'Fred Friend' };
    const order = { code: me.referralLink.code, friend, orderId: world.unique('order') };
    await program.admin.mutate('referralConvert', order);
    const selection = `kind level { rank name } subject { __typename
      ... on Badge { name } ... on Submission { ambassador { displayName } } }`;
    const nodes = await feedOf(ben.client, 6, selection);
    const ofKind = (kind: string) => nodes.filter((node) => node.kind === kind);
    expect(ofKind('IDEA_POSTED')).toMatchObject([
      { subject: { __typename: 'Submission', ambassador: { displayName: 'Anna' } } },
    ]);
    expect(ofKind('LEVEL_REACHED')).toMatchObject([{ level: { rank: 2, name: 'Ambassador' }, subject: null }]);
    const won = ofKind('BADGE_WON').map(({ subject }) => subject?.name ?? null);
    expect(won.sort()).toEqual(['Known', null]);
    expect(ofKind('REFERRAL_REWARDED')).toMatchObject([{ subject: null, level: null }]);
    const own = await feedOf(anna.client, 6, selection);
    expect(own.filter(({ kind }) => kind === 'BADGE_WON').map(({ subject }) => subject.name)).toContain('Odd');
    const whole = 'kind subject { id ... on Node { __typename } } ambassador { displayName }';
    for (const { client } of [anna, ben]) {
      expect(JSON.stringify(await feedOf(client, 6, whole))).not.toMatch(/Fred|Referral"/);
    }
    await program.admin.mutate('referralReverse', { orderId: order.orderId, reason: 'It was sent back' });
    expect((await feedOf(ben.client, 5)).map(({ kind }) => kind)).not.toContain('REFERRAL_REWARDED');
  });

  test('shows nothing of who stops sharing, at once, and none of it again', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna, ben);
    await deedOf(program, anna);
    const [item] = (await feedOf(ben.client, 3)).filter(({ kind }) => kind === 'CHALLENGE_APPROVED');
    expect((await stopSharing(anna)).ambassador.sharesActivity).toBe(false);
    expect(await feedOf(program.admin, 1)).toHaveLength(1);
    const asked = await ben.client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: item.id });
    expect(asked.node).toBeNull();
    await stopSharing(anna);
    world.clock.advance(1_000);
    await share(anna);
    const again = await feedOf(ben.client, 2, 'kind ambassador { displayName }');
    expect(again.map(({ kind }) => kind)).toEqual(['JOINED', 'JOINED']);
  });

  test('has each item once, however often its event is delivered', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna);
    await feedOf(ben.client, 1);
    await heard();
    await world.server.platform.database.transact(async (tx) => {
      const rows = await tx.select(OutboxEvent, sql`WHERE program_id = ${program.program.id}`);
      const began = rows.filter(({ type }) => type === 'activitySharing.began');
      expect(began).toHaveLength(1);
      const deliveries = began.map(({ id }) => ({
        ...{ eventId: id, consumer: 'activity', attempts: 1, dueAt: tx.now },
        lastError: null,
      }));
      await tx.insert(OutboxDelivery, deliveries);
    });
    await world.server.features.outbox.drain();
    await heard();
    expect(await feedOf(ben.client, 1)).toHaveLength(1);
  });

  test('goes on from a cursor whatever is added meanwhile, by kinds and of one ambassador', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna, ben);
    for (let count = 0; count < 3; count++) {
      world.clock.advance(1_000);
      await deedOf(program, anna);
    }
    const all = await feedOf(ben.client, 5);
    const page = `query ($after: String, $kinds: [ActivityKind!], $ambassadorId: ID) {
      activityFeed(first: 2, after: $after, kinds: $kinds, ambassadorId: $ambassadorId) {
        totalCount nodes { id } pageInfo { endCursor hasNextPage } } }`;
    const first = (await ben.client.ask(page)).activityFeed;
    world.clock.advance(1_000);
    await deedOf(program, ben);
    await feedOf(ben.client, 6);
    const second = (await ben.client.ask(page, { after: first.pageInfo.endCursor })).activityFeed;
    const seen = [...first.nodes, ...second.nodes].map(({ id }) => id);
    expect(seen).toEqual(all.slice(0, 4).map(({ id }) => id));
    const joined = (await ben.client.ask(page, { kinds: ['JOINED'] })).activityFeed;
    expect(joined.totalCount).toBe(2);
    const ofAnna = (await ben.client.ask(page, { ambassadorId: anna.id })).activityFeed;
    expect(ofAnna).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    expect(await ben.client.refusal(page, { kinds: [] })).toBe('BAD_USER_INPUT');
  });

  test('takes as many statements for twenty items as for two', async () => {
    const { program, anna, ben } = await withTwo();
    const others = await Promise.all(Array.from({ length: 9 }, (_, index) => program.ambassador(`Other ${index}`)));
    const whole = `{ activityFeed(first: 50) { nodes { kind level { name } kudosCount viewerKudos { id }
      ambassador { displayName kudosCount sharesActivity } subject { __typename ... on Challenge { title } } } } }`;
    const count = () => countReads(world.server.platform.database, () => ben.client.ask(whole));
    await share(anna);
    await deedOf(program, anna);
    await feedOf(ben.client, 2);
    const few = await count();
    await share(...others);
    for (const other of others) await deedOf(program, other);
    await feedOf(ben.client, 20);
    expect(await count()).toBe(few);
  });

  test('is empty while the program has turned it off, and notes nothing meanwhile', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna);
    await feedOf(ben.client, 1);
    const set = (feedOn: boolean) =>
      program.admin.mutate('socialTermsSet', { feedOn }, 'SocialTermsReplaced { terms { feedOn keptDays } }');
    expect((await set(false)).terms).toEqual({ feedOn: false, keptDays: 90 });
    await deedOf(program, anna);
    await heard();
    expect(await feedOf(ben.client, 0)).toEqual([]);
    await set(true);
    expect((await feedOf(ben.client, 1)).map(({ kind }) => kind)).toEqual(['JOINED']);
  });

  test('forgets what is older than the program keeps it', async () => {
    const { program: keepsWeek, anna } = await withTwo();
    const { program: keepsDefault, anna: annaElsewhere } = await withTwo();
    await keepsWeek.admin.mutate('socialTermsSet', { keptDays: 7 });
    await share(anna, annaElsewhere);
    await feedOf(anna.client, 1);
    await feedOf(annaElsewhere.client, 1);
    const forget = world.server.features.periodic.find(({ name }) => name === 'activities.forget');
    const passDays = async (days: number) => {
      world.clock.advance(days * dayMilliseconds);
      while (((await forget?.doSome()) ?? 0) > 0);
    };
    await passDays(7);
    expect(await feedOf(anna.client, 1)).toHaveLength(1);
    await passDays(1);
    expect(await feedOf(anna.client, 0)).toEqual([]);
    expect(await feedOf(annaElsewhere.client, 1)).toHaveLength(1);
    await passDays(83);
    expect(await feedOf(annaElsewhere.client, 0)).toEqual([]);
    expect((await keepsDefault.admin.ask('{ program { socialTerms { keptDays } } }')).program).toEqual({
      socialTerms: { keptDays: 90 },
    });
  });

  test('loses what a moderator hides, until it is restored', async () => {
    const { program, anna, ben } = await withTwo();
    await share(anna);
    const [item] = await feedOf(ben.client, 1);
    const input = { activityId: item.id };
    const hidden = await program.moderator.mutate('activityHide', input, 'ActivityHidden { activity { hiddenAt } }');
    expect(hidden.activity.hiddenAt).toBe(world.clock.now().toISOString());
    await program.moderator.mutate('activityHide', input);
    expect(await feedOf(ben.client, 0)).toEqual([]);
    expect(await feedOf(anna.client, 0)).toEqual([]);
    const ofHidden = '{ activityFeed(hidden: true) { nodes { id } } }';
    expect((await program.moderator.ask(ofHidden)).activityFeed.nodes).toEqual([{ id: item.id }]);
    expect(await ben.client.refusal(ofHidden)).toBe('FORBIDDEN');
    await program.moderator.mutate('activityRestore', input, 'ActivityRestored { activity { hiddenAt } }');
    expect(await feedOf(ben.client, 1)).toHaveLength(1);
  });
});
