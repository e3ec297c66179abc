import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

const tokenIndex = new TableIndex({ name: 'uq_referral_click_token', columnNames: ['token'], isUnique: true });
const programIndex = new TableIndex({
  name: 'ix_referral_click_program',
  columnNames: ['program_id', 'clicked_at'],
});
const clickIndex = new TableIndex({ name: 'ix_referral_click', columnNames: ['click_id'] });
const added = {
  referral_click: [column('key', 'channel', 'NULL'), column('key', 'token', 'NULL')],
  referral: [column('key', 'channel', 'NULL'), column('id', 'click_id', 'NULL'), column('key', 'source', 'NULL')],
} as const;
const clickDaysDefault = 30;

/** Over which channel a friend came, by which click, and how the ambassador was named. */
export class ReferralSources1764000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(added)) {
      await runner.addColumns(
        table,
        columns.map((each) => new TableColumn(each)),
      );
    }
    await runner.createIndex('referral_click', tokenIndex);
    await runner.createIndex('referral_click', programIndex);
    await runner.createIndex('referral', clickIndex);
    // Until now a friend could be registered by a code alone.
    await runner.query(`UPDATE referral SET source = 'CODE'`);
    const open = new TableColumn(column('integer', 'click_days', 'NULL'));
    await runner.addColumn('referral_terms', open);
    await runner.query(`UPDATE referral_terms SET click_days = ${clickDaysDefault}`);
    await runner.changeColumn('referral_terms', open, new TableColumn(column('integer', 'click_days')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('referral_terms', 'click_days');
    await runner.dropIndex('referral', clickIndex);
    await runner.dropIndex('referral_click', programIndex);
    await runner.dropIndex('referral_click', tokenIndex);
    for (const [table, columns] of Object.entries(added)) {
      for (const { name } of columns) await runner.dropColumn(table, name);
    }
  }
}
