import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Programs, the contacts they know, and the ambassadors among them. */
export class People1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'program',
        columns: [
          idColumn(),
          column('key', 'slug'),
          column('line', 'name'),
          column('key', 'time_zone'),
          column('key', 'nps_scheme'),
          column('integer', 'ask_from_score'),
          column('time', 'created_at'),
        ],
        indices: [new TableIndex({ name: 'uq_program_slug', columnNames: ['slug'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'contact',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'external_id', 'NULL'),
          column('line', 'display_name', 'NULL'),
          column('line', 'email', 'NULL'),
          column('json', 'attributes'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_contact_external_id',
            columnNames: ['program_id', 'external_id'],
            isUnique: true,
          }),
          new TableIndex({ name: 'uq_contact_email', columnNames: ['program_id', 'email'], isUnique: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'contact_attribute',
        columns: [
          idColumn('contact_id'),
          { ...column('key', 'name'), isPrimary: true },
          column('id', 'program_id'),
          column('line', 'value'),
        ],
        indices: [
          new TableIndex({
            name: 'ix_contact_attribute_value',
            columnNames: ['program_id', 'name', 'value', 'contact_id'],
          }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'ambassador',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'contact_id'),
          column('line', 'display_name'),
          column('line', 'search_text'),
          column('time', 'joined_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_ambassador_contact', columnNames: ['contact_id'], isUnique: true }),
          new TableIndex({ name: 'ix_ambassador_program', columnNames: ['program_id', 'id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ambassador', 'contact_attribute', 'contact', 'program']) await runner.dropTable(table);
  }
}
