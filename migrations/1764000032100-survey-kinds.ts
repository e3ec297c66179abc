import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const kind = column('key', 'kind');
const anonymous = column('boolean', 'is_anonymous');
const bands = [column('integer', 'detractor_to', 'NULL'), column('integer', 'promoter_from', 'NULL')];
const look = [column('key', 'brand_color', 'NULL'), column('text', 'join_url', 'NULL')];

/** Kinds of surveys, own bands, anonymous surveys, and how their pages look. */
export class SurveyKinds1764000032100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'program',
      bands.map((options) => new TableColumn(options)),
    );
    const filled = [kind, anonymous].map((options) => ({ ...options, isNullable: true }));
    await runner.addColumns(
      'survey',
      [...filled, ...bands, ...look].map((options) => new TableColumn(options)),
    );
    // Whatever was asked before was asked of customers, by name.
    await runner.query("UPDATE survey SET kind = 'NPS', is_anonymous = FALSE");
    for (const options of [kind, anonymous]) {
      await runner.changeColumn('survey', options.name, new TableColumn(options));
    }
    await runner.createTable(
      new Table({
        name: 'waiting_answer',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('integer', 'day'),
          column('integer', 'score'),
          column('text', 'comment', 'NULL'),
          column('json', 'follow_ups'),
        ],
        indices: [new TableIndex({ name: 'ix_waiting_answer_day', columnNames: ['survey_id', 'day'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('waiting_answer');
    await runner.dropColumns('survey', [
      'kind',
      'is_anonymous',
      'detractor_to',
      'promoter_from',
      'brand_color',
      'join_url',
    ]);
    await runner.dropColumns('program', ['detractor_to', 'promoter_from']);
  }
}
