import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What surveys ask after the score, and what was answered. */
export class FollowUps1764000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'follow_up_question',
        columns: [
          idColumn('survey_id'),
          { ...column('key', 'question_key'), isPrimary: true },
          column('key', 'kind'),
          column('key', 'metric', 'NULL'),
          column('text', 'wording', 'NULL'),
          column('integer', 'highest_number', 'NULL'),
          column('boolean', 'is_asked'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'follow_up_answer',
        columns: [
          idColumn('response_id'),
          { ...column('key', 'question_key'), isPrimary: true },
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('id', 'contact_id', 'NULL'),
          column('key', 'metric', 'NULL'),
          column('integer', 'number_value', 'NULL'),
          column('text', 'text_value', 'NULL'),
          column('time', 'answered_at'),
        ],
        indices: [
          new TableIndex({
            name: 'ix_follow_up_answer_contact',
            columnNames: ['contact_id', 'metric', 'answered_at'],
          }),
          new TableIndex({ name: 'ix_follow_up_answer_metric', columnNames: ['survey_id', 'metric', 'response_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['follow_up_answer', 'follow_up_question']) await runner.dropTable(table);
  }
}
