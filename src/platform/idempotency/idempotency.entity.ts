import { Entity, Index } from 'typeorm';
import { IdColumn, Stored } from '../database/columns.js';

/** A key that was used, what for, and what came of it. Written in the same transaction as what it stands for. */
@Entity('idempotency_key')
@Index('uq_idempotency_key', ['programId', 'caller', 'key'], { unique: true })
export class IdempotencyRecord {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Who used it: role and subject. Two callers may use the same key. */
  @Stored('line', 'caller')
  readonly caller: string;

  @Stored('line', 'idempotency_key')
  readonly key: string;

  /** SHA-256 of the operation and its input. */
  @Stored('key', 'input_hash')
  readonly inputHash: string;

  /** The row that was made; resolved anew under the caller's present rights. */
  @Stored('id', 'result_id')
  readonly resultId: string;

  @Stored('time', 'created_at')
  readonly createdAt: Date;
}
