import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Badges, who holds them, how far a new one has been given out, and the weeks that streaks are made of. */
export class Badges1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'badge',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'code'),
          column('key', 'code_key'),
          column('line', 'name'),
          column('text', 'description'),
          column('json', 'rule'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_badge_code', columnNames: ['program_id', 'code_key'], isUnique: true }),
          new TableIndex({ name: 'ix_badge_program', columnNames: ['program_id', 'id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'earned_badge',
        columns: [
          idColumn('ambassador_id'),
          { ...column('id', 'badge_id'), isPrimary: true },
          column('key', 'cause'),
          column('time', 'earned_at'),
        ],
        indices: [
          new TableIndex({ name: 'ix_earned_badge_badge', columnNames: ['badge_id', 'ambassador_id'] }),
          new TableIndex({ name: 'ix_earned_badge_cause', columnNames: ['cause'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'badge_grant',
        columns: [idColumn('badge_id'), column('id', 'after_ambassador_id'), column('boolean', 'done')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'active_week',
        columns: [
          idColumn('ambassador_id'),
          { name: 'week_start', type: 'varchar', length: '10', isNullable: false, isPrimary: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['active_week', 'badge_grant', 'earned_badge', 'badge']) await runner.dropTable(table);
  }
}
