import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from '../support/client.js';
import { databaseSettings, dropDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { Mailbox } from '../support/mailbox.js';
import { startProcess } from '../support/server-process.js';
import { atOnce, eventually, jwtSecret, World } from '../support/world.js';
import { createWave, day, person, sendAll, waveNow } from './waves.js';

// A process starts, on a machine that may have other work.
jest.setTimeout(120_000);
const database = `mail-crash-${process.env.JEST_WORKER_ID ?? '1'}`;
const mailbox = new Mailbox();
let settings: Record<string, string>;

beforeAll(async () => {
  await dropDatabase(database);
  settings = {
    SMTP_URL: await mailbox.start(),
    APPLAUS_MAIL_FROM: 'ask@fonteyn.example',
    APPLAUS_SECRET_KEYS: `tests:${Buffer.alloc(32, 7).toString('base64')}`,
  };
});
afterAll(async () => {
  await mailbox.stop();
  await dropDatabase(database);
});

describe('A process that dies while it sends', () => {
  test('leaves a mail that nobody sends again, though its person is reminded', async () => {
    const planning = new World(settings, { database });
    planning.clock.set(new Date(Date.now() - 3_600_000));
    await planning.start();
    const program = await planning.program();
    const { id, email } = await person(planning, program);
    const scheduledAt = new Date(planning.clock.now().getTime() + 60_000).toISOString();
    const wish = { contactIds: [id], reminderAfterDays: 2, remindersMax: 1, linkDays: 10, scheduledAt };
    const { wave } = await createWave(planning, program.admin, wish);
    await program.admin.mutate('invitationWavePause', { waveId: wave.id });
    planning.clock.advance(60_000);
    await sendAll(planning);
    const { slug } = program.program;
    const token = await planning.server.features.tokens.sign({ sub: 'alice', role: 'ADMIN', program: slug }, 86_400);
    await planning.stop();
    expect(mailbox.to(email)).toEqual([]);

    // The mail is with the provider, and the process that sent it has not heard so.
    const died = new Promise<void>((resolve) => {
      mailbox.beforeAccepting = async () => {
        sender.child.kill('SIGKILL');
        await sender.ended;
        resolve();
      };
    });
    const sender = startProcess({
      ...databaseSettings(database),
      ...settings,
      APPLAUS_JWT_SECRET: jwtSecret,
    });
    await new Client(await sender.url, token).mutate('invitationWaveResume', { waveId: wave.id });
    await died;
    mailbox.beforeAccepting = async () => {};

    const after = new World(settings, { database });
    after.clock.set(new Date(Date.now() + 3_600_000));
    await after.start();
    const analyst = await after.client(slug, 'ANALYST', 'ana');
    await eventually(async () => {
      await sendAll(after);
      expect((await waveNow(analyst, wave.id)).progress).toMatchObject({ uncertain: 1, sent: 0 });
    });
    expect(mailbox.to(email)).toHaveLength(1);
    after.clock.advance(3 * day);
    await sendAll(after);
    expect(mailbox.to(email).map(({ mail }) => mail.subject)).toEqual([
      expect.stringContaining('One question'),
      expect.stringContaining('Did you see'),
    ]);
    await expectInvariants(after.server.platform.database);
    await after.stop();
  });
});

describe('A mail', () => {
  test('goes out once, however many look for what is due at once', async () => {
    const world = new World(settings, { database });
    await world.start();
    const program = await world.program();
    const people = await atOnce(12, () => person(world, program));
    const { wave } = await createWave(world, program.admin, { contactIds: people.map(({ id }) => id) });
    await world.server.features.jobWorker.drain();
    await atOnce(8, () => sendAll(world));
    for (const { email } of people) expect(mailbox.to(email)).toHaveLength(1);
    expect((await waveNow(program.analyst, wave.id)).progress.sent).toBe(12);
    await expectInvariants(world.server.platform.database);
    await world.stop();
  });

  test('is written to nobody by a server without a provider, which says so', async () => {
    const world = new World({}, { database });
    await world.start();
    const program = await world.program();
    const { id } = await person(world, program);
    const refused = await createWave(world, program.admin, { contactIds: [id] });
    expect(refused).toMatchObject({
      code: 'MAIL_NOT_CONFIGURED',
      message: 'The server sends no mail. Set SMTP_URL and APPLAUS_MAIL_FROM.',
    });
    expect((await createWave(world, program.admin, { contactIds: [id], channel: 'LINK' })).wave.status).toBe(
      'SCHEDULED',
    );
    await world.stop();
  });
});
