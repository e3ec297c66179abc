import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

/** Where referrals have been and when, and the clicks that came in floods. */
export class ReferralSteps1764000020100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'referral_step',
        columns: [
          { ...column('id', 'referral_id'), isPrimary: true },
          { ...column('integer', 'position'), isPrimary: true },
          column('key', 'status'),
          column('time', 'at'),
          column('line', 'reason', 'NULL'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'referral_click_flood',
        columns: [
          { ...column('id', 'ambassador_id'), isPrimary: true },
          { ...column('key', 'day'), isPrimary: true },
          column('id', 'program_id'),
          column('integer', 'clicks'),
        ],
      }),
    );
    await this.tellThePast(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('referral_click_flood');
    await runner.dropTable('referral_step');
  }

  /** Only some moments were kept until now; a last step whose time is not known stands at the last known moment. */
  private async tellThePast(runner: QueryRunner): Promise<void> {
    const insert = 'INSERT INTO referral_step (referral_id, position, status, at, reason) SELECT';
    await runner.query(`${insert} id, 1, 'REGISTERED', registered_at, NULL FROM referral`);
    await runner.query(
      `${insert} id, 2, 'HELD', converted_at, NULL FROM referral WHERE converted_at IS NOT NULL AND status <> 'REJECTED'`,
    );
    await runner.query(
      `${insert} id, 3, 'REWARDED', COALESCE(held_until, converted_at), NULL FROM referral WHERE status = 'REWARDED'`,
    );
    await runner.query(
      `${insert} id, 3, 'REVERSED', COALESCE(converted_at, registered_at), refusal FROM referral WHERE status = 'REVERSED'`,
    );
    await runner.query(`${insert} id, 2, 'REJECTED', registered_at, refusal FROM referral WHERE status = 'REJECTED'`);
  }
}
