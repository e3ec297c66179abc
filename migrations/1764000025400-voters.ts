import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { column } from '../src/platform/database/columns.js';

interface PollRow {
  readonly id: string;
  readonly from_level: number | null;
  readonly attribute_name: string | null;
  readonly attribute_value: string | null;
}

const narrow = [
  column('integer', 'from_level', 'NULL'),
  column('key', 'attribute_name', 'NULL'),
  column('line', 'attribute_value', 'NULL'),
];

/** Who may vote, as a rule: for the submissions of a challenge, and in a poll in place of a level and one attribute. */
export class Voters1764000025400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('challenge', new TableColumn(column('json', 'voters', 'NULL')));
    await runner.addColumn('poll', new TableColumn(column('json', 'audience', 'NULL')));
    const polls: readonly PollRow[] = await runner.query(
      'SELECT id, from_level, attribute_name, attribute_value FROM poll WHERE from_level IS NOT NULL OR attribute_name IS NOT NULL',
    );
    for (const poll of polls) {
      const { from_level: levelAtLeast, attribute_name: name, attribute_value: value } = poll;
      const all = [
        ...(levelAtLeast === null ? [] : [{ levelAtLeast: Number(levelAtLeast) }]),
        ...(name === null ? [] : [{ attribute: { name, anyOf: [value] } }]),
      ];
      await runner.query('UPDATE poll SET audience = ? WHERE id = ?', [JSON.stringify({ all }), poll.id]);
    }
    for (const { name } of [...narrow].reverse()) await runner.dropColumn('poll', name);
  }

  /** Rules that are more than a level and an attribute have no place before this: such polls are for everybody again. */
  async down(runner: QueryRunner): Promise<void> {
    for (const options of narrow) await runner.addColumn('poll', new TableColumn(options));
    await runner.dropColumn('poll', 'audience');
    await runner.dropColumn('challenge', 'voters');
  }
}
