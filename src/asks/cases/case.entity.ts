import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';

export const CaseStatus = graphqlEnum('CaseStatus', 'Where a case stands.', {
  OPEN: 'Somebody has to get in touch.',
  RESOLVED: 'Is done; the outcome says how.',
});
export type CaseStatus = keyof typeof CaseStatus;

export const CaseOutcome = graphqlEnum('CaseOutcome', 'How a case ended.', {
  RECOVERED: 'They are content again.',
  IMPROVED: 'What they said leads to a change, though they are not content yet.',
  NOT_RECOVERED: 'They were reached, and stay discontent.',
  NO_CONTACT: 'They could not be reached.',
  CHURNED: 'They left.',
  NO_ACTION: 'Nothing was to be done, as for an answer given by mistake.',
});
export type CaseOutcome = keyof typeof CaseOutcome;

@ObjectType({
  implements: Node,
  description:
    'A detractor to get in touch with: who does it, until when, and how it ended. This closes the loop of the Net Promoter System.',
})
@Entity('detractor_case')
@Index('uq_detractor_case_response', ['responseId'], { unique: true })
@Index('ix_detractor_case_program', ['programId', 'id'])
@Index('ix_detractor_case_status', ['programId', 'status', 'dueAt', 'id'])
@Index('ix_detractor_case_due', ['status', 'escalatedAt', 'dueAt'])
export class Case extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** The answer that it is about: there is at most one case for each. */
  @Stored('id', 'response_id')
  readonly responseId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  @Field(() => CaseStatus, { description: 'Where it stands.' })
  @Stored('key', 'status')
  readonly status: CaseStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Who has it: the subject of their sign-in. Null where nobody has it yet.',
  })
  @Optional('line', 'owner')
  readonly owner: string | null;

  @Field({ description: 'Until when somebody has to be in touch.' })
  @Stored('time', 'due_at')
  readonly dueAt: Date;

  @Field({ description: 'When it was opened.' })
  @Stored('time', 'opened_at')
  readonly openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was resolved; null while it is open.' })
  @Optional('time', 'resolved_at')
  readonly resolvedAt: Date | null;

  @Field(() => CaseOutcome, { nullable: true, description: 'How it ended; null while it is open.' })
  @Optional('key', 'outcome')
  readonly outcome: CaseOutcome | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was found overdue and told to whoever follows case.overdue; null where it was not.',
  })
  @Optional('time', 'escalated_at')
  readonly escalatedAt: Date | null;

  @Stored('integer', 'entries')
  readonly entries: number;
}

export const CaseStep = graphqlEnum('CaseStep', 'What happened to a case.', {
  OPENED: 'The answer came in.',
  ASSIGNED: 'Somebody else has it, or nobody.',
  NOTED: 'Somebody wrote something down.',
  ESCALATED: 'It was overdue.',
  RESOLVED: 'It ended.',
  REOPENED: 'It goes on.',
});
export type CaseStep = keyof typeof CaseStep;

@ObjectType({ description: 'One step in the history of a case. It is never changed.' })
@Entity('detractor_case_entry')
@Index('uq_detractor_case_entry', ['caseId', 'position'], { unique: true })
export class CaseEntry {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'case_id')
  readonly caseId: string;

  @Field(() => Int, { description: 'Its place in the history; 1 is first.' })
  @Stored('integer', 'position')
  readonly position: number;

  @Field(() => CaseStep, { description: 'What happened.' })
  @Stored('key', 'step')
  readonly step: CaseStep;

  @Field({ description: 'When it happened.' })
  @Stored('time', 'at')
  readonly at: Date;

  @Field(() => String, { nullable: true, description: 'By whom: a role and a subject; null for the server itself.' })
  @Optional('line', 'by_caller')
  readonly by: string | null;

  @Field(() => String, { nullable: true, description: 'Who has it from then on; for OPENED and ASSIGNED.' })
  @Optional('line', 'owner')
  readonly owner: string | null;

  @Field(() => CaseOutcome, { nullable: true, description: 'How it ended; for RESOLVED.' })
  @Optional('key', 'outcome')
  readonly outcome: CaseOutcome | null;

  @Field(() => String, { nullable: true, description: 'What somebody wrote.' })
  @Optional('text', 'note')
  readonly note: string | null;
}
