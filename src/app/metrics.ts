import { timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import sql, { empty } from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import { OutboxDelivery, OutboxEvent } from '../platform/events/outbox.entity.js';
import { isLoopback } from './address.js';
import { type Exchange, type Route, sendJson } from './exchange.js';
import type { OperationFacts } from './operation-facts.js';
import type { Platform } from './platform.js';

/** Numbers for Prometheus: what is asked how often and how quickly, what fails, and how busy the inside is. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly operations = new Counter({
    name: 'applaus_graphql_operations_total',
    help: 'GraphQL operations by type, root field and outcome (ok, error).',
    labelNames: ['type', 'field', 'outcome'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'applaus_graphql_duration_seconds',
    help: 'How long GraphQL operations took, from the first byte read to the last one written.',
    labelNames: ['type', 'field'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly errors = new Counter({
    name: 'applaus_graphql_errors_total',
    help: 'Errors in GraphQL answers by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor(platform: Platform) {
    collectDefaultMetrics({ register: this.registry });
    this.followOutbox(platform);
    this.followConnections(platform.database);
  }

  /** Counts an operation that has been answered. What never became an operation has the type `none`. */
  observe(facts: OperationFacts, durationSeconds: number): void {
    const { codes, field = 'none' } = facts;
    const type = facts.type ?? 'none';
    this.operations.inc({ type, field, outcome: codes.length > 0 ? 'error' : 'ok' });
    this.durations.observe({ type, field }, durationSeconds);
    for (const code of codes) this.errors.inc({ code });
  }

  /** How many WebSockets are open, asked when the numbers are. */
  followSockets(count: () => number): void {
    new Gauge({
      name: 'applaus_websockets_open',
      help: 'Open WebSocket connections.',
      registers: [this.registry],
      collect() {
        this.set(count());
      },
    });
  }

  async write({ response }: Exchange): Promise<void> {
    const text = await this.registry.metrics();
    response.writeHead(200, { 'content-type': this.registry.contentType }).end(text);
  }

  private followOutbox({ database, clock }: Platform): void {
    new Gauge({
      name: 'applaus_outbox_pending',
      help: 'Deliveries of events that consumers still have to hear.',
      registers: [this.registry],
      async collect() {
        this.set(await pendingDeliveries(database).catch(() => Number.NaN));
      },
    });
    new Gauge({
      name: 'applaus_outbox_lag_seconds',
      help: 'Age of the oldest event that a consumer still has to hear; 0 when there is none.',
      registers: [this.registry],
      async collect() {
        this.set(await outboxLagSeconds(database, clock.now()).catch(() => Number.NaN));
      },
    });
  }

  private followConnections(database: Database): void {
    new Gauge({
      name: 'applaus_database_connections',
      help: 'Database connections that are open and idle, and callers that wait for one.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        for (const [state, count] of Object.entries(database.connectionUse())) this.set({ state }, count);
      },
    });
  }
}

function pendingDeliveries(database: Database): Promise<number> {
  return database.read((db) => db.count(OutboxDelivery, empty));
}

async function outboxLagSeconds(database: Database, now: Date): Promise<number> {
  const oldest = await database.read((db) =>
    db.first(OutboxEvent, sql`WHERE id IN (SELECT event_id FROM outbox_delivery) ORDER BY occurred_at LIMIT 1`),
  );
  return oldest ? Math.max(0, (now.getTime() - oldest.occurredAt.getTime()) / 1_000) : 0;
}

/**
 * `/metrics`: for whoever shows the token of the settings; without such a setting only for the same machine, since the
 * numbers tell what a program does.
 */
export function metricsRoute(metrics: Metrics, token: string | undefined): Route {
  return async (exchange) => {
    const { request, response } = exchange;
    const allowed = token === undefined ? isLoopback(request) : showsToken(request.headers.authorization, token);
    if (!allowed) return sendJson(response, 403, { error: 'The metrics need the token of APPLAUS_METRICS_TOKEN.' });
    await metrics.write(exchange);
  };
}

function showsToken(authorization: string | undefined, token: string): boolean {
  const shown = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
