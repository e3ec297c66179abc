import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const indices = [
  [
    'referral_click',
    new TableIndex({
      name: 'ix_referral_click_insight',
      columnNames: ['program_id', 'clicked_at', 'channel', 'ambassador_id'],
    }),
  ],
  ['referral', new TableIndex({ name: 'ix_referral_registered', columnNames: ['program_id', 'registered_at'] })],
  ['referral', new TableIndex({ name: 'ix_referral_converted', columnNames: ['program_id', 'converted_at'] })],
] as const;

/** What came of recommending is counted by when it happened, out of the index where there is most of it: the clicks. */
export class ReferralInsight1764000023200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, index] of indices) await runner.createIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of indices) await runner.dropIndex(table, index);
  }
}
