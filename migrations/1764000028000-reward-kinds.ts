import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofReward = [
  column('text', 'image_url', 'NULL'),
  column('integer', 'from_level_rank', 'NULL'),
  column('integer', 'max_per_ambassador', 'NULL'),
  column('integer', 'low_stock_at', 'NULL'),
  column('text', 'delivery_text', 'NULL'),
  column('line', 'donation_recipient', 'NULL'),
  column('integer', 'donation_cents', 'NULL'),
  column('key', 'donation_currency', 'NULL'),
  column('time', 'archived_at', 'NULL'),
];
const ofRedemption = [
  column('text', 'sealed_address', 'NULL'),
  column('text', 'sealed_delivery', 'NULL'),
  column('key', 'key_id', 'NULL'),
  column('integer', 'donated_cents', 'NULL'),
];

const namesOf = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);

/** Kinds of rewards, who may buy them, voucher codes, and what a redemption needs to be handed over. */
export class RewardKinds1764000028000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const kind = column('key', 'kind');
    const description = column('text', 'description');
    const filled = [kind, description].map((options) => ({ ...options, isNullable: true }));
    await runner.addColumns(
      'reward',
      [...filled, ...ofReward].map((options) => new TableColumn(options)),
    );
    // What there was before was handed over without an address or a code.
    await runner.query("UPDATE reward SET kind = 'DIGITAL', description = ''");
    for (const options of [kind, description]) {
      await runner.changeColumn('reward', options.name, new TableColumn(options));
    }
    await runner.addColumns(
      'redemption',
      ofRedemption.map((options) => new TableColumn(options)),
    );
    await runner.createIndex('redemption', new TableIndex({ name: 'ix_redemption_key', columnNames: ['key_id'] }));
    await runner.createTable(
      new Table({
        name: 'reward_voucher',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'reward_id'),
          column('key', 'fingerprint'),
          column('text', 'sealed_code', 'NULL'),
          column('key', 'key_id', 'NULL'),
          column('key', 'state'),
          column('id', 'redemption_id', 'NULL'),
          column('time', 'shown_at', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_reward_voucher', columnNames: ['program_id', 'fingerprint'], isUnique: true }),
          new TableIndex({ name: 'uq_reward_voucher_redemption', columnNames: ['redemption_id'], isUnique: true }),
          new TableIndex({ name: 'ix_reward_voucher_reward', columnNames: ['reward_id', 'state', 'id'] }),
          new TableIndex({ name: 'ix_reward_voucher_key', columnNames: ['key_id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('reward_voucher');
    await runner.dropIndex('redemption', 'ix_redemption_key');
    await runner.dropColumns('redemption', namesOf(ofRedemption));
    await runner.dropColumns('reward', ['kind', 'description', ...namesOf(ofReward)]);
  }
}
