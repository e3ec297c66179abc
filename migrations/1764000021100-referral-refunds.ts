import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Parts of orders that went back. */
export class ReferralRefunds1764000021100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('referral', new TableColumn(column('integer', 'refunded_cents', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'referral_refund',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'referral_id'),
          column('line', 'refund_id'),
          column('integer', 'asked_cents', 'NULL'),
          column('integer', 'amount_cents', 'NULL'),
          column('integer', 'points_taken'),
          column('line', 'reason'),
          column('time', 'refunded_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_referral_refund',
            columnNames: ['referral_id', 'refund_id'],
            isUnique: true,
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('referral_refund');
    await runner.dropColumn('referral', 'refunded_cents');
  }
}
