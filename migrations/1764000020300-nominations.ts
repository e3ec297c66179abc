import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const daysDefault = 60;

/** Friends whom ambassadors named beforehand, and ambassadors whom friends named. */
export class Nominations1764000020300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'referral_nomination',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('key', 'friend_key'),
          column('line', 'friend_name'),
          column('time', 'nominated_at'),
          column('time', 'expires_at'),
          column('id', 'referral_id', 'NULL'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_referral_nomination',
            columnNames: ['ambassador_id', 'friend_key'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_referral_nomination_friend', columnNames: ['program_id', 'friend_key'] }),
          new TableIndex({ name: 'ix_referral_nomination_expiry', columnNames: ['expires_at'] }),
          new TableIndex({ name: 'ix_referral_nomination_referral', columnNames: ['referral_id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'referral_claim',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'friend_key'),
          column('line', 'friend_external_id', 'NULL'),
          column('line', 'friend_email', 'NULL'),
          column('line', 'friend_name', 'NULL'),
          column('line', 'referrer_name'),
          column('key', 'channel'),
          column('time', 'claimed_at'),
          column('time', 'expires_at'),
          column('time', 'dismissed_at', 'NULL'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_referral_claim_friend',
            columnNames: ['program_id', 'friend_key'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_referral_claim_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_referral_claim_expiry', columnNames: ['expires_at'] }),
        ],
      }),
    );
    const open = new TableColumn(column('integer', 'nomination_days', 'NULL'));
    await runner.addColumn('referral_terms', open);
    await runner.query(`UPDATE referral_terms SET nomination_days = ${daysDefault}`);
    await runner.changeColumn('referral_terms', open, new TableColumn(column('integer', 'nomination_days')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('referral_terms', 'nomination_days');
    await runner.dropTable('referral_claim');
    await runner.dropTable('referral_nomination');
  }
}
