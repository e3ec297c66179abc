import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What comes before what: prerequisites of challenges, and tracks of challenges in order. */
export class Tracks1764000024200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'challenge_prerequisite',
        columns: [idColumn('challenge_id'), { ...column('id', 'required_id'), isPrimary: true }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'track',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'track_key'),
          column('line', 'title'),
          column('text', 'description'),
          column('time', 'created_at'),
          column('time', 'archived_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'uq_track_key', columnNames: ['program_id', 'track_key'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'track_step',
        columns: [
          idColumn('track_id'),
          { ...column('integer', 'position'), isPrimary: true },
          column('id', 'challenge_id'),
        ],
        indices: [new TableIndex({ name: 'uq_track_step_challenge', columnNames: ['challenge_id'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'track_completion',
        columns: [
          idColumn('track_id'),
          { ...column('id', 'ambassador_id'), isPrimary: true },
          column('integer', 'steps'),
          column('time', 'completed_at'),
        ],
        indices: [
          new TableIndex({ name: 'ix_track_completion_ambassador', columnNames: ['ambassador_id', 'track_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['track_completion', 'track_step', 'track', 'challenge_prerequisite']) {
      await runner.dropTable(table);
    }
  }
}
