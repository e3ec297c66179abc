import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const ofChallenge = [
  column('text', 'disclosure_text', 'NULL'),
  column('time', 'event_ends_at', 'NULL'),
  column('integer', 'seats', 'NULL'),
  column('json', 'form', 'NULL'),
  column('integer', 'peers_needed', 'NULL'),
];

/** What a challenge of one kind asks of its proof, the platforms a program knows, and the disclosures it has shown. */
export class ChallengeTerms1764000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const options of ofChallenge) await runner.addColumn('challenge', new TableColumn(options));
    await runner.createTable(
      new Table({
        name: 'review_platform',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'platform_key'),
          column('line', 'name'),
          column('json', 'domains'),
          column('time', 'changed_at'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_review_platform_key',
            columnNames: ['program_id', 'platform_key'],
            isUnique: true,
          }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'disclosure',
        columns: [
          idColumn('program_id'),
          { ...column('key', 'version'), isPrimary: true },
          column('text', 'disclosure_text'),
          column('time', 'first_shown_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['disclosure', 'review_platform']) await runner.dropTable(table);
    for (const { name } of [...ofChallenge].reverse()) await runner.dropColumn('challenge', name);
  }
}
