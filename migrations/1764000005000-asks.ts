import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What respondents were asked next. */
export class Asks1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'ask',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'contact_id', 'NULL'),
          column('id', 'ambassador_id', 'NULL'),
          column('id', 'challenge_id', 'NULL'),
          column('id', 'response_id'),
          column('time', 'asked_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_ask_response', columnNames: ['response_id'], isUnique: true }),
          new TableIndex({ name: 'ix_ask_contact', columnNames: ['contact_id', 'id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ask');
  }
}
