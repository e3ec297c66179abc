import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableColumn,
  type TableColumnOptions,
  TableIndex,
} from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofChallenge = [
  column('json', 'stages', 'NULL'),
  column('id', 'draw_id', 'NULL'),
  column('integer', 'most_drawn_points', 'NULL'),
];
const ofSubmission = [
  column('integer', 'stage', 'NULL'),
  column('id', 'draw_id', 'NULL'),
  column('integer', 'drawn_points', 'NULL'),
  column('id', 'bonus_id', 'NULL'),
];

const columnsOf = (columns: readonly TableColumnOptions[]) => columns.map((options) => new TableColumn(options));
const namesOf = (columns: readonly TableColumnOptions[]) => columns.map(({ name }) => name);

/** Challenges in stages, rewards that are drawn by published odds, and windows in which points are multiplied. */
export class VariableRewards1764000024300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('challenge', columnsOf(ofChallenge));
    await runner.addColumns('submission', columnsOf(ofSubmission));
    await runner.createTable(
      new Table({
        name: 'reward_draw',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'challenge_id'),
          column('json', 'odds'),
          column('key', 'seed'),
          column('key', 'seed_hash'),
          column('time', 'started_at'),
          column('time', 'revealed_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_reward_draw_challenge', columnNames: ['challenge_id', 'id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'bonus_window',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'name'),
          column('integer', 'multiplier_percent'),
          column('time', 'starts_at'),
          column('time', 'ends_at'),
          column('json', 'kinds', 'NULL'),
          column('json', 'challenge_ids', 'NULL'),
          column('time', 'created_at'),
          column('time', 'cancelled_at', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_bonus_window_end', columnNames: ['program_id', 'ends_at'] })],
      }),
    );
    await runner.createIndex(
      'submission',
      new TableIndex({ name: 'ix_submission_draw', columnNames: ['draw_id', 'status'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('submission', 'ix_submission_draw');
    await runner.dropTable('bonus_window');
    await runner.dropTable('reward_draw');
    await runner.dropColumns('submission', namesOf(ofSubmission));
    await runner.dropColumns('challenge', namesOf(ofChallenge));
  }
}
