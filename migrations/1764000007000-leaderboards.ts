import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** The boards, and what each ambassador has on them. */
export class Leaderboards1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'leaderboard',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'board_key'),
          column('line', 'name'),
          column('key', 'window_length'),
          column('key', 'time_zone'),
          column('json', 'kinds', 'NULL'),
          column('key', 'attribute_name', 'NULL'),
          column('line', 'attribute_value', 'NULL'),
          column('id', 'filled_to', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_leaderboard_key', columnNames: ['program_id', 'board_key'], isUnique: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'board_entry',
        columns: [
          idColumn('board_id'),
          idColumn('ambassador_id'),
          { ...column('key', 'period'), isPrimary: true },
          column('integer', 'points'),
          column('id', 'reached'),
          column('integer', 'counted_points', 'NULL'),
          column('id', 'counted_reached', 'NULL'),
          column('boolean', 'is_open'),
        ],
        indices: [new TableIndex({ name: 'ix_board_entry_open', columnNames: ['is_open', 'board_id', 'period'] })],
      }),
    );
    // In the order of the board, most points first; TypeORM has no word for a descending column.
    await runner.query(
      'CREATE INDEX `ix_board_entry_order` ON `board_entry` (`board_id`, `period`, `points` DESC, `reached`)',
    );
    await runner.query(
      'CREATE INDEX `ix_board_entry_counted` ON `board_entry` (`board_id`, `period`, `counted_points` DESC, `counted_reached`)',
    );
    await runner.createTable(
      new Table({
        name: 'board_block',
        columns: [
          idColumn(),
          column('id', 'board_id'),
          column('key', 'period'),
          column('integer', 'points'),
          column('id', 'reached'),
          column('integer', 'entries'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_board_block_begin',
            columnNames: ['board_id', 'period', 'points', 'reached'],
            isUnique: true,
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['board_block', 'board_entry', 'leaderboard']) await runner.dropTable(table);
  }
}
