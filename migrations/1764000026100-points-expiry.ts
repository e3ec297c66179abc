import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Since when points expire how, what has expired, and who was told. */
export class PointsExpiry1764000026100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'points_expiry_terms',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'unit_key'),
          column('key', 'kind'),
          column('integer', 'length'),
          column('key', 'length_unit'),
          column('key', 'earlier_points'),
          column('integer', 'notice_days'),
          column('time', 'in_force_from'),
          column('time', 'set_at'),
          column('line', 'set_by'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_points_expiry_terms',
            columnNames: ['program_id', 'unit_key', 'in_force_from'],
            isUnique: true,
          }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_expired_lot',
        columns: [
          idColumn('lot_transfer_id'),
          { ...column('integer', 'part'), isPrimary: true },
          idColumn('expiry_transfer_id'),
          column('integer', 'points'),
          column('integer', 'restored_points'),
        ],
        indices: [new TableIndex({ name: 'ix_points_expired_lot_expiry', columnNames: ['expiry_transfer_id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_expiry_notice',
        columns: [
          idColumn('ambassador_id'),
          { ...column('key', 'unit_key'), isPrimary: true },
          { ...column('key', 'expires_at'), isPrimary: true },
          column('integer', 'points'),
          column('time', 'noticed_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['notice', 'terms']) await runner.dropTable(`points_expiry_${name}`);
    await runner.dropTable('points_expired_lot');
  }
}
