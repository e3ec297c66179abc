import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../database/columns.js';

/** Something that happened, kept exactly if its cause committed. */
@Entity('outbox_event')
@Index('ix_outbox_event_occurred', ['occurredAt'])
export class OutboxEvent {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('key', 'type')
  readonly type: string;

  @Stored('json', 'payload')
  readonly payload: Readonly<Record<string, unknown>>;

  @Stored('time', 'occurred_at')
  readonly occurredAt: Date;
}

/** What one consumer still has to hear of one event; gone once it has. */
@Entity('outbox_delivery')
@Index('ix_outbox_delivery_due', ['dueAt'])
export class OutboxDelivery {
  @PrimaryColumn({ name: 'event_id', type: 'varchar', length: '36' })
  readonly eventId: string;

  @PrimaryColumn({ name: 'consumer', type: 'varchar', length: '64' })
  readonly consumer: string;

  @Stored('integer', 'attempts')
  readonly attempts: number;

  @Stored('time', 'due_at')
  readonly dueAt: Date;

  /** Why the last attempt failed, for whoever operates the program; no personal data. */
  @Optional('line', 'last_error')
  readonly lastError: string | null;
}
