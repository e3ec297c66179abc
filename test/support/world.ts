import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from '@jest/globals';
import { type Logger, pino } from 'pino';
import { type RunningServer, startServer } from '../../src/app/server.js';
import type { TokenRole } from '../../src/identity/tokens.js';
import { SettableClock } from '../../src/platform/clock.js';
import { readConfig } from '../../src/platform/config.js';
import type { Program } from '../../src/programs/program.entity.js';
import { type Answer, Client } from './client.js';
import { databaseSettings, emptyDatabase, ensureDatabase } from './databases.js';
import { expectInvariants } from './invariants.js';

/** Where every test begins: a Monday morning. */
export const monday = new Date('2026-03-02T09:00:00.000Z');

/** An ambassador of a test, and its own client. */
export interface TestAmbassador {
  readonly id: string;
  readonly externalId: string;
  readonly client: Client;
}

/** One program of its own for one test: nothing of another test can be seen from it. */
export class TestProgram {
  readonly admin: Client;
  readonly moderator: Client;
  readonly analyst: Client;
  private constructor(
    private readonly world: World,
    readonly program: Program,
    tokens: Readonly<Record<'ADMIN' | 'MODERATOR' | 'ANALYST', Client>>,
  ) {
    this.admin = tokens.ADMIN;
    this.moderator = tokens.MODERATOR;
    this.analyst = tokens.ANALYST;
  }

  static async create(world: World, settings: { readonly timeZone?: string } = {}): Promise<TestProgram> {
    const slug = world.unique('program');
    const program = await world.server.features.programs.create({ slug, name: `Program ${slug}`, ...settings });
    const [ADMIN, MODERATOR, ANALYST] = await Promise.all([
      world.client(slug, 'ADMIN', 'alice'),
      world.client(slug, 'MODERATOR', 'milan'),
      world.client(slug, 'ANALYST', 'ana'),
    ]);
    return new TestProgram(world, program, { ADMIN, MODERATOR, ANALYST });
  }

  /** A client of that role, with a subject of one's choosing. */
  client(role: TokenRole, subject: string): Promise<Client> {
    return this.world.client(this.program.slug, role, subject);
  }

  /** Enrols somebody and signs them in. */
  async ambassador(
    name: string,
    contact: Readonly<Record<string, unknown>> & { readonly externalId?: string } = {},
  ): Promise<TestAmbassador> {
    const externalId = contact.externalId ?? this.world.unique(name.toLowerCase().replace(/[^a-z]/g, '') || 'someone');
    const result: Answer = await this.admin.mutate(
      'ambassadorEnroll',
      { contact: { ...contact, externalId }, displayName: name },
      'AmbassadorEnrolled { ambassador { id } }',
    );
    return { id: result.ambassador.id, externalId, client: await this.client('AMBASSADOR', externalId) };
  }

  /** Gives points by hand. */
  async give(ambassador: TestAmbassador, amountPoints: number): Promise<Answer> {
    return this.admin.mutate(
      'pointsAdjust',
      { ambassadorId: ambassador.id, amountPoints, reason: 'A gift', idempotencyKey: this.world.unique('gift') },
      'PointsAdjusted { entry { id } balance { available pending lifetime debt } }',
    );
  }
}

/** What one test file wants otherwise than the rest. */
export interface WorldOptions {
  /** A database of its own, by name; that of the worker unless given. The test drops it. */
  readonly database?: string;
  readonly log?: Logger;
}

/** The shared secret of every world: with it a test can make the tokens that a forger would. */
export const jwtSecret = 'a secret that only the tests know, and nobody else';

/** What every world seals its secrets with. */
const secretKeys = `tests:${Buffer.alloc(32, 7).toString('base64')}`;

/** Says nothing, unless asked to: `APPLAUS_TEST_LOG=error npm test -- …` shows what went wrong inside the server. */
const log = pino({ level: process.env.APPLAUS_TEST_LOG ?? 'silent' }, pino.destination(2));

/** A server with its database, the clock that it goes by, and whoever calls it. */
export class World {
  readonly clock = new SettableClock(monday);
  private started: RunningServer | undefined;

  /** @param settings what this world's server is told beside what every test's server is told */
  constructor(
    private readonly settings: Readonly<Record<string, string>> = {},
    private readonly options: WorldOptions = {},
  ) {}

  /** Its database, by name. */
  get database(): string {
    return this.options.database ?? process.env.JEST_WORKER_ID ?? '1';
  }

  get server(): RunningServer {
    if (!this.started) throw new Error('The world has not started');
    return this.started;
  }

  async start(): Promise<void> {
    const name = this.database;
    await ensureDatabase(name);
    const config = readConfig({
      ...databaseSettings(name),
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      APPLAUS_JWT_SECRET: jwtSecret,
      APPLAUS_SECRET_KEYS: secretKeys,
      APPLAUS_DEMO: 'false',
      APPLAUS_RATE_LIMIT_PER_MINUTE: '1000000',
      ...this.settings,
    });
    this.started = await startServer(config, { clock: this.clock, log: this.options.log ?? log });
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  /** A name that no other test has. */
  unique(prefix: string): string {
    return `${prefix}-${randomUUID().slice(0, 13)}`;
  }

  program(settings: { readonly timeZone?: string } = {}): Promise<TestProgram> {
    return TestProgram.create(this, settings);
  }

  async client(program: string, role: TokenRole, subject: string): Promise<Client> {
    // Tokens are checked against the same clock; they outlive whatever a test lets pass.
    const token = await this.server.features.tokens.sign({ sub: subject, role, program }, 10 * 365 * 86_400);
    return new Client(this.server.url, token);
  }

  /** Whoever shows this as its bearer token. */
  bearer(token: string): Client {
    return new Client(this.server.url, token);
  }

  anonymous(): Client {
    return new Client(this.server.url);
  }
}

/** The world of one test file: started before its tests; after them what must always be true still is, and it stops. */
export function useWorld(settings: Readonly<Record<string, string>> = {}, options: WorldOptions = {}): World {
  const world = new World(settings, options);
  beforeAll(() => world.start());
  afterAll(async () => {
    await expectInvariants(world.server.platform.database).finally(() => world.stop());
    await emptyDatabase(world.database);
  });
  return world;
}

/** Runs the same thing many times at once. */
export function atOnce<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

/** Tries until what is expected holds, for what happens in the background; after some time the last failure stands. */
export async function eventually(expectation: () => Promise<void>, withinMilliseconds = 10_000): Promise<void> {
  for (const giveUpAt = performance.now() + withinMilliseconds; ; ) {
    try {
      return await expectation();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await sleep(20);
    }
  }
}
