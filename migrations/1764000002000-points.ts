import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** The ledger, and the levels that lifetime points reach. */
export class Points1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'points_transfer',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('key', 'kind'),
          column('integer', 'amount_points'),
          column('integer', 'reversed_points'),
          column('integer', 'earned_points'),
          column('time', 'earned_at'),
          column('key', 'category', 'NULL'),
          column('key', 'cause', 'NULL'),
          column('line', 'reason'),
          column('line', 'actor'),
          column('id', 'reverses_id', 'NULL'),
          column('time', 'posted_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_points_transfer_cause', columnNames: ['ambassador_id', 'cause'], isUnique: true }),
          new TableIndex({ name: 'ix_points_transfer_program', columnNames: ['program_id', 'id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_entry',
        columns: [
          idColumn(),
          column('id', 'transfer_id'),
          column('id', 'program_id'),
          column('id', 'ambassador_id', 'NULL'),
          column('key', 'account'),
          column('integer', 'amount_points'),
          column('integer', 'sequence', 'NULL'),
          column('key', 'hash', 'NULL'),
          column('time', 'posted_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_points_entry_sequence',
            columnNames: ['ambassador_id', 'account', 'sequence'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_points_entry_transfer', columnNames: ['transfer_id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_balance',
        columns: [
          idColumn('ambassador_id'),
          column('id', 'program_id'),
          column('integer', 'available'),
          column('integer', 'pending'),
          column('integer', 'lifetime'),
          column('integer', 'available_sequence'),
          column('key', 'available_hash'),
          column('integer', 'pending_sequence'),
          column('key', 'pending_hash'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_hold',
        columns: [
          idColumn('transfer_id'),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('integer', 'amount_points'),
          column('time', 'available_at'),
        ],
        indices: [new TableIndex({ name: 'ix_points_hold_due', columnNames: ['available_at'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'level',
        columns: [
          idColumn('program_id'),
          { ...column('integer', 'rank_number'), isPrimary: true },
          column('line', 'name'),
          column('integer', 'from_points'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['level', 'points_hold', 'points_balance', 'points_entry', 'points_transfer']) {
      await runner.dropTable(table);
    }
  }
}
