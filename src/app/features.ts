import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { AmbassadorResolver } from '../ambassadors/ambassador.resolver.js';
import { AmbassadorService } from '../ambassadors/ambassador.service.js';
import { ViewerResolver } from '../ambassadors/viewer.resolver.js';
import { AskResolver, ResponseAskResolver } from '../asks/ask.resolver.js';
import { AskService } from '../asks/ask.service.js';
import { BadgeAwards } from '../badges/badge.awards.js';
import { Badge } from '../badges/badge.entity.js';
import { BadgeGrants } from '../badges/badge.grants.js';
import {
  AmbassadorBadgesResolver,
  BadgeResolver,
  EarnedBadgeResolver,
  SubmittedBadgesResolver,
} from '../badges/badge.resolver.js';
import { BadgeService } from '../badges/badge.service.js';
import { Challenge } from '../challenges/challenge.entity.js';
import { AmbassadorChallengesResolver, ChallengeResolver } from '../challenges/challenge.resolver.js';
import { ChallengeService } from '../challenges/challenge.service.js';
import { SubmissionDecisions } from '../challenges/submission.decisions.js';
import { Submission } from '../challenges/submission.entity.js';
import {
  AmbassadorSubmissionsResolver,
  ChallengeSubmissionsResolver,
  SubmissionMutationsResolver,
  SubmissionResolver,
} from '../challenges/submission.resolver.js';
import { SubmissionService } from '../challenges/submission.service.js';
import { VoteService } from '../challenges/vote.service.js';
import { Contact } from '../contacts/contact.entity.js';
import { ContactService } from '../contacts/contact.service.js';
import { ApiKey } from '../identity/api-key.entity.js';
import { ApiKeyResolver } from '../identity/api-key.resolver.js';
import { ApiKeyService } from '../identity/api-key.service.js';
import type { RequestContext } from '../identity/session.js';
import { Tokens } from '../identity/tokens.js';
import { Leaderboard } from '../leaderboards/leaderboard.entity.js';
import { BoardFill } from '../leaderboards/leaderboard.fill.js';
import { BoardFolding } from '../leaderboards/leaderboard.folding.js';
import {
  AmbassadorStandingResolver,
  LeaderboardConnectionResolver,
  LeaderboardEntryResolver,
  LeaderboardResolver,
} from '../leaderboards/leaderboard.resolver.js';
import { LeaderboardService } from '../leaderboards/leaderboard.service.js';
import { Standings } from '../leaderboards/leaderboard.standings.js';
import { BoardTally } from '../leaderboards/leaderboard.tally.js';
import { createLiveResolver } from '../notify/live.resolver.js';
import { LiveService } from '../notify/live.service.js';
import { LiveUpdates } from '../notify/live-updates.js';
import { ResponseImport } from '../nps/import/response-import.service.js';
import { NpsResolver } from '../nps/nps.resolver.js';
import { NpsService } from '../nps/nps.service.js';
import { NpsResponse } from '../nps/response.entity.js';
import { ResponseResolver } from '../nps/response.resolver.js';
import { ResponseService } from '../nps/response.service.js';
import { Survey } from '../nps/survey.entity.js';
import { ProgramNpsResolver, SurveyResolver } from '../nps/survey.resolver.js';
import { SurveyService } from '../nps/survey.service.js';
import { OutboxWorker } from '../platform/events/outbox.js';
import { NodeRegistry } from '../platform/graphql/node.js';
import { Periodic } from '../platform/periodic.js';
import { Ledger } from '../points/ledger.js';
import { AmbassadorLevelResolver, ProgramLevelsResolver } from '../points/level.resolver.js';
import { LevelService } from '../points/level.service.js';
import { PointsEntry } from '../points/points.entity.js';
import { AmbassadorPointsResolver, PointsEntryResolver, PointsResolver } from '../points/points.resolver.js';
import { PointsService } from '../points/points.service.js';
import { Program } from '../programs/program.entity.js';
import { ProgramResolver } from '../programs/program.resolver.js';
import { ProgramService } from '../programs/program.service.js';
import { ReferralCodes } from '../referrals/referral.codes.js';
import { Referral } from '../referrals/referral.entity.js';
import { ReferralRegistration } from '../referrals/referral.registration.js';
import {
  AmbassadorReferralsResolver,
  ProgramReferralsResolver,
  ReferralLinkResolver,
  ReferralResolver,
} from '../referrals/referral.resolver.js';
import { ReferralRewards } from '../referrals/referral.rewards.js';
import { ReferralService } from '../referrals/referral.service.js';
import { ReferralTermsService } from '../referrals/referral.terms.js';
import { RedemptionService } from '../rewards/redemption.service.js';
import { Redemption, Reward } from '../rewards/reward.entity.js';
import { AmbassadorRedemptionsResolver, RedemptionResolver, RewardResolver } from '../rewards/reward.resolver.js';
import { RewardService } from '../rewards/reward.service.js';
import { NodeResolver } from './node.resolver.js';
import type { Platform } from './platform.js';

