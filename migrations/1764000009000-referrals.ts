import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Codes, the terms of a program, and the friends that were brought. */
export class Referrals1764000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'referral_code',
        columns: [idColumn('ambassador_id'), column('id', 'program_id'), column('key', 'code')],
        indices: [new TableIndex({ name: 'uq_referral_code', columnNames: ['code'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'referral_click',
        columns: [idColumn(), column('id', 'program_id'), column('id', 'ambassador_id'), column('time', 'clicked_at')],
        indices: [
          new TableIndex({ name: 'ix_referral_click_ambassador', columnNames: ['ambassador_id', 'clicked_at'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'referral_terms',
        columns: [
          idColumn('program_id'),
          column('integer', 'referrer_points'),
          column('line', 'friend_reward', 'NULL'),
          column('integer', 'hold_days'),
          column('integer', 'attribution_days'),
          column('integer', 'friends_per_day_max'),
          column('integer', 'friends_per_month_max'),
          column('text', 'landing_url', 'NULL'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'referral',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'referrer_id'),
          column('id', 'friend_id'),
          column('id', 'claimed_friend_id', 'NULL'),
          column('key', 'status'),
          column('time', 'registered_at'),
          column('time', 'converted_at', 'NULL'),
          column('time', 'held_until', 'NULL'),
          column('line', 'order_id', 'NULL'),
          column('integer', 'amount_cents', 'NULL'),
          column('key', 'currency', 'NULL'),
          column('integer', 'referrer_points'),
          column('line', 'promised_friend_reward', 'NULL'),
          column('line', 'refusal', 'NULL'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_referral_friend',
            columnNames: ['program_id', 'claimed_friend_id'],
            isUnique: true,
          }),
          new TableIndex({ name: 'uq_referral_order', columnNames: ['program_id', 'order_id'], isUnique: true }),
          new TableIndex({ name: 'ix_referral_referrer', columnNames: ['referrer_id', 'registered_at'] }),
          new TableIndex({ name: 'ix_referral_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_referral_held', columnNames: ['status', 'held_until'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['referral', 'referral_terms', 'referral_click', 'referral_code'])
      await runner.dropTable(table);
  }
}
