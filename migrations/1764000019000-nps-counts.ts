import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Counts of answers by day, score and attribute. What is there already is counted after the start, survey by survey. */
export class NpsCounts1764000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('survey', [
      new TableColumn(column('key', 'counted_zone', 'NULL')),
      new TableColumn(column('time', 'counted_from', 'NULL')),
    ]);
    await runner.createTable(
      new Table({
        name: 'nps_count',
        columns: [
          idColumn('survey_id'),
          { ...column('key', 'name'), isPrimary: true },
          { ...column('line', 'value'), isPrimary: true },
          { ...column('integer', 'day'), isPrimary: true },
          { ...column('integer', 'score'), isPrimary: true },
          column('integer', 'answers'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'nps_count_change',
        columns: [
          idColumn(),
          column('id', 'survey_id'),
          column('key', 'name'),
          column('line', 'value'),
          column('integer', 'day'),
          column('integer', 'score'),
          column('integer', 'answers'),
        ],
        indices: [new TableIndex({ name: 'ix_nps_count_change_key', columnNames: ['survey_id', 'name', 'value'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'nps_attribute_value',
        columns: [
          idColumn('program_id'),
          { ...column('key', 'name'), isPrimary: true },
          { ...column('line', 'value'), isPrimary: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['nps_attribute_value', 'nps_count_change', 'nps_count']) await runner.dropTable(table);
    await runner.dropColumns('survey', ['counted_from', 'counted_zone']);
  }
}
