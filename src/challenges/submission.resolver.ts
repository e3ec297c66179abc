import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { PointsEntry } from '../points/points.entity.js';
import { entryOfCause } from '../points/points.loaders.js';
import { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import { SubmissionDecisions } from './submission.decisions.js';
import { Submission } from './submission.entity.js';
import { causeOfSubmission } from './submission.events.js';
import {
  ChallengeSubmitInput,
  SubmissionApproveInput,
  SubmissionRejectInput,
  SubmissionsArgs,
  VoteCastInput,
  VoteWithdrawInput,
} from './submission.inputs.js';
import { voteOf } from './submission.loaders.js';
import { proofIn, SubmissionProof } from './submission.proof.js';
import {
  ChallengeSubmitResult,
  SubmissionApproveResult,
  SubmissionConnection,
  SubmissionRejectResult,
  VoteCastResult,
  VoteWithdrawResult,
} from './submission.results.js';
import { SubmissionService } from './submission.service.js';
import { VoteService } from './vote.service.js';

@Resolver()
export class SubmissionMutationsResolver {
  constructor(
    private readonly submissions: SubmissionService,
    private readonly decisions: SubmissionDecisions,
    private readonly votes: VoteService,
  ) {}

  @Mutation(() => ChallengeSubmitResult, {
    description: 'Answers a challenge, with proof. For ambassadors.',
  })
  challengeSubmit(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeSubmitInput) input: ChallengeSubmitInput,
  ): Promise<typeof ChallengeSubmitResult> {
    return this.submissions.submit(context, input);
  }

  @Mutation(() => SubmissionApproveResult, {
    description:
      'Says that a pending submission counts, and pays it. For moderators and admins; for servers of the program where the challenge is verified by INTEGRATION.',
  })
  submissionApprove(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionApproveInput) input: SubmissionApproveInput,
  ): Promise<typeof SubmissionApproveResult> {
    return this.decisions.approve(context, input);
  }

  @Mutation(() => SubmissionRejectResult, {
    description:
      'Says that a pending submission does not count, and why. The ambassador may try again. For who may approve it.',
  })
  submissionReject(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmissionRejectInput) input: SubmissionRejectInput,
  ): Promise<typeof SubmissionRejectResult> {
    return this.decisions.reject(context, input);
  }

  @Mutation(() => VoteCastResult, {
    description:
      "Votes for another ambassador's submission, once. Where peers verify, the vote that makes enough approves it. For ambassadors, while the challenge is open.",
  })
  voteCast(
    @Ctx() context: RequestContext,
    @Arg('input', () => VoteCastInput) input: VoteCastInput,
  ): Promise<typeof VoteCastResult> {
    return this.votes.cast(context, input);
  }

  @Mutation(() => VoteWithdrawResult, {
    description:
      'Takes the own vote for a submission back; done again it answers with the same count. For ambassadors, while the challenge is open.',
  })
  voteWithdraw(
    @Ctx() context: RequestContext,
    @Arg('input', () => VoteWithdrawInput) input: VoteWithdrawInput,
  ): Promise<typeof VoteWithdrawResult> {
    return this.votes.withdraw(context, input);
  }
}

@Resolver(() => Submission)
export class SubmissionResolver {
  constructor(private readonly service: SubmissionService) {}

  @Query(() => SubmissionConnection, { description: 'The submissions of the program, newest first. For staff.' })
  async submissions(
    @Ctx() context: RequestContext,
    @Args(() => SubmissionsArgs) args: SubmissionsArgs,
  ): Promise<SubmissionConnection> {
    return new SubmissionConnection(await this.service.list(context, args));
  }

  @FieldResolver(() => Challenge, { description: 'The challenge that it answers.' })
  challenge(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<Challenge> {
    return requireChallenge(context, submission.challengeId);
  }

  @FieldResolver(() => Ambassador, { description: 'Who submitted it.' })
  ambassador(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, submission.ambassadorId);
  }

  @FieldResolver(() => SubmissionProof, { description: 'What shows that it was done.' })
  proof(@Root() submission: Submission): SubmissionProof {
    return proofIn(submission.proof);
  }

  @FieldResolver(() => PointsEntry, {
    nullable: true,
    description:
      'The points that it paid, once approved; null where it paid none. For the ambassador itself and staff.',
  })
  async pointsEntry(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<PointsEntry | undefined> {
    const { id, ambassadorId, status, rewardPoints, drawnPoints } = submission;
    if (status !== 'APPROVED' || rewardPoints + (drawnPoints ?? 0) === 0) return undefined;
    return entryOfCause.load(context, { ambassadorId, cause: causeOfSubmission(id) });
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the calling ambassador voted for it; false for everybody else.',
  })
  async viewerHasVoted(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<boolean> {
    const { ambassadorId } = context.session;
    if (ambassadorId === null) return false;
    return (await voteOf.load(context, { submissionId: submission.id, ambassadorId })) !== undefined;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorSubmissionsResolver {
  constructor(private readonly service: SubmissionService) {}

  @FieldResolver(() => SubmissionConnection, {
    description: 'What this ambassador submitted, newest first. For the ambassador itself and staff.',
  })
  async submissions(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<SubmissionConnection> {
    return new SubmissionConnection(await this.service.listOfAmbassador(context, ambassador, page));
  }
}

@Resolver(() => Challenge)
export class ChallengeSubmissionsResolver {
  constructor(private readonly service: SubmissionService) {}

  @FieldResolver(() => SubmissionConnection, {
    description:
      'What was submitted to it, newest first. Staff get all; ambassadors their own, and where the challenge is votable those of others that were not rejected.',
  })
  async submissions(
    @Root() challenge: Challenge,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<SubmissionConnection> {
    return new SubmissionConnection(await this.service.listOfChallenge(context, challenge, page));
  }
}
