import { Platform1764000000000 } from './1764000000000-platform.js';
import { People1764000001000 } from './1764000001000-people.js';
import { Points1764000002000 } from './1764000002000-points.js';
import { Challenges1764000003000 } from './1764000003000-challenges.js';
import { Nps1764000004000 } from './1764000004000-nps.js';
import { Asks1764000005000 } from './1764000005000-asks.js';
import { Badges1764000006000 } from './1764000006000-badges.js';
import { Leaderboards1764000007000 } from './1764000007000-leaderboards.js';
import { Referrals1764000009000 } from './1764000009000-referrals.js';
import { Rewards1764000010000 } from './1764000010000-rewards.js';
import { NpsCounts1764000019000 } from './1764000019000-nps-counts.js';
import { ReferralSources1764000020000 } from './1764000020000-referral-sources.js';
import { ReferralSteps1764000020100 } from './1764000020100-referral-steps.js';
import { ShareTexts1764000020200 } from './1764000020200-share-texts.js';
import { Nominations1764000020300 } from './1764000020300-nominations.js';
import { ReferralRewards1764000021000 } from './1764000021000-referral-rewards.js';
import { ReferralRefunds1764000021100 } from './1764000021100-referral-refunds.js';
import { FriendVouchers1764000021200 } from './1764000021200-friend-vouchers.js';
import { ConversionSecrets1764000021300 } from './1764000021300-conversion-secrets.js';
import { ReferralFraud1764000022000 } from './1764000022000-referral-fraud.js';
import { FollowUps1764000023000 } from './1764000023000-follow-ups.js';
import { Influence1764000023100 } from './1764000023100-influence.js';
import { ReferralInsight1764000023200 } from './1764000023200-referral-insight.js';
import { ChallengeLimits1764000024000 } from './1764000024000-challenge-limits.js';
import { Audience1764000024100 } from './1764000024100-audience.js';
import { Tracks1764000024200 } from './1764000024200-tracks.js';
import { VariableRewards1764000024300 } from './1764000024300-variable-rewards.js';
import { ChallengeTerms1764000025000 } from './1764000025000-challenge-terms.js';
import { SeatsAndPeers1764000025100 } from './1764000025100-seats-and-peers.js';
import { Quotes1764000025150 } from './1764000025150-quotes.js';
import { Moderation1764000025200 } from './1764000025200-moderation.js';
import { PollsAndIdeas1764000025300 } from './1764000025300-polls-and-ideas.js';
import { Voters1764000025400 } from './1764000025400-voters.js';
import { PointsUnits1764000026000 } from './1764000026000-points-units.js';
import { PointsExpiry1764000026100 } from './1764000026100-points-expiry.js';
import { Jobs1764000027000 } from './1764000027000-jobs.js';
import { Seasons1764000027100 } from './1764000027100-seasons.js';
import { BadgeKinds1764000027200 } from './1764000027200-badge-kinds.js';
import { StreakFreezes1764000027300 } from './1764000027300-streak-freezes.js';
import { Levels1764000027400 } from './1764000027400-levels.js';
import { RewardKinds1764000028000 } from './1764000028000-reward-kinds.js';
import { Social1764000030000 } from './1764000030000-social.js';
import { PrivateProfiles1764000031000 } from './1764000031000-private-profiles.js';
import { BoardAbsences1764000031100 } from './1764000031100-board-absences.js';
import { Teams1764000031200 } from './1764000031200-teams.js';
import { SurveyLinks1764000032000 } from './1764000032000-survey-links.js';
import { SurveyKinds1764000032100 } from './1764000032100-survey-kinds.js';
import { SurveyTexts1764000032200 } from './1764000032200-survey-texts.js';
import { Fatigue1764000033000 } from './1764000033000-fatigue.js';
import { Mail1764000033100 } from './1764000033100-mail.js';
import { Invitations1764000033200 } from './1764000033200-invitations.js';
import { WebhooksIn1764000034000 } from './1764000034000-webhooks-in.js';
import { AskOutcomes1764000035000 } from './1764000035000-ask-outcomes.js';
import { Cases1764000035100 } from './1764000035100-cases.js';
import { Insight1764000036000 } from './1764000036000-insight.js';
import { Privacy1764000037000 } from './1764000037000-privacy.js';

/** Every migration, oldest first; the same set for every database. */
export const migrations = [
  Platform1764000000000,
  People1764000001000,
  Points1764000002000,
  Challenges1764000003000,
  Nps1764000004000,
  Asks1764000005000,
  Badges1764000006000,
  Leaderboards1764000007000,
  Referrals1764000009000,
  Rewards1764000010000,
  NpsCounts1764000019000,
  ReferralSources1764000020000,
  ReferralSteps1764000020100,
  ShareTexts1764000020200,
  Nominations1764000020300,
  ReferralRewards1764000021000,
  ReferralRefunds1764000021100,
  FriendVouchers1764000021200,
  ConversionSecrets1764000021300,
  ReferralFraud1764000022000,
  FollowUps1764000023000,
  Influence1764000023100,
  ReferralInsight1764000023200,
  ChallengeLimits1764000024000,
  Audience1764000024100,
  Tracks1764000024200,
  VariableRewards1764000024300,
  ChallengeTerms1764000025000,
  SeatsAndPeers1764000025100,
  Quotes1764000025150,
  Moderation1764000025200,
  PollsAndIdeas1764000025300,
  Voters1764000025400,
  PointsUnits1764000026000,
  PointsExpiry1764000026100,
  Jobs1764000027000,
  Seasons1764000027100,
  BadgeKinds1764000027200,
  StreakFreezes1764000027300,
  Levels1764000027400,
  RewardKinds1764000028000,
  Social1764000030000,
  PrivateProfiles1764000031000,
  BoardAbsences1764000031100,
  Teams1764000031200,
  SurveyLinks1764000032000,
  SurveyKinds1764000032100,
  SurveyTexts1764000032200,
  Fatigue1764000033000,
  Mail1764000033100,
  Invitations1764000033200,
  WebhooksIn1764000034000,
  AskOutcomes1764000035000,
  Cases1764000035100,
  Insight1764000036000,
  Privacy1764000037000,
];
