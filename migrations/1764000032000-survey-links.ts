import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Links that surveys are answered by, each once. */
export class SurveyLinks1764000032000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'survey_link',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('id', 'contact_id', 'NULL'),
          column('id', 'invitation_id', 'NULL'),
          column('key', 'channel'),
          column('key', 'language', 'NULL'),
          column('time', 'expires_at'),
          column('boolean', 'is_used'),
          column('time', 'used_at', 'NULL'),
          column('id', 'response_id', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({ name: 'uq_survey_link_response', columnNames: ['response_id'], isUnique: true }),
          new TableIndex({ name: 'ix_survey_link_invitation', columnNames: ['invitation_id'] }),
          new TableIndex({ name: 'ix_survey_link_contact', columnNames: ['contact_id', 'survey_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('survey_link');
  }
}
