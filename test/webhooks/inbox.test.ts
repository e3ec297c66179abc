import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { WebhookDelivery } from '../../src/nps/webhooks/delivery.entity.js';
import { WebhookSource } from '../../src/nps/webhooks/source.entity.js';
import { rowId } from '../../src/platform/graphql/node.js';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';
import { delighted } from './payloads/delighted.js';
import { typeform } from './payloads/typeform.js';
import { Tool } from './tool.js';

const world = useWorld();

/** Lets one wait for another at a place. */
class Gate {
  reached = () => {};
  open = () => {};
  readonly isReached = new Promise<void>((resolve) => {
    this.reached = resolve;
  });
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

const minutes = (count: number) => count * 60_000;
const days = (count: number) => count * 86_400_000;
const answer = (more: object = {}) => ({ externalId: world.unique('c'), score: 9, ...more });
const update = (tool: Tool, input: object): Promise<Answer> =>
  tool.program.admin.mutate(
    'webhookSourceUpdate',
    { sourceId: tool.source.id, ...input },
    'WebhookSourceUpdated { source { name mapping disabledAt survey { key } } }',
  );
const retry = (tool: Tool, deliveryId: string): Promise<Answer> =>
  tool.program.admin.mutate('webhookDeliveryRetry', { deliveryId }, 'WebhookDeliveryRetried { delivery { status } }');
const run = (statement: ReturnType<typeof sql>) =>
  world.server.platform.database.transact((tx) => tx.execute(statement));

describe('a message', () => {
  test('that comes 64 times at once is kept once and recorded once', async () => {
    const tool = await Tool.open(world, 'TYPEFORM');
    const results = await atOnce(64, () => tool.send(typeform));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED', answers: 1 }]);
    expect(await tool.answers()).toHaveLength(1);
  });

  test('of which 64 at once name the same answer, each in another way, is recorded once', async () => {
    const tool = await Tool.open(world, 'TYPEFORM');
    const { readSome } = world.server.features.webhookReading;
    await atOnce(64, (index) => tool.send({ ...typeform, event_id: `event-${index}` }));
    await atOnce(4, () => readSome.call(world.server.features.webhookReading));
    expect((await tool.inbox()).map(({ status }) => status)).toEqual(Array(64).fill('RECORDED'));
    expect(await tool.answers()).toHaveLength(1);
    const { nps } = await tool.program.admin.ask('{ nps { responses } }');
    expect(nps).toEqual({ responses: 1 });
  });

  test('is answered once it is durable, and not before', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    const gate = new Gate();
    const messageKey = createHash('sha256').update('id\nmsg-1').digest('hex');
    // Somebody else is about to keep the same message, and dies before it is durable.
    const died = world.server.platform.database
      .transact(async (tx) => {
        const sealedBody = { sealed: '' };
        const source = { sourceId: rowId(WebhookSource, tool.source.id) ?? '', programId: tool.program.program.id };
        const row = {
          ...source,
          messageKey,
          sealedBody,
          status: 'RECEIVED',
          answers: 0,
          keyId: '',
          attempts: 0,
        } as const;
        await tx.insert(WebhookDelivery, { ...row, id: tx.newId(), receivedAt: tx.now });
        gate.reached();
        await gate.opened;
        throw new Error('died');
      })
      .catch((error) => error);
    await gate.isReached;
    let isAnswered = false;
    const sent = tool.send(answer(), { messageId: 'msg-1' }).finally(() => {
      isAnswered = true;
    });
    for (let times = 0; times < 10; times += 1) await fetch(`${world.server.url}/healthz`);
    expect(isAnswered).toBe(false);
    gate.open();
    expect(await died).toMatchObject({ message: 'died' });
    expect((await sent).status).toBe(200);
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED' }]);
  });

  test('whose reader died is read by another, and recorded once', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    await tool.send(answer());
    await tool.inbox();
    // As if its reader had recorded the answer, and died before it said so.
    const until = new Date(world.clock.now().getTime() + minutes(2));
    await run(sql`
      UPDATE webhook_delivery SET status = 'RECEIVED', settled_at = NULL, due_at = ${until}
      WHERE program_id = ${tool.program.program.id}`);
    await world.server.features.webhookReading.readSome();
    expect(await tool.messages()).toMatchObject([{ status: 'RECEIVED' }]);
    world.clock.advance(minutes(2));
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED', answers: 1 }]);
    expect(await tool.answers()).toHaveLength(1);
  });

