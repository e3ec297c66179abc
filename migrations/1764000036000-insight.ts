import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const indices = [
  [
    'points_entry',
    new TableIndex({
      name: 'ix_points_entry_posted',
      columnNames: ['program_id', 'posted_at', 'account', 'amount_points'],
    }),
  ],
  [
    'points_transfer',
    new TableIndex({
      name: 'ix_points_transfer_earned',
      columnNames: ['program_id', 'earned_at', 'category', 'unit_key', 'earned_points'],
    }),
  ],
  [
    'submission',
    new TableIndex({
      name: 'ix_submission_decided',
      columnNames: ['program_id', 'status', 'decided_at', 'kind', 'ambassador_id'],
    }),
  ],
] as const;

/** What a program lays down for insight; and what was paid and approved is counted by its time, out of indexes. */
export class Insight1764000036000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'insight_terms', columns: [idColumn('program_id'), column('json', 'settings')] }),
    );
    for (const [table, index] of indices) await runner.createIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of indices) await runner.dropIndex(table, index);
    await runner.dropTable('insight_terms');
  }
}
