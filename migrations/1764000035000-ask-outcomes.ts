import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** What every ask has; those from before get it from what they asked for. */
const required = [
  column('key', 'kind'),
  column('key', 'moment'),
  column('key', 'group_key'),
  column('key', 'decided_by'),
];

const optional = [
  column('id', 'submission_id', 'NULL'),
  column('key', 'status', 'NULL'),
  column('time', 'expires_at', 'NULL'),
  column('time', 'settled_at', 'NULL'),
  column('key', 'refusal', 'NULL'),
  column('json', 'candidates', 'NULL'),
];

const indices = [
  new TableIndex({ name: 'uq_ask_submission', columnNames: ['submission_id'], isUnique: true }),
  new TableIndex({ name: 'ix_ask_program', columnNames: ['program_id', 'id'] }),
  new TableIndex({ name: 'ix_ask_open', columnNames: ['status', 'expires_at'] }),
];

/** What became of asks, why each was made, how they go with whom, and how a program decides on them. */
export class AskOutcomes1764000035000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const options of optional) await runner.addColumn('ask', new TableColumn(options));
    for (const options of required) await runner.addColumn('ask', new TableColumn({ ...options, isNullable: true }));
    await runner.query(`UPDATE ask SET moment = 'RESPONSE', group_key = 'NONE', decided_by = 'RULE', kind = CASE
      WHEN ambassador_id IS NULL THEN 'JOIN' WHEN challenge_id IS NULL THEN 'THANKS'
      ELSE COALESCE((SELECT challenge.kind FROM challenge WHERE challenge.id = ask.challenge_id), 'CUSTOM') END`);
    for (const options of required) await runner.changeColumn('ask', options.name, new TableColumn(options));
    await changeResponse(runner, 'NULL');
    for (const index of indices) await runner.createIndex('ask', index);
    await runner.createTable(
      new Table({
        name: 'ask_tally',
        columns: [
          idColumn('program_id'),
          { ...column('key', 'group_key'), isPrimary: true },
          { ...column('key', 'kind'), isPrimary: true },
          { ...column('key', 'outcome'), isPrimary: true },
          column('integer', 'asks'),
        ],
      }),
    );
    await runner.createTable(
      new Table({ name: 'ask_order', columns: [idColumn('program_id'), column('json', 'settings')] }),
    );
  }

  /** Asks after a deed have no place before this. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ask_order', 'ask_tally']) await runner.dropTable(table);
    for (const { name = '' } of [...indices].reverse()) await runner.dropIndex('ask', name);
    await runner.query('DELETE FROM ask WHERE response_id IS NULL');
    await changeResponse(runner, 'NOT NULL');
    for (const { name } of [...required, ...optional].reverse()) await runner.dropColumn('ask', name);
  }
}

/** Without its index meanwhile: MySQL would take the index of one column for a property of the column. */
async function changeResponse(runner: QueryRunner, nullable: 'NULL' | 'NOT NULL'): Promise<void> {
  const one = new TableIndex({ name: 'uq_ask_response', columnNames: ['response_id'], isUnique: true });
  await runner.dropIndex('ask', 'uq_ask_response');
  await runner.changeColumn('ask', 'response_id', new TableColumn(column('id', 'response_id', nullable)));
  await runner.createIndex('ask', one);
}
