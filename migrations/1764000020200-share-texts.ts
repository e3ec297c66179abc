import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

/** The language of an ambassador, and what a program has them share. */
export class ShareTexts1764000020200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ambassador', new TableColumn(column('key', 'language', 'NULL')));
    await runner.createTable(
      new Table({
        name: 'referral_share_text',
        columns: [
          { ...column('id', 'program_id'), isPrimary: true },
          { ...column('key', 'channel'), isPrimary: true },
          { ...column('key', 'language'), isPrimary: true },
          column('line', 'subject', 'NULL'),
          column('text', 'body'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('referral_share_text');
    await runner.dropColumn('ambassador', 'language');
  }
}