export type Features = ReturnType<typeof composeFeatures>;

/** The one place where services meet: who is built on whom, who follows which event, what can be fetched by id. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it decides nothing; it is a list, best read in one piece
export function composeFeatures(platform: Platform) {
  const { database, events, clock, config, log, random } = platform;
  const tokens = new Tokens(config, clock);
  const apiKeys = new ApiKeyService(database);
  const programs = new ProgramService(database, events);
  const contacts = new ContactService(events);
  const ambassadors = new AmbassadorService(database, events, contacts);
  const ledger = new Ledger(events);
  const levels = new LevelService(database);
  const points = new PointsService(database, ledger, ambassadors);
  const referralTerms = new ReferralTermsService(database);
  const referralCodes = new ReferralCodes(config.APPLAUS_PUBLIC_URL, random);
  const referralRewards = new ReferralRewards(database, events, ledger);
  const referrals = new ReferralService({
    database,
    contacts,
    ledger,
    codes: referralCodes,
    terms: referralTerms,
    registration: new ReferralRegistration(events),
    rewards: referralRewards,
  });
  const rewards = new RewardService(database, events);
  const redemptions = new RedemptionService(database, events, ledger);
  const challenges = new ChallengeService(database, events, clock);
  const decisions = new SubmissionDecisions(database, events, ledger);
  const submissions = new SubmissionService(database, events, ledger, decisions);
  const votes = new VoteService(database);
  const badgeAwards = new BadgeAwards(events);
  const badgeGrants = new BadgeGrants(database, badgeAwards);
  const badges = new BadgeService(database, events, clock, badgeGrants);

  const surveys = new SurveyService(database);
  const responses = new ResponseService(database, events, contacts, surveys);
  const responseImport = new ResponseImport(database, events, clock, programs, contacts, surveys);
  const asks = new AskService(challenges);
  const boardFill = new BoardFill(database);
  const boards = new LeaderboardService(database, events, boardFill);
  const boardTally = new BoardTally();
  const boardFolding = new BoardFolding(database);
  const standings = new Standings(database, clock);
  const liveUpdates = new LiveUpdates(config.REDIS_URL, log);

  events.followInside('program.created', (tx, { programId }) => levels.addDefaults(tx, programId));
  events.followInside('program.created', (tx, { programId }) => surveys.addDefault(tx, programId));
  events.followInside('ambassador.enrolled', (tx, { programId, payload }) =>
    ledger.open(tx, programId, payload.ambassadorId),
  );
  events.followInside('program.created', (tx, { programId }) => referralTerms.addDefaults(tx, programId));
  events.followInside('ambassador.enrolled', (tx, { programId, payload }) =>
    referralCodes.assign(tx, programId, payload.ambassadorId),
  );
  events.followInside('points.posted', (tx, event) => referralRewards.followRelease(tx, event));
  events.followInside('submission.approved', (tx, event) => badgeAwards.afterApproval(tx, event));
  events.followInside('referral.converted', (tx, event) => badgeAwards.afterConversion(tx, event));
  events.followInside('points.posted', (tx, event) => badgeAwards.afterPosting(tx, event));
  events.followAfter('badge.created', 'badges.retroactive', ({ payload }) => badgeGrants.complete(payload.badgeId));
  events.followInside('response.recorded', (tx, event) => asks.follow(tx, event));
  events.followInside('program.created', (tx, { programId }) => boards.addDefaults(tx, programId));
  events.followInside('program.updated', (tx, { programId }) => boardFill.followTimeZone(tx, programId));
  events.followInside('points.posted', (tx, event) => boardTally.count(tx, event));
  events.followAfter('contact.attributesChanged', 'leaderboards', ({ payload }) =>
    boardFill.followContact(payload.contactId),
  );
  events.followAfter('points.posted', 'live', (event) => liveUpdates.publish(event));

  const nodes = new NodeRegistry<RequestContext>();
  nodes.register(Program, async (context, id) =>
    id === context.session.program.id ? programs.current(context) : null,
  );
  nodes.register(ApiKey, (context, id) => apiKeys.find(context, id));
  nodes.register(Contact, (context, id) => ambassadors.findContact(context, id));
  nodes.register(Ambassador, (context, id) => ambassadors.find(context, id));
  nodes.register(Survey, (context, id) => surveys.find(context, id));
  nodes.register(NpsResponse, (context, id) => responses.find(context, id));
  nodes.register(Leaderboard, (context, id) => boards.find(context, id));
  nodes.register(PointsEntry, (context, id) => points.find(context, id));
  nodes.register(Challenge, (context, id) => challenges.find(context, id));
  nodes.register(Submission, (context, id) => submissions.find(context, id));
  nodes.register(Referral, (context, id) => referrals.find(context, id));
  nodes.register(Reward, (context, id) => rewards.find(context, id));
  nodes.register(Redemption, (context, id) => redemptions.find(context, id));
  nodes.register(Badge, (context, id) => badges.find(context, id));

  const resolvers: readonly object[] = [
    new NodeResolver(nodes),
    new ApiKeyResolver(apiKeys),
    new ProgramResolver(programs),
    new AmbassadorResolver(ambassadors),
    new ViewerResolver(programs),
    new PointsResolver(points),
    new AmbassadorPointsResolver(points),
    new PointsEntryResolver(),
    new AmbassadorLevelResolver(),
    new ProgramLevelsResolver(levels),
    new NpsResolver(new NpsService(database, surveys)),
    new SurveyResolver(surveys),
    new ProgramNpsResolver(),
    new ResponseResolver(responses),
    new ResponseAskResolver(),
    new AskResolver(),
    new ReferralResolver(referrals),
    new AmbassadorReferralsResolver(referrals, referralCodes),
    new ReferralLinkResolver(),
    new ProgramReferralsResolver(referralTerms),
    new RewardResolver(rewards),
    new RedemptionResolver(redemptions),
    new AmbassadorRedemptionsResolver(redemptions),
    new ChallengeResolver(challenges),
    new AmbassadorChallengesResolver(challenges),
    new SubmissionMutationsResolver(submissions, decisions, votes),
    new SubmissionResolver(submissions),
    new AmbassadorSubmissionsResolver(submissions),
    new ChallengeSubmissionsResolver(submissions),
    new BadgeResolver(badges),
    new EarnedBadgeResolver(),
    new AmbassadorBadgesResolver(badges),
    new SubmittedBadgesResolver(badges),
    new LeaderboardResolver(boards, standings),
    new LeaderboardConnectionResolver(standings),
    new LeaderboardEntryResolver(standings),
    new AmbassadorStandingResolver(boards, standings),
    createLiveResolver(new LiveService(liveUpdates, boards, standings)),
  ];
  const outbox = new OutboxWorker(database, events, clock, log);
  const periodics: readonly Periodic[] = [
    new Periodic({ name: 'outbox.forget', everyMilliseconds: 3_600_000, doSome: () => outbox.forgetSome() }, log),
    new Periodic(
      { name: 'points.release', everyMilliseconds: 30_000, doSome: () => points.releaseDue(clock.now()) },
      log,
    ),
    new Periodic({ name: 'leaderboards.fold', everyMilliseconds: 1_000, doSome: () => boardFolding.foldSome() }, log),
    new Periodic(
      { name: 'referrals.reward', everyMilliseconds: 30_000, doSome: () => referralRewards.rewardDue(clock.now()) },
      log,
    ),
    new Periodic({ name: 'leaderboards.fill', everyMilliseconds: 2_000, doSome: () => boardFill.continueAll() }, log),
  ];
  return {
    tokens,
    apiKeys,
    programs,
    ambassadors,
    ledger,
    points,
    referrals,
    referralCodes,
    referralTerms,
    referralRewards,
    rewards,
    redemptions,
    responseImport,
    surveys,
    responses,
    challenges,
    submissions,
    decisions,
    votes,
    badges,
    badgeGrants,
    boards,
    boardFill,
    liveUpdates,
    outbox,
    periodics,
    resolvers,
  };
}
