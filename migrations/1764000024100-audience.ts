import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What a contact is to the brand, segments of contacts, and whom a challenge is meant for. */
export class Audience1764000024100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('contact', new TableColumn(column('key', 'kind', 'NULL')));
    await runner.addColumn('challenge', new TableColumn(column('json', 'audience', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'segment',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'segment_key'),
          column('line', 'name'),
          column('text', 'description'),
          column('json', 'rule'),
          column('time', 'created_at'),
          column('time', 'changed_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_segment_key', columnNames: ['program_id', 'segment_key'], isUnique: true }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('segment');
    await runner.dropColumn('challenge', 'audience');
    await runner.dropColumn('contact', 'kind');
  }
}
