import sql, { raw } from 'sql-template-tag';
import { entities } from '../../src/app/entities.js';
import { proofs, submit } from '../support/challenges.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

/** Where in the database a text occurs, in whatever case: by table and column. */
export async function tracesOf(world: World, text: string): Promise<readonly string[]> {
  const { database } = world.server.platform;
  const found: string[] = [];
  for (const entity of entities) {
    const { tableName, columns } = database.dataSource.getMetadata(entity);
    for (const { databaseName } of columns) {
      const rows = await database.read((db) =>
        db.query(sql`SELECT 1 FROM ${raw(tableName)} WHERE LOWER(${raw(databaseName)}) LIKE ${`%${text.toLowerCase()}%`}
          LIMIT 1`),
      );
      if (rows.length > 0) found.push(`${tableName}.${databaseName}`);
    }
  }
  return found;
}

/** Somebody whose every word holds the same mark: with it, whatever is left of them is found. */
export async function everywhere(world: World, program: TestProgram, mark: string): Promise<TestAmbassador> {
  const { admin } = program;
  const email = `${mark}@example.com`;
  const contact = { externalId: `${mark}-id`, email, displayName: `Mrs ${mark}`, attributes: { number: mark } };
  const [person, other] = [await program.ambassador(mark, contact), await program.ambassador('Other')];
  await speak(program, person, mark);
  await sendIn(program, person, mark);
  await shareOut(world, program, person, { other, mark });
  await admin.mutate('pointsAdjust', {
    ...{ ambassadorId: person.id, amountPoints: 500, reason: `For ${mark}`, idempotencyKey: world.unique('adjust') },
  });
  for (const [from, to] of [[person, other] as const, [other, person] as const]) {
    await program.give(from, 50);
    const input = { recipientId: to.id, amountPoints: 10, message: `${mark}!`, idempotencyKey: world.unique('gift') };
    await from.client.mutate('pointsTransfer', input);
  }
  await admin.mutate('consentRecord', {
    ...{
      contact: { externalId: contact.externalId },
      purpose: 'SURVEYS',
      decision: 'GRANTED',
      source: `${mark}'s card`,
    },
  });
  await person.client.mutate('consentRecord', { purpose: 'MESSAGES', decision: 'WITHDRAWN' });
  return person;
}

/** Answers with words. */
async function speak({ admin }: TestProgram, { externalId }: TestAmbassador, mark: string): Promise<void> {
  await admin.mutate('followUpQuestionSet', {
    ...{ surveyKey: 'default', key: 'why', kind: 'TEXT', text: 'Why?', isAsked: true },
  });
  const followUps = [{ key: 'why', text: `Because ${mark}` }];
  await admin.mutate('npsResponseRecord', { contact: { externalId }, score: 9, comment: `I am ${mark}`, followUps });
}

/** Sends in proofs of every kind, of which one is returned and one refused. */
async function sendIn(program: TestProgram, person: TestAmbassador, mark: string): Promise<void> {
  const { admin, moderator } = program;
  const url = `https://www.trustpilot.com/reviews/${mark}`;
  const wanted = {
    REVIEW: { review: { ...proofs.review.review, url, text: `By ${mark}` } },
    QUOTE: { quote: { text: `Says ${mark}`, attribution: mark, consentToPublish: true } },
    BLOG_POST: { link: { url: `https://${mark}.example/`, note: `Of ${mark}` } },
    IDEA: { answer: { text: `${mark} wants a bell` } },
    CUSTOM: { answer: { text: `${mark} did it` } },
  };
  for (const [kind, proof] of Object.entries(wanted)) {
    const settings = { kind, title: kind, rewardPoints: 5, pendingDays: 0 };
    const { challenge } = await admin.mutate('challengeCreate', settings, 'ChallengeCreated { challenge { id } }');
    const { submission } = await submit(person, challenge.id, { proof });
    const about = { submissionId: submission.id };
    if (kind === 'CUSTOM') await moderator.mutate('submissionReject', { ...about, reason: `No, ${mark}` });
    else if (kind === 'IDEA') {
      await moderator.mutate('submissionRequestChanges', { ...about, reason: `More, ${mark}` });
      await person.client.mutate('submissionResubmit', { ...about, proof });
    } else await moderator.mutate('submissionApprove', about);
  }
}

interface Sharing {
  readonly other: TestAmbassador;
  readonly mark: string;
}

/** Brings and names friends, is named by others, buys, and is noted by staff. */
async function shareOut(
  world: World,
  { admin, moderator }: TestProgram,
  person: TestAmbassador,
  { other, mark }: Sharing,
): Promise<void> {
  const { me } = await person.client.ask('{ me { referralLink { code } } }');
  const friend = { externalId: world.unique('friend') };
  const orderId = world.unique('order');
  await admin.mutate('referralConvert', { code: me.referralLink.code, friend, orderId });
  await admin.mutate('referralReverse', { orderId, reason: `Because of ${mark}` });
  await person.client.mutate('referralNominate', { friend: { email: 'f@example.com' }, friendName: `${mark}'s aunt` });
  await other.client.mutate('referralNominate', { friend: { email: `${mark}@example.com` }, friendName: mark });
  await admin.mutate('referralClaim', { friend: { externalId: world.unique('claims') }, referrerName: mark });
  const selection = 'RewardCreated { reward { id } }';
  const { reward } = await admin.mutate('rewardCreate', { kind: 'PHYSICAL', name: 'A mug', costPoints: 1 }, selection);
  await admin.mutate('pointsAdjust', {
    ...{ ambassadorId: person.id, amountPoints: 10, reason: 'A start', idempotencyKey: world.unique('adjust') },
  });
  const deliverTo = { name: mark, street: `${mark} street 1`, city: 'Vlissingen', country: 'NL' };
  for (const key of ['one', 'two']) {
    const input = { rewardId: reward.id, deliverTo, idempotencyKey: `${mark} ${key}` };
    const bought = await person.client.mutate('rewardRedeem', input, 'RewardRedeemed { redemption { id } }');
    if (key === 'two') {
      await admin.mutate('redemptionCancel', { redemptionId: bought.redemption.id, reason: `${mark} moved` });
    }
  }
  await moderator.mutate('superpromoterNominate', {
    ...{ ambassadorId: person.id, gate: 'SHARES', people: 2, text: `${mark} told two` },
  });
}