  test('without a name is known again by its words', async () => {
    const tool = await Tool.open(world, 'HUBSPOT');
    const changes = [
      { propertyName: 'hs_feedback_last_nps_rating', propertyValue: '8', objectId: 1, occurredAt: 1_772_000_000_000 },
    ];
    await tool.send(changes);
    world.clock.advance(minutes(1));
    await tool.send(changes);
    expect(await tool.inbox()).toHaveLength(1);
  });

  test('is asked a next step about, as any answer is', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    await tool.program.admin.mutate(
      'challengeCreate',
      { kind: 'REVIEW', title: 'Review', rewardPoints: 10 },
      'ChallengeCreated { challenge { id } }',
    );
    await tool.send(answer());
    await tool.read();
    const rows = await world.server.platform.database.read((db) =>
      db.query(sql`SELECT id FROM ask WHERE program_id = ${tool.program.program.id}`),
    );
    expect(rows).toHaveLength(1);
  });

  test('brings the words of an answer that had none, and never another score', async () => {
    const tool = await Tool.open(world, 'DELIGHTED');
    const { event_data: said } = delighted;
    const event = (id: string, more: object) => ({ ...delighted, event_id: id, event_data: { ...said, ...more } });
    await tool.send(event('1', { comment: null }));
    await tool.read();
    expect(await tool.answers()).toMatchObject([{ score: 9, comment: null }]);
    await tool.send(event('2', {}));
    await tool.read();
    expect(await tool.answers()).toMatchObject([{ score: 9, comment: said.comment }]);
    await tool.send(event('3', { score: 2 }));
    expect(await tool.inbox()).toMatchObject([
      { status: 'REFUSED', reason: 'score is another than this answer had before' },
      { status: 'RECORDED' },
      { status: 'RECORDED' },
    ]);
    expect(await tool.answers()).toMatchObject([{ score: 9, comment: said.comment }]);
  });
});

describe('what cannot be recorded', () => {
  test('waits with a reason that says nothing of what was said, and is recorded once the mapping is mended', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    await tool.send({ who: 'ann@example.com', grade: '10 of 10' });
    const [refused] = await tool.inbox();
    expect(refused).toMatchObject({ status: 'REFUSED', reason: 'score is missing, or no number', answers: 0 });
    await update(tool, { mapping: '{"email": who, "score": $number($substringBefore(grade, " "))}' });
    expect(await retry(tool, refused.id)).toMatchObject({ delivery: { status: 'RECEIVED' } });
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED', answers: 1, reason: null }]);
    expect(await tool.answers()).toMatchObject([{ score: 10, contact: { email: 'ann@example.com' } }]);
    expect(await retry(tool, refused.id)).toMatchObject({ code: 'WEBHOOK_DELIVERY_NOT_REFUSED' });
  });

  test('keeps nothing else in its message from being recorded', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    await tool.send([answer(), { score: 3 }, answer({ score: 11 }), answer({ answeredAt: 'soon' })]);
    const [delivery] = await tool.inbox();
    expect(delivery).toMatchObject({ status: 'REFUSED', answers: 1 });
    expect(delivery.reason.split('\n')).toEqual([
      'Answer 2: externalId externalId or email is needed to know the contact by',
      'Answer 3: score must be from 0 to 10',
      expect.stringMatching(/^Answer 4: answeredAt /),
    ]);
  });

  test('is bounded in what else it says', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    const more = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`q${index}`, 'y'.repeat(2_000)]));
    await tool.send(answer({ ...more, nested: { a: 1 } }));
    await tool.read();
    const [recorded] = await tool.answers();
    expect(JSON.stringify(recorded.otherAnswers).length).toBeLessThan(21_000);
    expect(recorded.otherAnswers.q0).toBe('y'.repeat(1_000));
  });

  test('is forgotten after 30 days, with everything it said', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    await tool.send(answer());
    await tool.send({ score: 'nothing' });
    await tool.read();
    const { webhookDeliveries: deliveries } = world.server.features;
    await deliveries.forgetSome(new Date(world.clock.now().getTime() + days(30) - 1));
    expect(await tool.messages()).toHaveLength(2);
    await deliveries.forgetSome(new Date(world.clock.now().getTime() + days(30) + 1));
    expect(await tool.messages()).toEqual([]);
    expect(await tool.answers()).toHaveLength(1);
  });
});

