import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Polls with their options and ballots, and what became of ideas. */
export class PollsAndIdeas1764000025300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'poll',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('line', 'question'),
          column('text', 'description'),
          column('integer', 'choices_max'),
          column('key', 'results_shown'),
          column('time', 'closes_at', 'NULL'),
          column('integer', 'from_level', 'NULL'),
          column('key', 'attribute_name', 'NULL'),
          column('line', 'attribute_value', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [new TableIndex({ name: 'ix_poll_program', columnNames: ['program_id', 'id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'poll_option',
        columns: [idColumn(), column('id', 'poll_id'), column('integer', 'position'), column('line', 'text')],
        indices: [
          new TableIndex({ name: 'uq_poll_option_position', columnNames: ['poll_id', 'position'], isUnique: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'poll_ballot',
        columns: [
          idColumn('poll_id'),
          { ...column('id', 'ambassador_id'), isPrimary: true },
          column('time', 'cast_at'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'poll_choice',
        columns: [
          idColumn('poll_id'),
          { ...column('id', 'ambassador_id'), isPrimary: true },
          { ...column('id', 'option_id'), isPrimary: true },
        ],
        indices: [new TableIndex({ name: 'ix_poll_choice_option', columnNames: ['poll_id', 'option_id'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'idea',
        columns: [
          idColumn('submission_id'),
          column('id', 'program_id'),
          column('key', 'status'),
          column('text', 'reply', 'NULL'),
          column('time', 'replied_at', 'NULL'),
          column('time', 'changed_at'),
        ],
      }),
    );
    await runner.createIndex(
      'submission',
      new TableIndex({ name: 'ix_submission_votes', columnNames: ['program_id', 'kind', 'votes', 'id'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('submission', 'ix_submission_votes');
    for (const table of ['idea', 'poll_choice', 'poll_ballot', 'poll_option', 'poll']) await runner.dropTable(table);
  }
}
