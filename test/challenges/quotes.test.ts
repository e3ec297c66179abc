import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

async function quotesOf(program: TestProgram, page = ''): Promise<Answer> {
  const website = world.anonymous().with({ 'x-applaus-program': program.program.slug });
  return (
    await website.ask(`{ publishedQuotes${page} { totalCount nodes { id text attribution publishedAt }
    pageInfo { endCursor hasNextPage } } }`)
  ).publishedQuotes;
}

async function annaSays(texts: readonly string[]) {
  const program = await world.program();
  const challenge = await createChallenge(program, { kind: 'QUOTE', maxPerAmbassador: null });
  const anna = await program.ambassador('Anna');
  const ids: string[] = [];
  for (const text of texts) {
    const quote = { text, attribution: 'Anna, Amsterdam', consentToPublish: true };
    ids.push((await submit(anna, challenge.id, { proof: { quote } })).submission.id);
  }
  const approve = (submissionId: string | undefined) => program.moderator.mutate('submissionApprove', { submissionId });
  return { program, anna, challenge, ids, approve };
}

describe('publishedQuotes', () => {
  test('shows everybody what was approved, newest first, page by page', async () => {
    const { program, ids, approve } = await annaSays(['They care.', 'They listen.', 'They wait.', 'They win.']);
    for (const id of [ids[0], ids[1], ids[3]]) await approve(id);
    const other = await annaSays(['Somebody else’s']);
    await other.approve(other.ids[0]);
    const publishedAt = world.clock.now().toISOString();
    const first = await quotesOf(program, '(first: 2)');
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ id: ids[3], text: 'They win.', attribution: 'Anna, Amsterdam', publishedAt }, { text: 'They listen.' }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await quotesOf(program, `(first: 2, after: "${first.pageInfo.endCursor}")`);
    expect(rest.nodes).toMatchObject([{ text: 'They care.' }]);
  });

  test('shows nothing that leads to the ambassador', async () => {
    const { program, ids, approve } = await annaSays(['They care.']);
    await approve(ids[0]);
    const website = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    const { publishedQuotes } = await website.ask('{ publishedQuotes { nodes { id } } }');
    const { node } = await website.ask('query ($id: ID!) { node(id: $id) { id } }', publishedQuotes.nodes[0]);
    expect(node).toBeNull();
  });

  test('of a program that nobody names are nobody’s', async () => {
    await world.program();
    expect(await world.anonymous().refusal('{ publishedQuotes { totalCount } }')).toBe('UNAUTHENTICATED');
  });
});

describe('quoteConsentRevoke', () => {
  const revoked = 'QuoteConsentRevoked { submission { status consentRevokedAt } }';

  test('takes the quote off the website and out of sight, and leaves the points', async () => {
    const { program, anna, ids, approve } = await annaSays(['They care.', 'They listen.']);
    for (const id of ids) await approve(id);
    const ben = await program.ambassador('Ben');
    const now = world.clock.now().toISOString();
    const result = await anna.client.mutate('quoteConsentRevoke', { submissionId: ids[0] }, revoked);
    expect(result.submission).toEqual({ status: 'APPROVED', consentRevokedAt: now });
    world.clock.advance(1_000);
    const again = await anna.client.mutate('quoteConsentRevoke', { submissionId: ids[0] }, revoked);
    expect(again.submission.consentRevokedAt).toBe(now);
    expect((await quotesOf(program)).nodes).toMatchObject([{ text: 'They listen.' }]);
    expect((await ben.client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: ids[0] })).node).toBeNull();
    expect((await anna.client.ask('{ me { points { available } } }')).me.points.available).toBe(100);
  });

  test('before the approval keeps it from being published', async () => {
    const { program, anna, ids, approve } = await annaSays(['They care.']);
    await anna.client.mutate('quoteConsentRevoke', { submissionId: ids[0] });
    expect((await approve(ids[0])).__typename).toBe('SubmissionApproved');
    expect((await quotesOf(program)).totalCount).toBe(0);
  });

  test('is for who said it, and for staff who are asked to; of quotes alone', async () => {
    const { program, anna, ids } = await annaSays(['They care.', 'They listen.']);
    const ben = await program.ambassador('Ben');
    expect((await ben.client.mutate('quoteConsentRevoke', { submissionId: ids[0] })).code).toBe('NOT_FOUND');
    expect((await program.moderator.mutate('quoteConsentRevoke', { submissionId: ids[1] })).__typename).toBe(
      'QuoteConsentRevoked',
    );
    const idea = await submit(anna, (await createChallenge(program)).id);
    const refused = await anna.client.mutate('quoteConsentRevoke', { submissionId: idea.submission.id });
    expect(refused.issues).toMatchObject([{ path: ['submissionId'] }]);
  });
});
