import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Challenges, what ambassadors submit to them, and the votes for that. */
export class Challenges1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'challenge',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'kind'),
          column('line', 'title'),
          column('text', 'description'),
          column('integer', 'reward_points'),
          column('key', 'verification'),
          column('boolean', 'votable'),
          column('time', 'starts_at', 'NULL'),
          column('time', 'ends_at', 'NULL'),
          column('integer', 'max_per_ambassador', 'NULL'),
          column('integer', 'pending_days'),
          column('time', 'created_at'),
        ],
        indices: [new TableIndex({ name: 'ix_challenge_program', columnNames: ['program_id', 'id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'submission',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'challenge_id'),
          column('id', 'ambassador_id'),
          column('key', 'kind'),
          column('key', 'status'),
          column('json', 'proof'),
          column('integer', 'reward_points'),
          column('time', 'submitted_at'),
          column('time', 'decided_at', 'NULL'),
          column('line', 'decided_by', 'NULL'),
          column('text', 'rejection_reason', 'NULL'),
          column('integer', 'votes'),
        ],
        indices: [
          new TableIndex({ name: 'ix_submission_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_submission_status', columnNames: ['program_id', 'status', 'id'] }),
          new TableIndex({ name: 'ix_submission_ambassador', columnNames: ['ambassador_id', 'status', 'kind'] }),
          new TableIndex({ name: 'ix_submission_challenge', columnNames: ['challenge_id', 'ambassador_id'] }),
          new TableIndex({ name: 'ix_submission_newest', columnNames: ['challenge_id', 'id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'submission_vote',
        columns: [
          idColumn('submission_id'),
          { ...column('id', 'ambassador_id'), isPrimary: true },
          column('time', 'cast_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['submission_vote', 'submission', 'challenge']) await runner.dropTable(table);
  }
}
