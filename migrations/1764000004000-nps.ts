import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Surveys and the answers to them. */
export class Nps1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'survey',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'survey_key'),
          column('line', 'name'),
          column('key', 'scheme', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [new TableIndex({ name: 'uq_survey_key', columnNames: ['program_id', 'survey_key'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'nps_response',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('id', 'contact_id', 'NULL'),
          column('integer', 'score'),
          column('text', 'comment', 'NULL'),
          column('time', 'responded_at'),
          column('line', 'source_id', 'NULL'),
          column('time', 'recorded_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_nps_response_contact',
            columnNames: ['survey_id', 'contact_id', 'responded_at'],
            isUnique: true,
          }),
          new TableIndex({ name: 'uq_nps_response_source', columnNames: ['survey_id', 'source_id'], isUnique: true }),
          new TableIndex({ name: 'ix_nps_response_score', columnNames: ['survey_id', 'score', 'responded_at'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['nps_response', 'survey']) await runner.dropTable(table);
  }
}
