import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What levels bring, how they are lost, and which are kept for a time of grace. */
export class Levels1764000027400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('level', new TableColumn(column('json', 'benefits', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'level_policy',
        columns: [idColumn('program_id'), column('integer', 'months'), column('integer', 'grace_days')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'level_hold',
        columns: [
          idColumn('ambassador_id'),
          column('id', 'program_id'),
          column('integer', 'points'),
          column('time', 'lower_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_level_hold_program', columnNames: ['program_id', 'ambassador_id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['level_hold', 'level_policy']) await runner.dropTable(table);
    await runner.dropColumn('level', 'benefits');
  }
}
