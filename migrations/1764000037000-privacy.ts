import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const tables = [
  new Table({
    name: 'erasure',
    columns: [
      idColumn(),
      column('id', 'program_id'),
      column('id', 'contact_id'),
      column('key', 'status'),
      column('key', 'ground', 'NULL'),
      column('boolean', 'suppress'),
      column('time', 'requested_at'),
      column('time', 'erased_at', 'NULL'),
      column('time', 'completed_at', 'NULL'),
    ],
    indices: [
      new TableIndex({ name: 'uq_erasure_contact', columnNames: ['contact_id'], isUnique: true }),
      new TableIndex({ name: 'ix_erasure_program', columnNames: ['program_id', 'id'] }),
    ],
  }),
  new Table({
    name: 'suppressed_address',
    columns: [idColumn(), column('id', 'program_id'), column('key', 'hash'), column('time', 'suppressed_at')],
    indices: [new TableIndex({ name: 'uq_suppressed_address', columnNames: ['program_id', 'hash'], isUnique: true })],
  }),
  new Table({
    name: 'consent',
    columns: [
      idColumn(),
      column('id', 'program_id'),
      column('id', 'contact_id'),
      column('key', 'purpose'),
      column('key', 'decision'),
      column('time', 'decided_at'),
      column('line', 'recorded_by'),
      column('line', 'source', 'NULL'),
      column('key', 'text_version', 'NULL'),
    ],
    indices: [new TableIndex({ name: 'ix_consent_contact', columnNames: ['contact_id', 'purpose', 'id'] })],
  }),
  new Table({ name: 'consent_policy', columns: [idColumn('program_id'), column('json', 'bases')] }),
  new Table({ name: 'retention_terms', columns: [idColumn('program_id'), column('json', 'months')] }),
  new Table({
    name: 'retention_progress',
    columns: [idColumn('program_id'), { ...column('key', 'kind'), isPrimary: true }, column('id', 'done_to')],
  }),
];
const people = ['contact', 'ambassador'];

/** Consent by purpose, how long things are kept, and who was erased. */
export class Privacy1764000037000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table);
    for (const table of people) await runner.addColumn(table, new TableColumn(column('time', 'erased_at', 'NULL')));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of people) await runner.dropColumn(table, 'erased_at');
    for (const { name } of [...tables].reverse()) await runner.dropTable(name);
  }
}
