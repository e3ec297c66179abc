import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** How superpromoters are told, and what staff noted of them by hand. */
export class Influence1764000023100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'superpromoter_terms', columns: [idColumn('program_id'), column('json', 'settings')] }),
    );
    await runner.createTable(
      new Table({
        name: 'superpromoter_nomination',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('key', 'gate'),
          column('integer', 'people'),
          column('text', 'text'),
          column('time', 'seen_at'),
          column('line', 'nominated_by'),
          column('time', 'nominated_at'),
          column('line', 'withdrawn_by', 'NULL'),
          column('time', 'withdrawn_at', 'NULL'),
          column('text', 'withdrawal_reason', 'NULL'),
        ],
        indices: [
          new TableIndex({
            name: 'ix_superpromoter_nomination_ambassador',
            columnNames: ['ambassador_id', 'id'],
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['superpromoter_nomination', 'superpromoter_terms']) await runner.dropTable(table);
  }
}
