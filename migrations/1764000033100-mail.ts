import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Who wants no mail, and whose address takes none. */
export class Mail1764000033100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'mail_standing',
        columns: [
          idColumn('contact_id'),
          column('id', 'program_id'),
          column('time', 'unsubscribed_at', 'NULL'),
          column('time', 'bounced_at', 'NULL'),
          column('line', 'bounced_address', 'NULL'),
          column('line', 'bounce_reason', 'NULL'),
        ],
        indices: [new TableIndex({ name: 'ix_mail_standing_program', columnNames: ['program_id'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mail_standing');
  }
}
