import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofBadge = [
  column('key', 'family', 'NULL'),
  column('key', 'tier', 'NULL'),
  column('key', 'repeats', 'NULL'),
  column('boolean', 'is_secret', 'NULL'),
  column('key', 'icon', 'NULL'),
  column('integer', 'revision', 'NULL'),
  column('time', 'archived_at', 'NULL'),
];

/** Badges in tiers, secret ones, those that can be won again, their pictures, and rules that change. */
export class BadgeKinds1764000027200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const options of ofBadge) await runner.addColumn('badge', new TableColumn(options));
    await runner.createIndex(
      'badge',
      new TableIndex({ name: 'uq_badge_tier', columnNames: ['program_id', 'family', 'tier'], isUnique: true }),
    );
    await runner.createTable(
      new Table({
        name: 'badge_win',
        columns: [
          idColumn('ambassador_id'),
          idColumn('badge_id'),
          { ...column('key', 'period'), isPrimary: true },
          column('key', 'cause'),
          column('time', 'earned_at'),
        ],
        indices: [new TableIndex({ name: 'ix_badge_win_cause', columnNames: ['cause'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('badge_win');
    await runner.dropIndex('badge', 'uq_badge_tier');
    for (const { name } of [...ofBadge].reverse()) await runner.dropColumn('badge', name);
  }
}
