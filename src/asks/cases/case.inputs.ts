import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { CaseOutcome, CaseStatus } from './case.entity.js';

const subject = rules.line(200);
const noteLengthMax = 5_000;

@Validated(pageRules.extend({ owner: subject.nullish() }))
@ArgsType()
export class CasesArgs extends PageArgs {
  @Field(() => CaseStatus, { nullable: true, description: 'Only those that stand so.' })
  readonly status?: CaseStatus | null;

  @Field(() => String, { nullable: true, description: 'Only those of this owner.' })
  readonly owner?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that are open and overdue; or, with false, only the others.',
  })
  readonly overdue?: boolean | null;
}

@Validated(z.object({ caseId: rules.globalId, owner: subject.nullish() }))
@InputType({ description: 'Who is to have a case.' })
export class CaseAssignInput {
  @Field(() => ID, { description: 'The case; an open one.' })
  readonly caseId: string;

  @Field(() => String, {
    nullable: true,
    description: 'The subject of their sign-in; null to take it from whoever has it.',
  })
  readonly owner?: string | null;
}

@Validated(
  z.object({
    caseId: rules.globalId,
    note: rules.text(noteLengthMax).min(1, 'must not be empty'),
    idempotencyKey: rules.idempotencyKey.nullish(),
  }),
)
@InputType({ description: 'Something to write down with a case.' })
export class CaseNoteInput {
  @Field(() => ID, { description: 'The case, open or resolved.' })
  readonly caseId: string;

  @Field({ description: 'What was said or done, at most 5,000 characters.' })
  readonly note: string;

  @Field(() => String, { nullable: true, description: 'The same key and note again are written once.' })
  readonly idempotencyKey?: string | null;
}

@Validated(z.object({ caseId: rules.globalId, note: rules.text(noteLengthMax).nullish() }))
@InputType({ description: 'How a case ended.' })
export class CaseResolveInput {
  @Field(() => ID, { description: 'The case.' })
  readonly caseId: string;

  @Field(() => CaseOutcome, { description: 'How it ended.' })
  readonly outcome: CaseOutcome;

  @Field(() => String, { nullable: true, description: 'What there is to say of it, at most 5,000 characters.' })
  readonly note?: string | null;
}

@Validated(z.object({ caseId: rules.globalId, note: rules.text(noteLengthMax).nullish() }))
@InputType({ description: 'A case that has to go on.' })
export class CaseReopenInput {
  @Field(() => ID, { description: 'The case.' })
  readonly caseId: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 5,000 characters.' })
  readonly note?: string | null;
}

const days = 'must be from 1 to 30';

@Validated(
  z.object({
    dueWorkingDays: z.number().int(days).min(1, days).max(30, days).nullish(),
    workingDays: z
      .array(z.number().int().min(1, 'must be from 1 to 7').max(7, 'must be from 1 to 7'))
      .min(1, 'must not be empty')
      .max(7, 'must name each day once')
      .refine((list) => new Set(list).size === list.length, 'must name each day once')
      .nullish(),
    owners: z
      .array(subject)
      .max(50, 'must not be more than 50')
      .refine((list) => new Set(list).size === list.length, 'must name each once')
      .nullish(),
  }),
)
@InputType({ description: 'What to change of how detractors are followed up; what is left out stays.' })
export class CaseTermsSetInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether answers of detractors open cases from now on.' })
  readonly isOn?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'How many working days there are to get in touch, 1 to 30.' })
  readonly dueWorkingDays?: number | null;

  @Field(() => [Int], { nullable: true, description: 'On which days of the week people work: 1, Monday, to 7.' })
  readonly workingDays?: readonly number[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Who gets new cases in turn, by the subject of their sign-in: at most 50; an empty list for nobody.',
  })
  readonly owners?: readonly string[] | null;
}
