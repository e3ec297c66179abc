import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const index = (name: string, columnNames: string[], isUnique = false) =>
  new TableIndex({ name, columnNames, isUnique });

/** Teams, who is and was in them, and what was earned for them. */
export class Teams1764000031200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'team',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('key', 'team_key'),
          column('line', 'name'),
          column('text', 'description'),
          column('key', 'joining'),
          column('integer', 'members_max'),
          column('id', 'captain_id', 'NULL'),
          column('key', 'invitation_hash', 'NULL'),
          column('key', 'time_zone'),
          column('time', 'created_at'),
          column('time', 'archived_at', 'NULL'),
        ],
        indices: [
          index('uq_team_key', ['program_id', 'team_key'], true),
          index('ix_team_program', ['program_id', 'archived_at', 'id']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'team_membership',
        columns: [
          idColumn(),
          column('id', 'program_id'),
          column('id', 'team_id'),
          column('id', 'ambassador_id'),
          column('time', 'joined_at'),
          column('time', 'left_at', 'NULL'),
        ],
        indices: [
          index('ix_team_membership_ambassador', ['ambassador_id', 'joined_at']),
          index('ix_team_membership_team', ['team_id', 'left_at', 'id']),
          index('ix_team_membership_time', ['program_id', 'left_at', 'team_id', 'ambassador_id', 'joined_at']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'team_credit',
        columns: [
          idColumn('transfer_id'),
          column('id', 'program_id'),
          column('id', 'team_id'),
          column('integer', 'earned_points'),
          column('time', 'earned_at'),
          column('key', 'category', 'NULL'),
          column('boolean', 'is_open'),
        ],
        indices: [
          index('ix_team_credit_open', ['is_open', 'team_id']),
          index('ix_team_credit_time', ['program_id', 'is_open', 'earned_at']),
          index('ix_team_credit_team', ['team_id', 'transfer_id']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'team_points',
        columns: [
          idColumn('team_id'),
          { ...column('key', 'period'), isPrimary: true },
          column('id', 'program_id'),
          column('integer', 'points'),
          column('id', 'reached'),
        ],
        indices: [index('ix_team_points_window', ['program_id', 'period', 'team_id', 'points', 'reached'])],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'team_terms',
        columns: [idColumn('program_id'), column('boolean', 'ambassadors_create'), column('integer', 'members_max')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['team_terms', 'team_points', 'team_credit', 'team_membership', 'team']) {
      await runner.dropTable(table);
    }
  }
}
