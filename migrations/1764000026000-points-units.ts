import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Several units in a program, each with balances of its own; what ambassadors may give each other. */
export class PointsUnits1764000026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('points_transfer', new TableColumn(column('key', 'unit_key', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'points_unit',
        columns: [
          idColumn('program_id'),
          { ...column('key', 'unit_key'), isPrimary: true },
          column('line', 'name'),
          column('boolean', 'gifts_allowed'),
          column('integer', 'gift_points_min'),
          column('integer', 'gift_points_per_day_max'),
          column('integer', 'gifts_per_day_max'),
          column('time', 'created_at'),
        ],
      }),
    );
    // The unit that every program has counted in from its first day.
    await runner.query(`
      INSERT INTO points_unit (program_id, unit_key, name, gifts_allowed, gift_points_min, gift_points_per_day_max,
        gifts_per_day_max, created_at)
      SELECT id, 'points', 'Points', 0, 1, 1000, 5, created_at FROM program`);
    await runner.createTable(
      new Table({
        name: 'points_unit_balance',
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
          { ...column('key', 'unit_key'), isPrimary: true },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'points_received_part',
        columns: [
          idColumn('transfer_id'),
          { ...column('integer', 'part'), isPrimary: true },
          column('integer', 'points'),
          column('time', 'earned_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['points_received_part', 'points_unit_balance', 'points_unit']) await runner.dropTable(table);
    await runner.dropColumn('points_transfer', 'unit_key');
  }
}
