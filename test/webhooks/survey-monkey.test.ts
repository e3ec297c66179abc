import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World } from '../support/world.js';
import { surveyMonkey, surveyMonkeyDetails } from './payloads/survey-monkey.js';
import { Tool } from './tool.js';

/** SurveyMonkey's API, as far as it is asked. */
class FakeSurveyMonkey {
  readonly requests: { readonly url: string | undefined; readonly token: string | undefined }[] = [];
  answer: (response: ServerResponse) => void = (response) => response.end(JSON.stringify(surveyMonkeyDetails));
  private readonly server = createServer((request: IncomingMessage, response) => {
    this.requests.push({ url: request.url, token: request.headers.authorization });
    response.setHeader('content-type', 'application/json');
    this.answer(response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const fake = new FakeSurveyMonkey();
let world: World;
beforeAll(async () => {
  world = new World({ APPLAUS_SURVEYMONKEY_URL: await fake.start() });
  await world.start();
});
afterAll(async () => {
  await world.stop();
  fake.stop();
});
const secret = 'the-client-id&the-client-secret';
const open = (settings: object = { apiToken: 'the-token' }) =>
  Tool.open(world, 'SURVEYMONKEY', { secret, ...settings });
const ok = fake.answer;
const status = (code: number) => (response: ServerResponse) => response.writeHead(code).end('{}');

describe('a message of SurveyMonkey', () => {
  test('names a response, whose answers are fetched and recorded once', async () => {
    fake.answer = ok;
    const tool = await open();
    expect((await tool.send(surveyMonkey)).status).toBe(200);
    await tool.send(surveyMonkey);
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED', answers: 1 }]);
    expect(await tool.answers()).toMatchObject([
      {
        score: 9,
        comment: 'They always pick up the phone',
        respondedAt: '2015-12-28T21:59:38.000Z',
        otherAnswers: { 'What do you use us for?': 'Bicycles' },
        contact: { externalId: 'c-77', email: 'sam@example.com', attributes: { custvar_1: 'one' } },
      },
    ]);
    expect(fake.requests.at(-1)).toEqual({
      url: '/v3/surveys/123456789/responses/123456/details?simple=true',
      token: 'bearer the-token',
    });
  });

  test('is not believed when it was changed or signed by somebody else', async () => {
    const tool = await open();
    const sent = [
      await tool.send(surveyMonkey, { tail: ' ' }),
      await tool.with('the-client-id&another-secret').send(surveyMonkey),
      await tool.send(surveyMonkey, { headers: {} }),
    ];
    expect(sent.map((each) => each.status)).toEqual([401, 401, 401]);
    expect(await tool.messages()).toEqual([]);
  });

  test('waits while the answers cannot be had, and is read again by itself', async () => {
    const tool = await open();
    fake.answer = status(503);
    await tool.send(surveyMonkey);
    await world.server.features.webhookReading.readSome();
    expect(await tool.messages()).toMatchObject([{ status: 'RECEIVED' }]);
    fake.answer = ok;
    world.clock.advance(10 * 60_000);
    expect(await tool.inbox()).toMatchObject([{ status: 'RECORDED' }]);
  });

  test('is refused where SurveyMonkey does not give them, or there is no token, until that is mended', async () => {
    fake.answer = status(403);
    const tool = await open({});
    const read = async () => (await tool.inbox())[0];
    await tool.send(surveyMonkey);
    const { id, reason } = await read();
    expect(reason).toBe('The source has no access token to fetch its answers with');
    const { admin } = tool.program;
    const again = () =>
      admin.mutate('webhookDeliveryRetry', { deliveryId: id }, 'WebhookDeliveryRetried { delivery { id } }');
    await admin.mutate(
      'webhookSourceUpdate',
      { sourceId: tool.source.id, apiToken: 'the-token' },
      'WebhookSourceUpdated { source { hasApiToken } }',
    );
    await again();
    expect((await read()).reason).toBe('SurveyMonkey does not give the answers: it answers 403');
    fake.answer = ok;
    await again();
    expect(await read()).toMatchObject({ status: 'RECORDED' });
  });

  test('about anything but a finished response is left, without asking', async () => {
    const tool = await open();
    const before = fake.requests.length;
    await tool.send({ ...surveyMonkey, event_type: 'response_created' });
    await tool.send({ ...surveyMonkey, event_id: '2', object_id: '1/../../users/me' });
    expect(await tool.inbox()).toMatchObject([{ status: 'IGNORED' }, { status: 'IGNORED' }]);
    expect(fake.requests).toHaveLength(before);
  });
});
