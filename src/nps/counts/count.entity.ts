import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';

/** What is counted together: the answers of one day with one score; by the contact's attribute, or all of them. */
export interface CountKey {
  readonly surveyId: string;
  /** Empty for all answers, whatever the attributes. */
  readonly name: string;
  readonly value: string;
  /** The day in the program's time zone, as 20260302. */
  readonly day: number;
  readonly score: number;
}

/**
 * How many answers were given, so that a million need not be counted each time that somebody looks. Derived from
 * `nps_response` and `contact_attribute`; with the open changes it is always what counting them would give.
 */
@Entity('nps_count')
export class NpsCount implements CountKey {
  @PrimaryColumn('varchar', { length: '36', name: 'survey_id' })
  readonly surveyId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'name' })
  readonly name: string;

  @PrimaryColumn('varchar', { length: '255', name: 'value' })
  readonly value: string;

  @PrimaryColumn('integer', { name: 'day' })
  readonly day: number;

  @PrimaryColumn('integer', { name: 'score' })
  readonly score: number;

  @Stored('integer', 'answers')
  readonly answers: number;
}

/** A change of a count that is still to be folded into it. Who answers only adds such rows, so that no row is hot. */
@Entity('nps_count_change')
@Index('ix_nps_count_change_key', ['surveyId', 'name', 'value'])
export class NpsCountChange implements CountKey {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  @Stored('key', 'name')
  readonly name: string;

  @Stored('line', 'value')
  readonly value: string;

  @Stored('integer', 'day')
  readonly day: number;

  @Stored('integer', 'score')
  readonly score: number;

  /** How many more, or below 0 how many fewer. */
  @Stored('integer', 'answers')
  readonly answers: number;
}

/**
 * A value that answers are counted by. An attribute with more than 200 of them (a customer number, say) is wide: it makes
 * no groups worth comparing, and is not counted by.
 */
@Entity('nps_attribute_value')
export class NpsAttributeValue {
  @PrimaryColumn('varchar', { length: '36', name: 'program_id' })
  readonly programId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'name' })
  readonly name: string;

  @PrimaryColumn('varchar', { length: '255', name: 'value' })
  readonly value: string;
}
