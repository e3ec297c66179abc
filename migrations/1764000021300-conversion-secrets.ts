import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What shops sign their conversions with. */
export class ConversionSecrets1764000021300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'conversion_secret',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('text', 'sealed_secret'),
          column('key', 'key_id'),
          column('time', 'created_at'),
          column('time', 'expires_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_conversion_secret_program', columnNames: ['program_id', 'id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('conversion_secret');
  }
}
