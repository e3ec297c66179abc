import type { Transaction } from '../database/database.js';
import { OutboxDelivery, OutboxEvent } from './outbox.entity.js';

/**
 * Every event there is, by its type: what happened, in the past tense. A feature adds its own with
 * `declare module`, so that nobody below it has to know.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the features
export interface EventMap {}

export type EventType = keyof EventMap & string;

export interface AppEvent<Type extends EventType = EventType> {
  readonly id: string;
  readonly type: Type;
  readonly programId: string;
  readonly occurredAt: Date;
  readonly payload: EventMap[Type];
}

type InsideHandler<Type extends EventType> = (tx: Transaction, event: AppEvent<Type>) => Promise<void>;
type AfterHandler<Type extends EventType> = (event: AppEvent<Type>) => Promise<void>;

/** Who follows which event. Filled by the composition root before the first request. */
export class Events {
  private readonly inside = new Map<string, InsideHandler<never>[]>();
  private readonly after = new Map<string, Map<string, AfterHandler<never>>>();
  private wake: () => void = () => {};

  /** Follows in the same transaction: must be fast, and what it throws undoes the whole. In the order of registration. */
  followInside<Type extends EventType>(type: Type, handler: InsideHandler<Type>): void {
    this.inside.set(type, [...(this.inside.get(type) ?? []), handler]);
  }

  /** Follows after the commit, from the outbox: at least once, so it has to be idempotent by the event's id. */
  followAfter<Type extends EventType>(type: Type, consumer: string, handler: AfterHandler<Type>): void {
    const consumers = this.after.get(type) ?? new Map<string, AfterHandler<never>>();
    consumers.set(consumer, handler);
    this.after.set(type, consumers);
  }

  /** What the outbox's worker does to hear at once that there is something to deliver. */
  onCommitted(wake: () => void): void {
    this.wake = wake;
  }

  handlerOf(type: string, consumer: string): AfterHandler<never> | undefined {
    return this.after.get(type)?.get(consumer);
  }

  /** States that something happened: runs the handlers inside, and keeps the event for those that come after. */
  async emit<Type extends EventType>(
    tx: Transaction,
    type: Type,
    programId: string,
    payload: EventMap[Type],
  ): Promise<void> {
    const event: AppEvent<Type> = { id: tx.newId(), type, programId, occurredAt: tx.now, payload };
    await tx.insert(OutboxEvent, { ...event, payload: payload as OutboxEvent['payload'] });
    const consumers = [...(this.after.get(type)?.keys() ?? [])];
    if (consumers.length > 0) {
      await tx.insert(
        OutboxDelivery,
        consumers.map((consumer) => ({ eventId: event.id, consumer, attempts: 0, dueAt: tx.now })),
      );
      tx.afterCommit(this.wake);
    }
    for (const handler of this.inside.get(type) ?? []) {
      await (handler as unknown as InsideHandler<Type>)(tx, event);
    }
  }
}
