import sql, { join } from 'sql-template-tag';
import type { Clock } from '../clock.js';
import type { Database } from '../database/database.js';
import type { Logger } from '../log.js';
import type { AppEvent, Events } from './events.js';
import { OutboxDelivery, OutboxEvent } from './outbox.entity.js';

const batchSize = 100;
/** A claim that its process did not finish is anybody's again after this. */
const claimMilliseconds = 60_000;
const retryMillisecondsMax = 3_600_000;
const pollMilliseconds = 1_000;
/** How long an event is kept after everybody has heard it, for whoever looks back. */
const keptMilliseconds = 90 * 86_400_000;
const forgottenAtOnceMax = 1_000;

/**
 * Takes what is due from the outbox and gives it to its consumers, on any number of processes. A delivery is claimed
 * by moving its due time, so that a process that dies gives it back; it is deleted once its consumer has acted.
 */
export class OutboxWorker {
  private running: Promise<void> | undefined;
  private again = false;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.events.onCommitted(() => this.wake());
    this.timer = setInterval(() => this.wake(), pollMilliseconds).unref();
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Delivers all that is due now. Returns once nothing is left, for tests and for the command line. */
  async drain(): Promise<void> {
    while (!this.stopped && (await this.deliverBatch()) === batchSize);
  }

  /** Deletes some of the events that are long past and wait for nobody; answers how many. */
  async forgetSome(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMilliseconds);
    const old = await this.database.read((db) =>
      db.query<{ id: string }>(sql`
        SELECT id FROM outbox_event WHERE occurred_at < ${before}
          AND NOT EXISTS (SELECT 1 FROM outbox_delivery WHERE outbox_delivery.event_id = outbox_event.id)
        ORDER BY occurred_at LIMIT ${forgottenAtOnceMax}`),
    );
    if (old.length === 0) return 0;
    const ids = join(old.map(({ id }) => id));
    return this.database.transact((tx) => tx.execute(sql`DELETE FROM outbox_event WHERE id IN (${ids})`));
  }

  private wake(): void {
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        await this.drain();
      } catch (error) {
        this.log.error({ err: error }, 'the outbox could not be read');
      }
    }
  }

  private async deliverBatch(): Promise<number> {
    const claimed = await this.claim();
    if (claimed.length === 0) return 0;
    const ids = [...new Set(claimed.map(({ eventId }) => eventId))];
    const rows = await this.database.read((db) => db.select(OutboxEvent, sql`WHERE id IN (${join(ids)})`));
    const events = new Map(rows.map((row) => [row.id, row]));
    const done: OutboxDelivery[] = [];
    for (const delivery of claimed) {
      const event = events.get(delivery.eventId);
      if (!event || (await this.deliver(event, delivery))) done.push(delivery);
    }
    if (done.length > 0) {
      const pairs = done.map((delivery) => sql`(event_id = ${delivery.eventId} AND consumer = ${delivery.consumer})`);
      await this.database.transact((tx) => tx.execute(sql`DELETE FROM outbox_delivery WHERE ${join(pairs, ' OR ')}`));
    }
    return claimed.length;
  }

  private async claim(): Promise<OutboxDelivery[]> {
    const now = this.clock.now();
    const due = sql`WHERE due_at <= ${now} ORDER BY due_at, event_id LIMIT ${batchSize}`;
    const anything = await this.database.read((db) => db.first(OutboxDelivery, due));
    if (!anything) return [];
    return this.database.transact(async (tx) => {
      const claimed = await tx.select(OutboxDelivery, sql`${due} ${tx.forUpdateSkipLocked}`);
      if (claimed.length === 0) return [];
      const pairs = claimed.map(
        (delivery) => sql`(event_id = ${delivery.eventId} AND consumer = ${delivery.consumer})`,
      );
      const until = new Date(now.getTime() + claimMilliseconds);
      await tx.execute(sql`
        UPDATE outbox_delivery SET due_at = ${until}, attempts = attempts + 1 WHERE ${join(pairs, ' OR ')}`);
      return claimed;
    });
  }

  /** Whether the consumer has acted; if not, the delivery comes back later, ever less often. */
  private async deliver(row: OutboxEvent, { consumer, attempts }: OutboxDelivery): Promise<boolean> {
    const handler = this.events.handlerOf(row.type, consumer);
    if (!handler) return true;
    try {
      await handler(row as unknown as AppEvent<never>);
      return true;
    } catch (error) {
      const wait = Math.min(retryMillisecondsMax, 1_000 * 2 ** attempts);
      const reason = error instanceof Error ? error.name : 'unknown';
      this.log.warn({ err: error, event: row.id, type: row.type, consumer, attempts }, 'a delivery failed');
      await this.database.transact((tx) =>
        tx.execute(sql`
          UPDATE outbox_delivery SET due_at = ${new Date(tx.now.getTime() + wait)}, last_error = ${reason}
          WHERE event_id = ${row.id} AND consumer = ${consumer}`),
      );
      return false;
    }
  }
}
