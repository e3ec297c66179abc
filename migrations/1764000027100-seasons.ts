import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Seasons of boards, and how they ended. Boards that are being counted are from now on counted by a job. */
export class Seasons1764000027100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('leaderboard', [
      new TableColumn(column('time', 'season_from', 'NULL')),
      new TableColumn(column('time', 'season_to', 'NULL')),
      new TableColumn(column('json', 'season_prizes', 'NULL')),
    ]);
    await runner.createIndex(
      'board_entry',
      new TableIndex({ name: 'ix_board_entry_period', columnNames: ['board_id', 'period', 'ambassador_id'] }),
    );
    await runner.createTable(
      new Table({
        name: 'season',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'board_id'),
          column('key', 'season_key'),
          column('key', 'period'),
          column('time', 'from_at'),
          column('time', 'to_at'),
          column('key', 'status'),
          column('json', 'prizes'),
          column('time', 'closed_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'uq_season_key', columnNames: ['board_id', 'season_key'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'season_standing',
        columns: [
          idColumn('ambassador_id'),
          idColumn('season_id'),
          column('integer', 'points'),
          column('id', 'reached'),
          column('integer', 'position', 'NULL'),
          column('integer', 'rank_number', 'NULL'),
        ],
      }),
    );
    // In the order of the board, most points first; TypeORM has no word for a descending column.
    await runner.query(
      'CREATE INDEX `ix_season_standing_order` ON `season_standing` (`season_id`, `position`, `points` DESC, `reached`)',
    );
    // The id of a board serves as that of its filling: no other job has it.
    await runner.query(
      `INSERT INTO job (id, program_id, name, run_key, status, state, done, attempts, due_at, created_at, scheduled_for)
       SELECT id, program_id, 'leaderboards.fill', board_key, 'WAITING', CONCAT('{"boardId":"', id, '"}'),
         0, 0, created_at, created_at, created_at
       FROM leaderboard WHERE filled_to IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM job WHERE name LIKE 'leaderboards.%'");
    for (const table of ['season_standing', 'season']) await runner.dropTable(table);
    await runner.dropIndex('board_entry', 'ix_board_entry_period');
    await runner.dropColumns('leaderboard', ['season_from', 'season_to', 'season_prizes']);
  }
}
