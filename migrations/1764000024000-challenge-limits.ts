import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofChallenge = [
  column('integer', 'max_per_window', 'NULL'),
  column('key', 'limit_window', 'NULL'),
  column('integer', 'max_in_all', 'NULL'),
  column('integer', 'budget_points', 'NULL'),
  column('integer', 'cooldown_hours', 'NULL'),
  column('time', 'paused_at', 'NULL'),
  column('time', 'archived_at', 'NULL'),
  column('time', 'limits_changed_at', 'NULL'),
];
const ofSubmission = [
  column('key', 'submitted_on', 'NULL'),
  column('time', 'cooldown_until', 'NULL'),
  column('integer', 'reserved_points', 'NULL'),
];

/** Limits of a challenge by window and in all, its budget and cooldown, and what of them is used. */
export class ChallengeLimits1764000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const options of ofChallenge) await runner.addColumn('challenge', new TableColumn(options));
    for (const options of ofSubmission) await runner.addColumn('submission', new TableColumn(options));
    // What was submitted before has the day in UTC, and has reserved what it was promised.
    await runner.query(
      'UPDATE submission SET submitted_on = SUBSTR(submitted_at, 1, 10), reserved_points = reward_points',
    );
    await runner.createTable(
      new Table({
        name: 'challenge_usage',
        columns: [idColumn('challenge_id'), column('integer', 'submissions'), column('integer', 'points')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('challenge_usage');
    for (const { name } of [...ofSubmission].reverse()) await runner.dropColumn('submission', name);
    for (const { name } of [...ofChallenge].reverse()) await runner.dropColumn('challenge', name);
  }
}
