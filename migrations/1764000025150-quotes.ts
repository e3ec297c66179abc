import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

/** Consent to publish that was taken back, and the way to the quotes that are published. */
export class Quotes1764000025150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('submission', new TableColumn(column('time', 'consent_revoked_at', 'NULL')));
    await runner.createIndex(
      'submission',
      new TableIndex({ name: 'ix_submission_kind', columnNames: ['program_id', 'kind', 'status', 'id'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('submission', 'ix_submission_kind');
    await runner.dropColumn('submission', 'consent_revoked_at');
  }
}
