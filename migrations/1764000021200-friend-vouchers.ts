import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Voucher codes, of which each friend gets one. */
export class FriendVouchers1764000021200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('referral', new TableColumn(column('id', 'friend_voucher_id', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'friend_voucher_pool',
        columns: [idColumn(), column('id', 'program_id'), column('line', 'name'), column('time', 'created_at')],
        indices: [new TableIndex({ name: 'ix_friend_voucher_pool_program', columnNames: ['program_id', 'id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'friend_voucher',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'pool_id'),
          column('key', 'fingerprint'),
          column('text', 'sealed_code'),
          column('key', 'key_id'),
          column('key', 'state'),
          column('id', 'referral_id', 'NULL'),
          column('time', 'given_at', 'NULL'),
          column('time', 'revoked_at', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_friend_voucher', columnNames: ['program_id', 'fingerprint'], isUnique: true }),
          new TableIndex({ name: 'uq_friend_voucher_referral', columnNames: ['referral_id'], isUnique: true }),
          new TableIndex({ name: 'ix_friend_voucher_pool', columnNames: ['pool_id', 'state', 'id'] }),
          new TableIndex({ name: 'ix_friend_voucher_key', columnNames: ['key_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['friend_voucher', 'friend_voucher_pool']) await runner.dropTable(table);
    await runner.dropColumn('referral', 'friend_voucher_id');
  }
}
