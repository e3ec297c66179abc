import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What has to happen once, and how far it is. The walks of new badges, which had a table of their own, go on there. */
export class Jobs1764000027000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'job',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'name'),
          column('line', 'run_key'),
          column('key', 'status'),
          column('json', 'state'),
          column('integer', 'done'),
          column('integer', 'total', 'NULL'),
          column('integer', 'attempts'),
          column('id', 'lease', 'NULL'),
          column('time', 'due_at', 'NULL'),
          column('time', 'created_at'),
          column('time', 'scheduled_for'),
          column('time', 'started_at', 'NULL'),
          column('time', 'finished_at', 'NULL'),
          column('line', 'last_error', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_job_run', columnNames: ['program_id', 'name', 'run_key'], isUnique: true }),
          new TableIndex({ name: 'ix_job_due', columnNames: ['due_at'] }),
          new TableIndex({ name: 'ix_job_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_job_finished', columnNames: ['finished_at'] }),
        ],
      }),
    );
    // The id of a badge serves as that of its walk: nothing else has it in this table.
    await runner.query(
      `INSERT INTO job (id, program_id, name, run_key, status, state, done, attempts, due_at, created_at, scheduled_for)
       SELECT badge.id, badge.program_id, 'badges.grant', badge.code_key, 'WAITING',
         CONCAT('{"badgeId":"', badge.id, '","after":"', badge_grant.after_ambassador_id, '"}'),
         0, 0, badge.created_at, badge.created_at, badge.created_at
       FROM badge_grant JOIN badge ON badge.id = badge_grant.badge_id WHERE badge_grant.done = 0`,
    );
    await runner.dropTable('badge_grant');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'badge_grant',
        columns: [idColumn('badge_id'), column('id', 'after_ambassador_id'), column('boolean', 'done')],
      }),
    );
    // Whatever was not done begins anew: looking twice gives nothing twice.
    await runner.query(
      `INSERT INTO badge_grant (badge_id, after_ambassador_id, done)
       SELECT badge.id, '', CASE WHEN job.id IS NULL THEN 1 ELSE 0 END FROM badge
       LEFT JOIN job ON job.program_id = badge.program_id AND job.name = 'badges.grant'
         AND job.run_key = badge.code_key AND job.status <> 'DONE'`,
    );
    await runner.dropTable('job');
  }
}
