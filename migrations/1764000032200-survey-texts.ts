import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What surveys ask, in the program's own words and languages. */
export class SurveyTexts1764000032200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const language = { ...column('key', 'language'), isPrimary: true };
    await runner.createTable(
      new Table({
        name: 'survey_text',
        columns: [
          idColumn('survey_id'),
          language,
          column('text', 'question', 'NULL'),
          column('line', 'lowest_label', 'NULL'),
          column('line', 'highest_label', 'NULL'),
          column('text', 'promoter_question', 'NULL'),
          column('text', 'passive_question', 'NULL'),
          column('text', 'detractor_question', 'NULL'),
          column('text', 'thanks', 'NULL'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'follow_up_wording',
        columns: [
          idColumn('survey_id'),
          { ...column('key', 'question_key'), isPrimary: true },
          language,
          column('text', 'wording'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['follow_up_wording', 'survey_text']) await runner.dropTable(table);
  }
}
