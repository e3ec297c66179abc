import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Who left which board. */
export class BoardAbsences1764000031100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'board_absence',
        columns: [
          idColumn('ambassador_id'),
          { ...column('id', 'board_id'), isPrimary: true },
          column('boolean', 'is_away'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('board_absence');
  }
}
