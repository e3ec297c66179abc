import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { NpsResponse } from '../../src/nps/response.entity.js';
import { ReferralClick } from '../../src/referrals/referral.entity.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const day = 86_400_000;

function keep({ admin }: TestProgram, kind: string, months: number | null): Promise<Answer> {
  return admin.mutate('retentionSet', { rules: [{ kind, months }] }, 'RetentionSet { rules { kind months } }');
}

async function forget(): Promise<void> {
  while ((await world.server.features.retentions.forgetSome()) > 0);
}

async function preview({ admin }: TestProgram, kind: string): Promise<number> {
  return (await admin.ask(`{ retentionPreview(kind: ${kind}, months: 1) { count } }`)).retentionPreview.count;
}

/** What the answers of a program say; they all go on being counted. */
async function comments({ admin, program }: TestProgram): Promise<(string | null)[]> {
  const { nps } = await admin.ask('{ nps { responses } }');
  const ofProgram = sql`WHERE program_id = ${program.id} ORDER BY id`;
  const answers = await world.server.platform.database.read((db) => db.select(NpsResponse, ofProgram));
  expect(nps.responses).toBe(answers.length);
  return answers.map(({ comment }) => comment);
}

describe('Retention', () => {
  test('forgets nothing unless the program says so, and then only what is old enough', async () => {
    const program = await world.program();
    const answer = (externalId: string) =>
      program.admin.mutate('npsResponseRecord', { contact: { externalId }, score: 9, comment: externalId });
    await answer('old');
    world.clock.advance(40 * day);
    await answer('new');
    await forget();
    expect(await comments(program)).toEqual(['old', 'new']);
    expect(await preview(program, 'ANSWER_WORDS')).toBe(1);
    const { rules } = await keep(program, 'ANSWER_WORDS', 1);
    expect(rules).toContainEqual({ kind: 'ANSWER_WORDS', months: 1 });
    expect(rules).toContainEqual({ kind: 'CLICKS', months: null });
    await forget();
    expect(await comments(program)).toEqual([null, 'new']);
    expect(await preview(program, 'ANSWER_WORDS')).toBe(0);
    world.clock.advance(40 * day);
    await keep(program, 'ANSWER_WORDS', null);
    await forget();
    expect(await comments(program)).toEqual([null, 'new']);
  });

  test('of clicks keeps their number and their day', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { me } = await anna.client.ask('{ me { referralLink { url } } }');
    await fetch(me.referralLink.url.replace(/^.*\/r\//, `${new URL(world.server.url).origin}/r/`), {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    });
    const asked = '{ me { referralLink { clicks } } }';
    expect((await anna.client.ask(asked)).me.referralLink.clicks).toBe(1);
    await keep(program, 'CLICKS', 1);
    world.clock.advance(40 * day);
    await forget();
    expect((await anna.client.ask(asked)).me.referralLink.clicks).toBe(1);
    const ofProgram = sql`WHERE program_id = ${program.program.id}`;
    const clicks = await world.server.platform.database.read((db) => db.select(ReferralClick, ofProgram));
    expect(clicks.map(({ token, clickedAt }) => [token, clickedAt.getTime() % 900_000])).toEqual([[null, 0]]);
  });

  test('of friends erases who never bought and is not known otherwise', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { me } = await anna.client.ask('{ me { referralLink { code } } }');
    for (const externalId of ['waits', 'answers', 'buys']) {
      await program.admin.mutate('referralRegister', { code: me.referralLink.code, friend: { externalId } });
    }
    await program.admin.mutate('referralConvert', { friend: { externalId: 'buys' }, orderId: world.unique('order') });
    await program.admin.mutate('npsResponseRecord', { contact: { externalId: 'answers' }, score: 9 });
    await keep(program, 'UNCONVERTED_FRIENDS', 1);
    world.clock.advance(40 * day);
    expect(await preview(program, 'UNCONVERTED_FRIENDS')).toBe(1);
    await forget();
    const { referrals } = await program.admin.ask('{ referrals { totalCount nodes { friend { externalId } } } }');
    expect(referrals.totalCount).toBe(3);
    const names = referrals.nodes.map(({ friend }: Answer) => friend.externalId);
    expect(new Set(names)).toEqual(new Set(['answers', 'buys', null]));
  });

  test('takes whole months from 1 to 120', async () => {
    const { admin } = await world.program();
    const rules = [{ kind: 'CLICKS', months: 0 }];
    const { issues } = await admin.mutate('retentionSet', { rules }, 'InputInvalid { issues { path message } }');
    expect(issues).toMatchObject([{ path: ['rules', '0', 'months'], message: 'must be from 1 to 120' }]);
  });
});
