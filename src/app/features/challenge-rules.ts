import type { Audiences } from '../../audience/audiences.js';
import { BonusWindow } from '../../challenges/bonus.entity.js';
import { BonusResolver } from '../../challenges/bonus.resolver.js';
import { BonusService } from '../../challenges/bonus.service.js';
import { ChallengeBudget } from '../../challenges/challenge.budget.js';
import { RewardDraw } from '../../challenges/challenge.draw.entity.js';
import { ChallengeDraws } from '../../challenges/challenge.draw.js';
import { ChallengeDrawResolver, SubmissionDrawResolver } from '../../challenges/challenge.draw.resolver.js';
import { ChallengeEligibility } from '../../challenges/challenge.eligibility.js';
import { ChallengeRules } from '../../challenges/challenge.rules.js';
import { SubmissionPay } from '../../challenges/submission.pay.js';
import { Track } from '../../challenges/track.entity.js';
import {
  AmbassadorTracksResolver,
  ChallengePrerequisitesResolver,
  TrackResolver,
} from '../../challenges/track.resolver.js';
import { TrackService } from '../../challenges/track.service.js';
import type { Kit } from './kit.js';

/** The rules of play: who may do a challenge now, how often, in which order, and what it pays. */
export function composeChallengeRules(
  { random, database, events, clock, nodes }: Kit,
  { audiences }: { readonly audiences: Audiences },
) {
  const budget = new ChallengeBudget();
  const draws = new ChallengeDraws(database, events, random);
  const bonuses = new BonusService(database, events, clock);
  const eligibility = new ChallengeEligibility(audiences);
  const tracks = new TrackService(database, events);
  // Before badges hear of it: a rule may ask for the track that this completes.
  events.followInside('submission.approved', (tx, event) => tracks.followApproval(tx, event));
  events.followInside('submission.rejected', (tx, { payload }) => budget.release(tx, payload));
  nodes.register(RewardDraw, (context, id) => draws.find(context, id));
  nodes.register(BonusWindow, (context, id) => bonuses.find(context, id));
  nodes.register(Track, (context, id) => tracks.find(context, id));
  return {
    services: { tracks, bonuses, draws },
    budget,
    eligibility,
    rules: new ChallengeRules(budget, eligibility, bonuses),
    pay: new SubmissionPay(draws, budget),
    resolvers: [
      new ChallengeDrawResolver(draws),
      new SubmissionDrawResolver(),
      new BonusResolver(bonuses),
      new ChallengePrerequisitesResolver(),
      new TrackResolver(tracks),
      new AmbassadorTracksResolver(tracks),
    ],
  };
}
