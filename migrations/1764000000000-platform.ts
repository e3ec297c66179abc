import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What every feature stands on: the outbox, idempotency keys, API keys. */
export class Platform1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { type, database } = runner.dataSource.options;
    if (type === 'mysql' || type === 'mariadb') {
      // Compare text by its bytes, as SQLite does, in every table that follows.
      const name = String(runner.dataSource.driver.database ?? database);
      await runner.query(`ALTER DATABASE \`${name}\` COLLATE ${await byteCollation(runner)}`);
    }
    await runner.createTable(
      new Table({
        name: 'outbox_event',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'type'),
          column('json', 'payload'),
          column('time', 'occurred_at'),
        ],
        indices: [new TableIndex({ name: 'ix_outbox_event_occurred', columnNames: ['occurred_at'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'outbox_delivery',
        columns: [
          idColumn('event_id'),
          { ...column('key', 'consumer'), isPrimary: true },
          column('integer', 'attempts'),
          column('time', 'due_at'),
          column('line', 'last_error', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_outbox_delivery_due', columnNames: ['due_at'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'idempotency_key',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'caller'),
          column('line', 'idempotency_key'),
          column('key', 'input_hash'),
          column('id', 'result_id'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_idempotency_key',
            columnNames: ['program_id', 'caller', 'idempotency_key'],
            isUnique: true,
          }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'api_key',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'name'),
          column('key', 'prefix'),
          column('key', 'secret_hash'),
          column('time', 'created_at'),
          column('time', 'revoked_at', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_api_key_hash', columnNames: ['secret_hash'], isUnique: true }),
          new TableIndex({ name: 'ix_api_key_program', columnNames: ['program_id', 'id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['api_key', 'idempotency_key', 'outbox_delivery', 'outbox_event']) {
      await runner.dropTable(table);
    }
  }
}

/** The collation by bytes in which 'anna' and 'anna ' differ: MySQL and MariaDB each have their own name for it. */
async function byteCollation(runner: QueryRunner): Promise<string> {
  const found: readonly { Collation: string }[] = await runner.query(
    "SHOW COLLATION WHERE Collation IN ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')",
  );
  return found[0]?.Collation ?? 'utf8mb4_bin';
}
