import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** The activity feed, who is shown in it, and kudos. */
export class Social1764000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'social_terms',
        columns: [
          idColumn('program_id'),
          column('boolean', 'feed_on'),
          column('integer', 'kept_days'),
          column('integer', 'kudos_per_day_max'),
          column('integer', 'kudos_points'),
          column('integer', 'kudos_points_per_day_max'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'activity_sharing',
        columns: [idColumn('ambassador_id'), column('id', 'program_id'), column('time', 'since')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'activity',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'ambassador_id'),
          column('key', 'kind'),
          column('key', 'subject_type', 'NULL'),
          column('id', 'subject_id', 'NULL'),
          column('integer', 'level_rank', 'NULL'),
          column('id', 'event_id'),
          column('time', 'happened_at'),
          column('time', 'hidden_at', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_activity_event', columnNames: ['event_id'], isUnique: true }),
          new TableIndex({ name: 'ix_activity_program', columnNames: ['program_id', 'happened_at', 'id'] }),
          new TableIndex({ name: 'ix_activity_kind', columnNames: ['program_id', 'kind', 'happened_at', 'id'] }),
          new TableIndex({ name: 'ix_activity_ambassador', columnNames: ['ambassador_id', 'happened_at', 'id'] }),
          new TableIndex({ name: 'ix_activity_happened', columnNames: ['happened_at'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'kudos',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'from_id'),
          column('id', 'to_id'),
          column('id', 'activity_id', 'NULL'),
          column('text', 'message', 'NULL'),
          column('integer', 'points'),
          column('time', 'given_at'),
          column('time', 'withdrawn_at', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_kudos_activity', columnNames: ['activity_id', 'from_id'], isUnique: true }),
          new TableIndex({ name: 'ix_kudos_from', columnNames: ['from_id', 'given_at', 'id'] }),
          new TableIndex({ name: 'ix_kudos_to', columnNames: ['to_id', 'given_at', 'id'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'kudos_report',
        columns: [
          idColumn('kudos_id'),
          { ...column('id', 'reporter_id'), isPrimary: true },
          column('time', 'reported_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['kudos_report', 'kudos', 'activity', 'activity_sharing', 'social_terms']) {
      await runner.dropTable(table);
    }
  }
}
