import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { ChallengeKind } from '../challenge.entity.js';
import { proofRules, SubmissionProofInput } from '../submission.proof.js';

export const SubmissionDecision = graphqlEnum('SubmissionDecision', 'What a moderator decides on a submission.', {
  APPROVE: 'It counts, and is paid.',
  REJECT: 'It does not count; the reason says why.',
  REQUEST_CHANGES: 'The ambassador is asked to change it; the reason says what.',
});
export type SubmissionDecision = keyof typeof SubmissionDecision;

const reason = rules.text(2_000).min(1, 'must not be empty');

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'A submission to look at alone.' })
export class SubmissionClaimInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;
}

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'A submission that others may look at again.' })
export class SubmissionReleaseInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;
}

@Validated(z.object({ submissionId: rules.globalId, reason }))
@InputType({ description: 'A submission that its ambassador should change.' })
export class SubmissionRequestChangesInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;

  @Field({ description: 'What to change, for the ambassador to read; at most 2,000 characters.' })
  readonly reason: string;
}

@Validated(
  z.object({ submissionId: rules.globalId, proof: proofRules, idempotencyKey: rules.idempotencyKey.nullish() }),
)
@InputType({ description: 'A submission after its ambassador changed it.' })
export class SubmissionResubmitInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;

  @Field(() => SubmissionProofInput, { description: 'What shows now that it was done.' })
  readonly proof: SubmissionProofInput;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'What is decided on one submission.' })
export class SubmissionDecisionInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;

  @Field(() => SubmissionDecision, { description: 'What is decided.' })
  readonly decision: SubmissionDecision;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for the ambassador to read; at most 2,000 characters. Not for APPROVE, needed for the others.',
  })
  readonly reason?: string | null;
}

@Validated(
  z.object({
    decisions: z
      .array(
        z
          .object({ submissionId: rules.globalId, decision: z.enum(SubmissionDecision), reason: reason.nullish() })
          .refine(({ decision, reason: given }) => decision === 'APPROVE' || Boolean(given), {
            path: ['reason'],
            error: 'must say why',
          }),
      )
      .min(1, 'must not be empty')
      .max(100, 'must not hold more than 100 decisions'),
  }),
)
@InputType({ description: 'Decisions on many submissions.' })
export class SubmissionsDecideInput {
  @Field(() => [SubmissionDecisionInput], {
    description: 'The decisions, 1 to 100, taken one after the other: each stands or falls alone.',
  })
  readonly decisions: SubmissionDecisionInput[];
}

@Validated(pageRules)
@ArgsType()
export class ModerationQueueArgs extends PageArgs {
  @Field(() => ChallengeKind, { nullable: true, description: 'Only those to challenges of this kind.' })
  readonly kind?: ChallengeKind | null;

  @Field(() => ID, { nullable: true, description: 'Only those to this challenge.' })
  readonly challengeId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Only those that look like another submission.' })
  readonly flagged: boolean = false;

  @Field(() => Boolean, { defaultValue: false, description: 'Only those that no other moderator looks at.' })
  readonly free: boolean = false;
}
