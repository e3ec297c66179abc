import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Cases for detractors: who gets in touch, until when, what happened, how it ended. */
export class Cases1764000035100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'detractor_case',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'response_id'),
          column('id', 'contact_id'),
          column('key', 'status'),
          column('line', 'owner', 'NULL'),
          column('time', 'due_at'),
          column('time', 'opened_at'),
          column('time', 'resolved_at', 'NULL'),
          column('key', 'outcome', 'NULL'),
          column('time', 'escalated_at', 'NULL'),
          column('integer', 'entries'),
        ],
        indices: [
          new TableIndex({ name: 'uq_detractor_case_response', columnNames: ['response_id'], isUnique: true }),
          new TableIndex({ name: 'ix_detractor_case_program', columnNames: ['program_id', 'id'] }),
          new TableIndex({
            name: 'ix_detractor_case_status',
            columnNames: ['program_id', 'status', 'due_at', 'id'],
          }),
          new TableIndex({ name: 'ix_detractor_case_due', columnNames: ['status', 'escalated_at', 'due_at'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'detractor_case_entry',
        columns: [
          idColumn(),
          column('id', 'case_id'),
          column('integer', 'position'),
          column('key', 'step'),
          column('time', 'at'),
          column('line', 'by_caller', 'NULL'),
          column('line', 'owner', 'NULL'),
          column('key', 'outcome', 'NULL'),
          column('text', 'note', 'NULL'),
        ],
        indices: [
          new TableIndex({ name: 'uq_detractor_case_entry', columnNames: ['case_id', 'position'], isUnique: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'case_terms',
        columns: [idColumn('program_id'), column('json', 'settings'), column('integer', 'turns')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['case_terms', 'detractor_case_entry', 'detractor_case']) await runner.dropTable(table);
  }
}
