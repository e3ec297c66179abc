import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Freezes: weeks that a streak survives although nothing was done in them. */
export class StreakFreezes1764000027300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'active_week',
      new TableIndex({ name: 'ix_active_week_week', columnNames: ['week_start', 'ambassador_id'] }),
    );
    await runner.createTable(
      new Table({
        name: 'streak_terms',
        columns: [
          idColumn('program_id'),
          column('integer', 'freezes_max'),
          column('integer', 'freeze_every_weeks', 'NULL'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'streak_freeze',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('key', 'cause'),
          column('time', 'granted_at'),
          column('key', 'used_week', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_streak_freeze_cause', columnNames: ['ambassador_id', 'cause'], isUnique: true }),
          new TableIndex({ name: 'ix_streak_freeze_week', columnNames: ['program_id', 'used_week', 'ambassador_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['streak_freeze', 'streak_terms']) await runner.dropTable(table);
    await runner.dropIndex('active_week', 'ix_active_week_week');
  }
}
