import { Field, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';

/** All that a program can say of its cases. */
export interface CaseSettings {
  readonly isOn: boolean;
  readonly dueWorkingDays: number;
  readonly workingDays: readonly number[];
  readonly owners: readonly string[];
}

/**
 * What every program starts with: 48 hours of working days, the upper end of the 24 to 48 hours within which Bain's Net
 * Promoter System has detractors called back ("closing the loop"; Markey, Reichheld, Dullweber, HBR 12/2009).
 */
export const defaultCaseSettings: CaseSettings = {
  isOn: true,
  dueWorkingDays: 2,
  workingDays: [1, 2, 3, 4, 5],
  owners: [],
};

/** What a program changed of them, and whose turn it is; no row while nothing was changed. */
@Entity('case_terms')
export class CaseTermsRow {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'settings')
  readonly settings: CaseSettings;

  /** How many cases were given to the owners in turn. */
  @Stored('integer', 'turns')
  readonly turns: number;
}

@ObjectType({ description: 'How a program closes the loop with its detractors.' })
export class CaseTerms implements CaseSettings {
  @Field({ description: 'Whether answers of detractors open cases.' })
  readonly isOn: boolean;

  @Field(() => Int, {
    description:
      'How many working days there are to get in touch, to the same time of day. 2 unless set: the 48 hours of a closed loop.',
  })
  readonly dueWorkingDays: number;

  @Field(() => [Int], { description: 'On which days of the week people work: 1 for Monday to 7 for Sunday.' })
  readonly workingDays: readonly number[];

  @Field(() => [String], {
    description:
      'Who gets new cases, by the subject of their sign-in: one gets them all, several take turns. Empty: nobody, until somebody is assigned.',
  })
  readonly owners: readonly string[];
}

export function caseTermsOf(settings: CaseSettings): CaseTerms {
  return Object.assign(new CaseTerms(), settings);
}
