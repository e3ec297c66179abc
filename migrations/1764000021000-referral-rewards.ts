import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

const addedToTerms = [column('integer', 'refund_window_days', 'NULL'), column('json', 'reward_rules', 'NULL')];
const addedToReferral = [
  column('json', 'reward_basis', 'NULL'),
  column('key', 'capped_by', 'NULL'),
  column('integer', 'friend_points', 'NULL'),
];

/** Rewards by rules: parts of an order, steps, caps; and a hold that follows the refund window unless one is chosen. */
export class ReferralRewards1764000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await setHoldDays(runner, 'NULL');
    await runner.query('UPDATE referral_terms SET hold_days = NULL WHERE hold_days = 14');
    for (const added of addedToTerms) await runner.addColumn('referral_terms', new TableColumn(added));
    for (const added of addedToReferral) await runner.addColumn('referral', new TableColumn(added));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const added of addedToReferral) await runner.dropColumn('referral', added.name);
    for (const added of addedToTerms) await runner.dropColumn('referral_terms', added.name);
    await runner.query('UPDATE referral_terms SET hold_days = 14 WHERE hold_days IS NULL');
    await setHoldDays(runner, 'NOT NULL');
  }
}

/** Whether the hold may be left to the rule. */
async function setHoldDays(runner: QueryRunner, nullable: 'NULL' | 'NOT NULL'): Promise<void> {
  await runner.changeColumn('referral_terms', 'hold_days', new TableColumn(column('integer', 'hold_days', nullable)));
}
