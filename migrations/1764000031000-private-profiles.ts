import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

/** Since when an ambassador keeps its profile private. */
export class PrivateProfiles1764000031000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ambassador', new TableColumn(column('time', 'private_since', 'NULL')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ambassador', 'private_since');
  }
}
