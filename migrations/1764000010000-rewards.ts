import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What points buy, and who bought it. */
export class Rewards1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'reward',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'name'),
          column('integer', 'cost_points'),
          column('integer', 'stock', 'NULL'),
          column('integer', 'stocked', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [new TableIndex({ name: 'ix_reward_program', columnNames: ['program_id', 'id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'redemption',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'reward_id'),
          column('id', 'ambassador_id'),
          column('key', 'status'),
          column('integer', 'cost_points'),
          column('time', 'requested_at'),
          column('time', 'settled_at', 'NULL'),
          column('line', 'cancellation_reason', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'ix_redemption_program', columnNames: ['program_id', 'status', 'id'] }),
          new TableIndex({ name: 'ix_redemption_ambassador', columnNames: ['ambassador_id', 'id'] }),
          new TableIndex({ name: 'ix_redemption_reward', columnNames: ['reward_id', 'status'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['redemption', 'reward']) await runner.dropTable(table);
  }
}
