import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** How often one person may be asked, and what they were asked. */
export class Fatigue1764000033000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'fatigue_terms',
        columns: [idColumn('program_id'), column('json', 'days_by_kind'), column('integer', 'all_days')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'contact_ask',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'contact_id'),
          column('key', 'kind'),
          column('id', 'cause_id'),
          column('time', 'asked_at'),
          column('time', 'kind_clear_since'),
          column('time', 'all_clear_since', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'ix_contact_ask_contact', columnNames: ['contact_id', 'kind', 'asked_at'] }),
          new TableIndex({ name: 'uq_contact_ask_cause', columnNames: ['cause_id'], isUnique: true }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['contact_ask', 'fatigue_terms']) await runner.dropTable(table);
  }
}
