import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Tools that send answers by webhook, what they sent, and what else was answered there. */
export class WebhooksIn1764000034000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'webhook_source',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('key', 'kind'),
          column('line', 'name'),
          column('text', 'mapping', 'NULL'),
          column('text', 'sealed_token', 'NULL'),
          column('key', 'key_id', 'NULL'),
          column('time', 'disabled_at', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_webhook_source_name', columnNames: ['program_id', 'name'], isUnique: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'webhook_secret',
        columns: [
          idColumn(),
          column('id', 'source_id'),
          column('text', 'sealed_secret'),
          column('key', 'key_id'),
          column('time', 'created_at'),
          column('time', 'expires_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_webhook_secret_source', columnNames: ['source_id', 'id'] })],
      }),
    );
    await this.createDeliveries(runner);
    await runner.createTable(
      new Table({
        name: 'nps_response_extra',
        columns: [idColumn('response_id'), column('id', 'program_id'), column('json', 'answers')],
        indices: [new TableIndex({ name: 'ix_nps_response_extra_program', columnNames: ['program_id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['nps_response_extra', 'webhook_delivery', 'webhook_secret', 'webhook_source'])
      await runner.dropTable(table);
  }

  private async createDeliveries(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'webhook_delivery',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'source_id'),
          column('key', 'message_key'),
          column('key', 'status'),
          column('text', 'reason', 'NULL'),
          column('integer', 'answers'),
          column('json', 'sealed_body'),
          column('key', 'key_id'),
          column('time', 'received_at'),
          column('time', 'settled_at', 'NULL'),
          column('time', 'due_at', 'NULL'),
          column('integer', 'attempts'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_webhook_delivery_message',
            columnNames: ['source_id', 'message_key'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_webhook_delivery_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_webhook_delivery_due', columnNames: ['due_at'] }),
          new TableIndex({ name: 'ix_webhook_delivery_received', columnNames: ['received_at'] }),
        ],
      }),
    );
  }
}
