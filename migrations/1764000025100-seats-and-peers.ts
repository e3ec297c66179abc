import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

/** Who takes part in a beta programme and who waits; how many votes of peers a submission needs, and a voter has. */
export class SeatsAndPeers1764000025100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('challenge', new TableColumn(column('integer', 'votes_per_voter', 'NULL')));
    await runner.addColumn('submission', new TableColumn(column('integer', 'peers_needed', 'NULL')));
    await runner.createIndex(
      'submission_vote',
      new TableIndex({ name: 'ix_submission_vote_ambassador', columnNames: ['ambassador_id'] }),
    );
    await runner.createTable(
      new Table({
        name: 'seat',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'challenge_id'),
          column('id', 'ambassador_id'),
          column('key', 'status'),
          column('time', 'requested_at'),
          column('time', 'taken_at', 'NULL'),
        ],
        indices: [
          new TableIndex({
            name: 'uq_seat_ambassador',
            columnNames: ['challenge_id', 'ambassador_id'],
            isUnique: true,
          }),
          new TableIndex({ name: 'ix_seat_line', columnNames: ['challenge_id', 'status', 'id'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('seat');
    await runner.dropIndex('submission_vote', 'ix_submission_vote_ambassador');
    await runner.dropColumn('submission', 'peers_needed');
    await runner.dropColumn('challenge', 'votes_per_voter');
  }
}
