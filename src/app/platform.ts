import { migrations } from '../../migrations/index.js';
import type { MailCarrier } from '../notify/mail/mail.js';
import { Mailer } from '../notify/mail/mailer.js';
import { type Clock, systemClock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import type { Database } from '../platform/database/database.js';
import { openDatabase } from '../platform/database/open.js';
import { Events } from '../platform/events/events.js';
import { createLogger, type Logger } from '../platform/log.js';
import { type Random, systemRandom } from '../platform/random.js';
import { Sealer } from '../platform/sealed.js';
import { entities } from './entities.js';

/** What every feature is built on. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly database: Database;
  readonly events: Events;
  readonly sealer: Sealer;
  /** Who takes mails out. */
  readonly carrier: MailCarrier;
}

export interface PlatformOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Logger;
}

/** Opens the database, brought up to date, and what else does not depend on any feature. */
export async function openPlatform(config: Config, options: PlatformOptions = {}): Promise<Platform> {
  const { clock = systemClock, random = systemRandom, log = createLogger(config) } = options;
  const database = await openDatabase(config, { entities, migrations }, clock, random);
  const [events, sealer, carrier] = [new Events(), new Sealer(config), new Mailer(config)];
  return { config, clock, random, log, database, events, sealer, carrier };
}