describe('a source', () => {
  test('that is off is gone for who sends, and on again it is there', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    expect(await update(tool, { enabled: false })).toMatchObject({ source: { disabledAt: expect.any(String) } });
    expect((await tool.send(answer())).status).toBe(410);
    expect(await tool.messages()).toEqual([]);
    expect(await update(tool, { enabled: true, name: 'On' })).toMatchObject({ source: { disabledAt: null } });
    expect((await tool.send(answer())).status).toBe(200);
  });

  test('with a new secret takes the old one for as long as was asked for', async () => {
    const tool = await Tool.open(world, 'GENERIC');
    const rotate = async (input: object): Promise<Answer> =>
      (
        await tool.program.admin.mutate(
          'webhookSecretRotate',
          { sourceId: tool.source.id, ...input },
          'WebhookSecretRotated { secret }',
        )
      ).secret;
    const newer = tool.with(await rotate({}));
    const status = async (each: Tool) => (await each.send(answer())).status;
    expect([await status(tool), await status(newer)]).toEqual([200, 200]);
    world.clock.advance(days(1) + 1);
    expect([await status(tool), await status(newer)]).toEqual([401, 200]);
    const newest = tool.with(await rotate({ previousWorksHours: 0 }));
    expect([await status(newer), await status(newest)]).toEqual([401, 200]);
  });

  test('can sign with a plain HMAC of what it sends', async () => {
    const tool = await Tool.open(world, 'GENERIC', { secret: 'a secret of the tool itself' });
    const signed = (body: string) => ({
      'x-webhook-signature': `sha256=${createHmac('sha256', tool.secret).update(body).digest('hex')}`,
    });
    const body = JSON.stringify(answer());
    expect((await tool.send(body, { headers: signed(body) })).status).toBe(200);
    expect((await tool.send(body, { headers: signed(`${body} `) })).status).toBe(401);
  });

  test('writes to the survey that it is for, in its own program', async () => {
    const program = await world.program();
    await program.admin.mutate('surveyCreate', { key: 'enps', name: 'eNPS' }, 'SurveyCreated { survey { key } }');
    const tool = await Tool.of(world, program, 'GENERIC', { surveyKey: 'enps' });
    await tool.send(answer());
    await tool.read();
    const { enps, nps } = await program.admin.ask(
      '{ enps: nps(filter: { surveyKey: "enps" }) { responses } nps(filter: { surveyKey: "nps" }) { responses } }',
    );
    expect([enps.responses, nps.responses]).toEqual([1, 0]);
    const stranger = await world.program();
    expect(
      await stranger.admin.mutate(
        'webhookSourceUpdate',
        { sourceId: tool.source.id, name: 'Mine' },
        'WebhookSourceUpdated { source { name } }',
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
    const seen = await stranger.admin.ask('{ webhookSources { totalCount } webhookDeliveries { totalCount } }');
    expect(seen).toEqual({ webhookSources: { totalCount: 0 }, webhookDeliveries: { totalCount: 0 } });
  });

  test('is refused with what is wrong with it', async () => {
    const program = await world.program();
    const paths = async (input: object) =>
      (
        await program.admin.mutate('webhookSourceCreate', { name: 'A', ...input }, 'WebhookSourceCreated { secret }')
      ).issues?.map(({ path }: Answer) => path.join('.'));
    expect(await paths({ kind: 'GENERIC', mapping: '{"score": (' })).toEqual(['mapping']);
    expect(await paths({ kind: 'FORMBRICKS', secret: 'not of that form at all' })).toEqual(['secret']);
    expect(await paths({ kind: 'SURVEYMONKEY', secret: 'without-an-ampersand' })).toEqual(['secret']);
    expect(await paths({ kind: 'TYPEFORM', apiToken: 'a' })).toEqual(['apiToken']);
    expect(await paths({ kind: 'TYPEFORM' })).toBeUndefined();
    expect(await paths({ kind: 'TYPEFORM' })).toEqual(['name']);
    expect(
      await program.admin.mutate(
        'webhookSourceCreate',
        { kind: 'TYPEFORM', name: 'B', surveyKey: 'none' },
        'WebhookSourceCreated { secret }',
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('leaves neither secrets nor messages to be read in the database', async () => {
    const tool = await Tool.open(world, 'SURVEYMONKEY', { secret: 'client-77&secret-88-long', apiToken: 'token-99' });
    const other = await Tool.of(world, tool.program, 'GENERIC');
    await other.send({ email: 'someone@example.com', why: 'Unmistakable' });
    await other.read();
    const { database } = world.server.platform;
    for (const table of ['webhook_source', 'webhook_secret', 'webhook_delivery']) {
      const rows = JSON.stringify(await database.read((db) => db.query({ sql: `SELECT * FROM ${table}`, values: [] })));
      for (const secret of ['secret-88', 'token-99', other.secret.slice(6), 'someone@', 'Unmistakable']) {
        expect(rows).not.toContain(secret);
      }
    }
  });
});
