import type { Audiences } from '../../audience/audiences.js';
import { Challenge } from '../../challenges/challenge.entity.js';
import { ChallengeLifecycle } from '../../challenges/challenge.lifecycle.js';
import { ChallengeLifecycleResolver } from '../../challenges/challenge.lifecycle.resolver.js';
import { ChallengeLimitsResolver } from '../../challenges/challenge.limits.resolver.js';
import { defineSubmissions } from '../../challenges/challenge.personal.js';
import { AmbassadorChallengesResolver, ChallengeResolver } from '../../challenges/challenge.resolver.js';
import { ChallengeService } from '../../challenges/challenge.service.js';
import { FlagResolver, SubmissionFlagsResolver } from '../../challenges/duplicates/duplicate.resolver.js';
import { DuplicateService } from '../../challenges/duplicates/duplicate.service.js';
import { IdeaResolver } from '../../challenges/ideas/idea.resolver.js';
import { IdeaService } from '../../challenges/ideas/idea.service.js';
import { ClaimService } from '../../challenges/moderation/claim.service.js';
import {
  ModerationResolver,
  RevisionResolver,
  SubmissionModerationResolver,
} from '../../challenges/moderation/moderation.resolver.js';
import { ResubmissionService } from '../../challenges/moderation/resubmission.service.js';
import {
  ChallengeDisclosureResolver,
  SubmissionDisclosureResolver,
} from '../../challenges/proof/disclosure.resolver.js';
import { ReviewPlatformResolver } from '../../challenges/proof/review-platform.resolver.js';
import { ReviewPlatformService } from '../../challenges/proof/review-platform.service.js';
import { QuoteResolver } from '../../challenges/quotes/quote.resolver.js';
import { QuoteService } from '../../challenges/quotes/quote.service.js';
import { ChallengeSeatsResolver, SeatResolver } from '../../challenges/seats/seat.resolver.js';
import { SeatService } from '../../challenges/seats/seat.service.js';
import { SubmissionDecisions } from '../../challenges/submission.decisions.js';
import { Submission } from '../../challenges/submission.entity.js';
import {
  AmbassadorSubmissionsResolver,
  ChallengeSubmissionsResolver,
  SubmissionMutationsResolver,
  SubmissionResolver,
} from '../../challenges/submission.resolver.js';
import { SubmissionService } from '../../challenges/submission.service.js';
import { VoteService } from '../../challenges/vote.service.js';
import type { Ledger } from '../../points/ledger.js';
import { composeChallengeRules } from './challenge-rules.js';
import type { Kit } from './kit.js';

/** What is asked, and what was done. */
export function composeChallenges(
  kit: Kit,
  { ledger, audiences }: { readonly ledger: Ledger; readonly audiences: Audiences },
) {
  const { database, events, clock, nodes } = kit;
  defineSubmissions(kit.personalData);
  const play = composeChallengeRules(kit, { audiences });
  const { budget, eligibility } = play;
  const { draws } = play.services;
  const challenges = new ChallengeService(database, events, clock, budget, audiences, eligibility, draws);
  const lifecycle = new ChallengeLifecycle(database, events, budget, draws);
  const decisions = new SubmissionDecisions(database, events, ledger, play.pay);
  const submissions = new SubmissionService(database, events, ledger, decisions, play.rules);
  const votes = new VoteService(database, ledger, decisions, audiences);
  const seats = new SeatService(database, events, eligibility);
  events.followAfter('challenge.updated', 'challenges.seats', async ({ payload }) => {
    if (payload.changed.includes('seats')) await seats.fill(payload.challengeId);
  });
  const duplicates = new DuplicateService(database);
  for (const arrival of ['submission.submitted', 'submission.resubmitted'] as const) {
    events.followAfter(arrival, 'challenges.duplicates', ({ payload }) => duplicates.inspect(payload.submissionId));
  }
  const ideas = new IdeaService(database, events);
  const resubmissions = new ResubmissionService(database, events, ledger);
  nodes.register(Challenge, (context, id) => challenges.find(context, id));
  nodes.register(Submission, (context, id) => submissions.find(context, id));
  return {
    services: { ...play.services, challenges, submissions, decisions, votes, seats, ideas, resubmissions },
    resolvers: [
      new ChallengeResolver(challenges),
      new ChallengeLifecycleResolver(lifecycle),
      new ChallengeLimitsResolver(challenges, eligibility),
      ...play.resolvers,
      new AmbassadorChallengesResolver(challenges),
      new SubmissionMutationsResolver(submissions, decisions, votes),
      new SubmissionResolver(submissions),
      new AmbassadorSubmissionsResolver(submissions),
      new ChallengeSubmissionsResolver(submissions),
      new ReviewPlatformResolver(new ReviewPlatformService(database)),
      new ModerationResolver(new ClaimService(database, clock), decisions, resubmissions),
      new SubmissionModerationResolver(),
      new RevisionResolver(),
      new SubmissionFlagsResolver(),
      new FlagResolver(),
      new IdeaResolver(ideas),
      new QuoteResolver(new QuoteService(database, events)),
      new SeatResolver(seats),
      new ChallengeSeatsResolver(seats),
      new ChallengeDisclosureResolver(),
      new SubmissionDisclosureResolver(),
    ],
    jobs: [],
  };
}
