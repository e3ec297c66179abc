import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const created = 'SurveyLinkCreated { link { channel language expiresAt } url token }';

describe('A survey link', () => {
  test('says nothing of whom it is for, and ends in 30 days unless told otherwise', async () => {
    const { admin } = await world.program();
    const contact = { externalId: 'piet', email: 'piet@example.com' };
    const made = await admin.mutate('surveyLinkCreate', { contact, language: 'nl' }, created);
    expect(made).toMatchObject({
      link: { channel: 'LINK', language: 'nl', expiresAt: '2026-04-01T09:00:00.000Z' },
      url: expect.stringMatching(/\/s\/[\w-]{43}$/),
    });
    expect(made.url.endsWith(made.token)).toBe(true);
    expect(Buffer.from(made.token, 'base64url').toString()).not.toContain('piet');
  });

  test('of one idempotency key is one link', async () => {
    const { admin } = await world.program();
    const input = { contact: { externalId: 'piet' }, idempotencyKey: 'one' };
    const made = await atOnce(4, () => admin.mutate('surveyLinkCreate', input, created));
    expect(new Set(made.map(({ token }) => token)).size).toBe(1);
  });

  test('of an unknown survey, for nobody, of the past or for ever is refused', async () => {
    const { admin } = await world.program();
    const contact = { externalId: 'piet' };
    const refusals = await Promise.all(
      [
        { surveyKey: 'none', contact },
        {},
        { contact, expiresAt: '2026-03-02T09:00:00Z' },
        { contact, expiresAt: '2028-03-02T09:00:00Z' },
        { contact, language: 'Dutch, please' },
      ].map((input) => admin.mutate('surveyLinkCreate', input)),
    );
    expect(refusals).toMatchObject([
      { __typename: 'NotFound' },
      { issues: [{ path: ['contact'] }] },
      { issues: [{ path: ['expiresAt'] }] },
      { issues: [{ path: ['expiresAt'] }] },
      { issues: [{ path: ['language'] }] },
    ]);
  });

  test('is known by its token alone, and by no other that looks like it', async () => {
    const { admin } = await world.program();
    const { token } = await admin.mutate('surveyLinkCreate', { contact: { externalId: 'piet' } }, created);
    const { features, platform } = world.server;
    const find = (given: string) => platform.database.read((db) => features.surveyLinks.find(db, given));
    expect(await find(token)).toMatchObject({ isUsed: false });
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await find(changed.toString('base64url'))).toBeUndefined();
    }
    for (const forged of ['', token.slice(1), `${token}A`, 'x'.repeat(5_000)])
      expect(await find(forged)).toBeUndefined();
  });

  test('that many use at once is used by one, and by nobody after its end', async () => {
    const { admin } = await world.program();
    const { features, platform } = world.server;
    const make = async () => {
      const { token } = await admin.mutate('surveyLinkCreate', { contact: { externalId: 'piet' } }, created);
      const link = await platform.database.read((db) => features.surveyLinks.find(db, token));
      if (!link) throw new Error('There is no link');
      return link;
    };
    const [link, late] = [await make(), await make()];
    const answers = await atOnce(6, (score) =>
      admin.mutate('surveyAnswer', { token: features.surveyLinks.issued(link.id).token, score }),
    );
    expect(answers.filter(({ __typename }) => __typename === 'SurveyAnswered')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'SURVEY_LINK_REFUSED')).toHaveLength(5);
    await platform.database.transact((tx) =>
      tx.execute(sql`UPDATE survey_link SET expires_at = ${tx.now} WHERE id = ${late.id}`),
    );
    expect(await platform.database.transact((tx) => features.surveyLinks.use(tx, late, null))).toBe(false);
  });
});
