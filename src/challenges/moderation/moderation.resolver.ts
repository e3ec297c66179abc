import sql, { join } from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { grouped, Loader } from '../../platform/graphql/loader.js';
import { SubmissionDecisions } from '../submission.decisions.js';
import { Submission } from '../submission.entity.js';
import { proofIn, SubmissionProof } from '../submission.proof.js';
import { SubmissionConnection } from '../submission.results.js';
import { ClaimService } from './claim.service.js';
import {
  ModerationQueueArgs,
  SubmissionClaimInput,
  SubmissionReleaseInput,
  SubmissionRequestChangesInput,
  SubmissionResubmitInput,
  SubmissionsDecideInput,
} from './moderation.inputs.js';
import {
  SubmissionChangesRequested,
  SubmissionClaimed,
  SubmissionClaimResult,
  SubmissionReleased,
  SubmissionReleaseResult,
  SubmissionRequestChangesResult,
  SubmissionResubmitResult,
  SubmissionResubmitted,
  SubmissionsDecided,
  SubmissionsDecideResult,
} from './moderation.results.js';
import { ResubmissionService } from './resubmission.service.js';
import { SubmissionClaim, SubmissionRevision } from './revision.entity.js';

@Resolver()
export class ModerationResolver {
  constructor(
    private readonly claims: ClaimService,
    private readonly decisions: SubmissionDecisions,
    private readonly resubmissions: ResubmissionService,
  ) {}

  @Query(() => SubmissionConnection, {
    description:
      'The submissions that wait for a moderator, those that wait longest first; without those that other systems verify. For moderators and admins.',
  })
  async moderationQueue(
    @Ctx() context: RequestContext,
    @Args(() => ModerationQueueArgs) args: ModerationQueueArgs,
  ): Promise<SubmissionConnection> {
    return new SubmissionConnection(await this.claims.queue(context, args));
  }

  @Mutation(() => SubmissionClaimResult, {
    description:
      'Says that the caller looks at a submission: for 15 minutes nobody else can decide on it. Claiming it again gives more time; a decision ends it. For moderators and admins.',
  })
  async submissionClaim(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionClaimInput) input: SubmissionClaimInput,
  ): Promise<typeof SubmissionClaimResult> {
    const result = await this.claims.claim(context, input);
    return result instanceof Submission ? new SubmissionClaimed(result) : result;
  }

  @Mutation(() => SubmissionReleaseResult, {
    description:
      'Lets any moderator decide on a submission again. For moderators and admins their own claim; for admins anybody’s.',
  })
  async submissionRelease(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionReleaseInput) input: SubmissionReleaseInput,
  ): Promise<typeof SubmissionReleaseResult> {
    const result = await this.claims.release(context, input);
    return result instanceof Submission ? new SubmissionReleased(result) : result;
  }

  @Mutation(() => SubmissionRequestChangesResult, {
    description:
      'Asks the ambassador to change a pending submission, and says what; it waits until submissionResubmit. For who may approve it.',
  })
  async submissionRequestChanges(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionRequestChangesInput) input: SubmissionRequestChangesInput,
  ): Promise<typeof SubmissionRequestChangesResult> {
    const result = await this.decisions.requestChanges(context, input);
    return result instanceof Submission ? new SubmissionChangesRequested(result) : result;
  }

  @Mutation(() => SubmissionsDecideResult, {
    description:
      'Decides on up to 100 submissions, one after the other: each is approved, rejected or sent back by itself, and the results say what came of each. For who may approve them.',
  })
  async submissionsDecide(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionsDecideInput) input: SubmissionsDecideInput,
  ): Promise<typeof SubmissionsDecideResult> {
    return new SubmissionsDecided(await this.decisions.decideMany(context, input.decisions));
  }

  @Mutation(() => SubmissionResubmitResult, {
    description:
      'Sends a submission in again after a moderator asked for a change, also when the challenge is over by now. What it was before is kept. For the ambassador itself.',
  })
  async submissionResubmit(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionResubmitInput) input: SubmissionResubmitInput,
  ): Promise<typeof SubmissionResubmitResult> {
    const result = await this.resubmissions.resubmit(context, input);
    return result instanceof Submission ? new SubmissionResubmitted(result) : result;
  }
}

const revisionsOfSubmission = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(SubmissionRevision, sql`WHERE submission_id IN (${join([...ids])}) ORDER BY submission_id, number`),
  );
  return grouped(ids, rows, (row) => row.submissionId);
});

@Resolver(() => Submission)
export class SubmissionModerationResolver {
  @FieldResolver(() => SubmissionClaim, {
    nullable: true,
    description: 'Who looks at it, and until when; the time may be past. For staff; null where nobody looks at it.',
  })
  claim(@Root() { claimedBy, claimExpiresAt }: Submission): SubmissionClaim | null {
    return claimedBy !== null && claimExpiresAt !== null ? { by: claimedBy, expiresAt: claimExpiresAt } : null;
  }

  @FieldResolver(() => [SubmissionRevision], {
    nullable: true,
    description:
      'What it was before its ambassador changed it, oldest first, at most 20. For the ambassador itself and staff; null for all others.',
  })
  revisions(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<SubmissionRevision[]> {
    return revisionsOfSubmission.load(context, submission.id);
  }
}

@Resolver(() => SubmissionRevision)
export class RevisionResolver {
  @FieldResolver(() => SubmissionProof, { description: 'What showed then that it was done.' })
  proof(@Root() revision: SubmissionRevision): SubmissionProof {
    return proofIn(revision.proof);
  }
}
