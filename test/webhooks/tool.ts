import { createHmac } from 'node:crypto';
import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { toGlobalId } from '../../src/platform/ids.js';
import type { Answer } from '../support/client.js';
import { eventually, type TestProgram, type World } from '../support/world.js';

export type Kind = 'TYPEFORM' | 'SURVEYMONKEY' | 'DELIGHTED' | 'FORMBRICKS' | 'HUBSPOT' | 'GOOGLE_FORMS' | 'GENERIC';

interface Signed {
  readonly body: string;
  readonly secret: string;
  readonly url: string;
  readonly now: Date;
  readonly messageId: string;
}

const hmac = (algorithm: string, secret: string, text: string, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, secret).update(text, 'utf8').digest(encoding);

function standardHeaders({ body, secret, now, messageId }: Signed): Record<string, string> {
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(messageId, now, body),
  };
}

/** How each tool says that a message is its own, by its documentation. */
const signatures: Readonly<Record<Kind, (message: Signed) => Record<string, string>>> = {
  TYPEFORM: ({ body, secret }) => ({ 'typeform-signature': `sha256=${hmac('sha256', secret, body, 'base64')}` }),
  SURVEYMONKEY: ({ body, secret }) => ({
    'sm-apikey': secret.replace(/&.*/, ''),
    'sm-signature': hmac('sha1', secret, body, 'base64'),
  }),
  DELIGHTED: ({ body, secret }) => ({
    'x-delighted-webhook-signature': `sha256=${hmac('sha256', secret, body, 'hex')}`,
  }),
  HUBSPOT: ({ body, secret, url, now }) => ({
    'x-hubspot-request-timestamp': String(now.getTime()),
    'x-hubspot-signature-v3': hmac('sha256', secret, `POST${url}${body}${now.getTime()}`, 'base64'),
  }),
  FORMBRICKS: standardHeaders,
  GOOGLE_FORMS: standardHeaders,
  GENERIC: standardHeaders,
};

export interface Sent {
  readonly status: number;
  readonly body: Answer;
}

/** A tool that sends signed messages to the address that it was given. */
export class Tool {
  private constructor(
    private readonly world: World,
    readonly program: TestProgram,
    readonly kind: Kind,
    readonly source: { readonly id: string; readonly url: string },
    readonly secret: string,
  ) {}

  static async open(world: World, kind: Kind, settings: object = {}): Promise<Tool> {
    return Tool.of(world, await world.program(), kind, settings);
  }

  static async of(world: World, program: TestProgram, kind: Kind, settings: object = {}): Promise<Tool> {
    const made = await program.admin.mutate(
      'webhookSourceCreate',
      { kind, name: world.unique('tool'), ...settings },
      'WebhookSourceCreated { source { id url } secret }',
    );
    return new Tool(world, program, kind, made.source, made.secret);
  }

  /** The same tool with another secret. */
  with(secret: string): Tool {
    return new Tool(this.world, this.program, this.kind, this.source, secret);
  }

  /** Sends a message; `headers` takes the place of those that it would sign with. */
  async send(
    payload: unknown,
    {
      now = this.world.clock.now(),
      messageId = this.world.unique('msg'),
      headers,
      tail = '',
    }: { now?: Date; messageId?: string; headers?: Record<string, string>; tail?: string } = {},
  ): Promise<Sent> {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const { url } = this.source;
    const signed = { body, secret: this.secret, url, now, messageId };
    const response = await fetch(this.world.server.url + new URL(url).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(headers ?? signatures[this.kind](signed)) },
      body: body + tail,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** What the program's inbox holds, newest first, once all of it has been read. */
  async inbox(): Promise<Answer[]> {
    await this.read();
    return this.messages();
  }

  /** Lets everything that waits be read. */
  async read(): Promise<void> {
    const { webhookReading } = this.world.server.features;
    await eventually(async () => {
      await webhookReading.readSome();
      const waiting = (await this.messages()).filter(({ status }) => status === 'RECEIVED');
      if (waiting.length > 0) throw new Error('A message still waits');
    });
  }

  /** The same as it is now. */
  async messages(): Promise<Answer[]> {
    const { webhookDeliveries } = await this.program.admin.ask(
      '{ webhookDeliveries(first: 100) { nodes { id status reason answers settledAt source { id } } } }',
    );
    return webhookDeliveries.nodes;
  }

  /** The answers of the program, as its events name them, oldest first. */
  async answers(): Promise<Answer[]> {
    const { database } = this.world.server.platform;
    const rows = await database.read((db) =>
      db.query<{ id: string }>(
        sql`SELECT id FROM nps_response WHERE program_id = ${this.program.program.id} ORDER BY id`,
      ),
    );
    const ids = rows.map(({ id }) => toGlobalId('NpsResponse', id));
    const { nodes } = await this.program.admin.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on NpsResponse {
        score comment respondedAt band otherAnswers contact { externalId email displayName attributes } } } }`,
      { ids },
    );
    return nodes;
  }
}
