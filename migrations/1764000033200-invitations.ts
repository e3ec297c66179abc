import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Waves of invitations to a survey, whom they asked, and in which words. */
export class Invitations1764000033200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'invitation_wave',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'survey_id'),
          column('key', 'ask_kind'),
          column('line', 'name'),
          column('key', 'channel'),
          column('json', 'audience', 'NULL'),
          column('json', 'contact_ids', 'NULL'),
          column('key', 'language'),
          column('boolean', 'is_language_fixed'),
          column('time', 'scheduled_at'),
          column('integer', 'rate_per_minute'),
          column('integer', 'reminder_after_days', 'NULL'),
          column('integer', 'reminders_max'),
          column('integer', 'link_days'),
          column('time', 'free_from'),
          column('time', 'started_at', 'NULL'),
          column('time', 'selected_at', 'NULL'),
          column('time', 'paused_at', 'NULL'),
          column('time', 'cancelled_at', 'NULL'),
          column('time', 'finished_at', 'NULL'),
          column('time', 'created_at'),
        ],
        indices: [
          new TableIndex({ name: 'ix_invitation_wave_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({ name: 'ix_invitation_wave_free', columnNames: ['finished_at', 'free_from'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'survey_invitation',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'wave_id'),
          column('id', 'contact_id'),
          column('key', 'status'),
          column('key', 'reason', 'NULL'),
          column('key', 'language'),
          column('id', 'link_id', 'NULL'),
          column('integer', 'mails'),
          column('integer', 'attempts'),
          column('time', 'due_at', 'NULL'),
          column('id', 'claim', 'NULL'),
          column('line', 'message_id', 'NULL'),
          column('time', 'sent_at', 'NULL'),
          column('time', 'changed_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_survey_invitation_contact',
            columnNames: ['wave_id', 'contact_id'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_survey_invitation_due', columnNames: ['wave_id', 'due_at'] }),
          new TableIndex({ name: 'ix_survey_invitation_status', columnNames: ['wave_id', 'status', 'reason'] }),
          new TableIndex({ name: 'ix_survey_invitation_person', columnNames: ['contact_id', 'id'] }),
          new TableIndex({ name: 'ix_survey_invitation_sending', columnNames: ['status', 'changed_at'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'invitation_text',
        columns: [
          idColumn('program_id'),
          { ...column('key', 'language'), isPrimary: true },
          column('line', 'subject'),
          column('text', 'body'),
          column('line', 'reminder_subject'),
          column('text', 'reminder_body'),
          column('text', 'footer'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['invitation_text', 'survey_invitation', 'invitation_wave']) await runner.dropTable(table);
  }
}
