import { randomBytes } from 'node:crypto';
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column, idColumn } from '../src/platform/database/columns.js';

const friendIndex = new TableIndex({ name: 'ix_referral_friend', columnNames: ['friend_id'] });

/** How strictly a program looks at referrals, what people were seen with, how referrals were judged, and the reviews. */
export class ReferralFraud1764000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables()) await runner.createTable(table);
    await runner.createIndex('referral', friendIndex);
    const programs: { readonly id: string }[] = await runner.query('SELECT id FROM program');
    for (const { id } of programs) {
      // Both are the program's own id and hexadecimal digits: nothing that somebody typed.
      await runner.query(
        `INSERT INTO referral_fraud_policy (program_id, strictness, hash_key)
         VALUES ('${id}', 'STANDARD', '${randomBytes(32).toString('hex')}')`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('referral', friendIndex);
    for (const { name } of tables().reverse()) await runner.dropTable(name);
  }
}

function tables(): Table[] {
  return [
    new Table({
      name: 'referral_fraud_policy',
      columns: [idColumn('program_id'), column('key', 'strictness'), column('key', 'hash_key')],
    }),
    new Table({
      name: 'referral_sighting',
      columns: [
        idColumn(),
        column('id', 'program_id'),
        column('key', 'kind'),
        column('key', 'hash'),
        column('id', 'contact_id'),
        column('id', 'referrer_id', 'NULL'),
        column('time', 'seen_at'),
        column('time', 'forget_at'),
      ],
      indices: [
        new TableIndex({
          name: 'uq_referral_sighting',
          columnNames: ['program_id', 'hash', 'contact_id'],
          isUnique: true,
        }),
        new TableIndex({ name: 'ix_referral_sighting_forget', columnNames: ['forget_at'] }),
        new TableIndex({ name: 'ix_referral_sighting_contact', columnNames: ['contact_id'] }),
      ],
    }),
    new Table({
      name: 'referral_assessment',
      columns: [
        idColumn(),
        column('id', 'program_id'),
        column('id', 'referral_id', 'NULL'),
        column('id', 'referrer_id'),
        column('key', 'step'),
        column('integer', 'score'),
        column('key', 'outcome'),
        column('key', 'strictness'),
        column('json', 'reasons'),
        column('key', 'refusal', 'NULL'),
        column('line', 'decided_by'),
        column('text', 'decision_reason', 'NULL'),
        column('time', 'decided_at'),
      ],
      indices: [
        new TableIndex({ name: 'ix_referral_assessment_referral', columnNames: ['referral_id', 'id'] }),
        new TableIndex({ name: 'ix_referral_assessment_program', columnNames: ['program_id', 'id'] }),
      ],
    }),
    new Table({
      name: 'referral_review',
      columns: [
        idColumn(),
        column('id', 'program_id'),
        column('id', 'referral_id'),
        column('id', 'referrer_id'),
        column('key', 'status'),
        column('integer', 'score'),
        column('json', 'reasons'),
        column('time', 'opened_at'),
        column('time', 'decided_at', 'NULL'),
        column('line', 'decided_by', 'NULL'),
        column('text', 'decision_reason', 'NULL'),
        column('time', 'appealed_at', 'NULL'),
        column('line', 'appealed_by', 'NULL'),
        column('text', 'appeal_statement', 'NULL'),
      ],
      indices: [
        new TableIndex({ name: 'uq_referral_review_referral', columnNames: ['referral_id'], isUnique: true }),
        new TableIndex({ name: 'ix_referral_review_status', columnNames: ['program_id', 'status', 'id'] }),
      ],
    }),
  ];
}
