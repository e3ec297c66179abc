import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofSubmission = [
  column('line', 'claimed_by', 'NULL'),
  column('time', 'claim_expires_at', 'NULL'),
  column('text', 'change_request', 'NULL'),
  column('time', 'resubmitted_at', 'NULL'),
];

/** Who looks at a submission, what was asked to be changed and what it was before, and what it looks like. */
export class Moderation1764000025200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const options of ofSubmission) await runner.addColumn('submission', new TableColumn(options));
    await runner.createTable(
      new Table({
        name: 'submission_revision',
        columns: [
          idColumn('submission_id'),
          { ...column('integer', 'number'), isPrimary: true },
          column('json', 'proof'),
          column('time', 'submitted_at'),
          column('text', 'change_request'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'submission_mark',
        columns: [idColumn('submission_id'), { ...column('key', 'mark'), isPrimary: true }, column('id', 'program_id')],
        indices: [new TableIndex({ name: 'ix_submission_mark', columnNames: ['program_id', 'mark', 'submission_id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'submission_flag',
        columns: [
          idColumn('submission_id'),
          { ...column('id', 'like_id'), isPrimary: true },
          { ...column('key', 'reason'), isPrimary: true },
          column('integer', 'similarity_percent'),
          column('time', 'flagged_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['submission_flag', 'submission_mark', 'submission_revision']) await runner.dropTable(table);
    for (const { name } of [...ofSubmission].reverse()) await runner.dropColumn('submission', name);
  }
}
