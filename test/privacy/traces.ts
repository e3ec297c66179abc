import sql, { raw } from 'sql-template-tag';
import { entities } from '../../src/app/entities.js';
import { proofs, submit } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
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
  await did(admin, 'pointsAdjust', {
    ...{ ambassadorId: person.id, amountPoints: 500, reason: `For ${mark}`, idempotencyKey: world.unique('adjust') },
  });
  await did(admin, 'pointsUnitSet', { key: 'points', giftsAllowed: true });
  for (const [from, to] of [[person, other] as const, [other, person] as const]) {
    await program.give(from, 50);
    const input = { recipientId: to.id, amountPoints: 10, message: `${mark}!`, idempotencyKey: world.unique('gift') };
    await did(from.client, 'pointsTransfer', input);
  }
  await did(admin, 'consentRecord', {
    ...{
      contact: { externalId: contact.externalId },
      purpose: 'SURVEYS',
      decision: 'GRANTED',
      source: `${mark}'s card`,
    },
  });
  await did(person.client, 'consentRecord', { purpose: 'MESSAGES', decision: 'WITHDRAWN' });
  return person;
}

/** Does something that must not be refused: else nothing of it would be left to find. */
async function did(client: Client, mutation: string, input: object, selection?: string): Promise<Answer> {
  const answer = await client.mutate(mutation, input, selection);
  if (answer.code) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Answers with words. */
async function speak({ admin }: TestProgram, { externalId }: TestAmbassador, mark: string): Promise<void> {
  await did(admin, 'followUpQuestionSet', {
    ...{ surveyKey: 'nps', key: 'why', text: 'Why?' },
  });
  const followUps = [{ key: 'why', text: `Because ${mark}` }];
  await did(admin, 'npsResponseRecord', { contact: { externalId }, score: 9, comment: `I am ${mark}`, followUps });
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
    const { challenge } = await did(admin, 'challengeCreate', settings, 'ChallengeCreated { challenge { id } }');
    const { submission } = await submit(person, challenge.id, { proof });
    const about = { submissionId: submission.id };
    if (kind === 'CUSTOM') await did(moderator, 'submissionReject', { ...about, reason: `No, ${mark}` });
    else if (kind === 'IDEA') {
      await did(moderator, 'submissionRequestChanges', { ...about, reason: `More, ${mark}` });
      await did(person.client, 'submissionResubmit', { ...about, proof });
    } else await did(moderator, 'submissionApprove', about);
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
  await did(admin, 'referralConvert', { code: me.referralLink.code, friend, orderId });
  await did(admin, 'referralReverse', { orderId, reason: `Because of ${mark}` });
  await did(person.client, 'referralNominate', { friend: { email: 'f@example.com' }, friendName: `${mark}'s aunt` });
  await did(other.client, 'referralNominate', { friend: { email: `${mark}@example.com` }, friendName: mark });
  await did(admin, 'referralClaim', { friend: { externalId: world.unique('claims') }, referrerName: mark });
  const selection = 'RewardCreated { reward { id } }';
  const { reward } = await did(admin, 'rewardCreate', { kind: 'PHYSICAL', name: 'A mug', costPoints: 1 }, selection);
  await did(admin, 'pointsAdjust', {
    ...{ ambassadorId: person.id, amountPoints: 10, reason: 'A start', idempotencyKey: world.unique('adjust') },
  });
  const deliverTo = { name: mark, street: `${mark} street 1`, city: 'Vlissingen', country: 'NL' };
  for (const key of ['one', 'two']) {
    const input = { rewardId: reward.id, deliverTo, idempotencyKey: `${mark} ${key}` };
    const bought = await did(person.client, 'rewardRedeem', input, 'RewardRedeemed { redemption { id } }');
    if (key === 'two') {
      await did(admin, 'redemptionCancel', { redemptionId: bought.redemption.id, reason: `${mark} moved` });
    }
  }
  await did(moderator, 'superpromoterNominate', {
    ...{ ambassadorId: person.id, gate: 'SHARES', people: 2, text: `${mark} told two` },
  });
}
