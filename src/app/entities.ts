import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Ask } from '../asks/ask.entity.js';
import { Segment } from '../audience/segment.entity.js';
import { Badge, BadgeWin, EarnedBadge } from '../badges/badge.entity.js';
import { ActiveWeek, StreakFreeze, StreakTerms } from '../badges/streak.entity.js';
import { BonusWindow } from '../challenges/bonus.entity.js';
import { RewardDraw } from '../challenges/challenge.draw.entity.js';
import { Challenge, ChallengeUsage } from '../challenges/challenge.entity.js';
import { SubmissionFlag, SubmissionMark } from '../challenges/duplicates/duplicate.entity.js';
import { Idea } from '../challenges/ideas/idea.entity.js';
import { SubmissionRevision } from '../challenges/moderation/revision.entity.js';
import { Disclosure } from '../challenges/proof/disclosure.js';
import { ReviewPlatform } from '../challenges/proof/review-platform.entity.js';
import { Seat } from '../challenges/seats/seat.entity.js';
import { Submission, SubmissionVote } from '../challenges/submission.entity.js';
import { ChallengePrerequisite, Track, TrackCompletion, TrackStep } from '../challenges/track.entity.js';
import { Contact, ContactAttribute } from '../contacts/contact.entity.js';
import { ApiKey } from '../identity/api-key.entity.js';
import { SuperpromoterNomination } from '../influence/nomination.entity.js';
import { SuperpromoterTermsRow } from '../influence/terms.entity.js';
import { InsightTermsRow } from '../insight/terms/terms.entity.js';
import { BoardBlock } from '../leaderboards/board-block.entity.js';
import { BoardEntry, Leaderboard } from '../leaderboards/leaderboard.entity.js';
import { Season, SeasonStanding } from '../leaderboards/season.entity.js';
import { NpsAttributeValue, NpsCount, NpsCountChange } from '../nps/counts/count.entity.js';
import { FollowUpAnswer, FollowUpQuestion } from '../nps/followups/follow-up.entity.js';
import { NpsResponse } from '../nps/response.entity.js';
import { Survey } from '../nps/survey.entity.js';
import { OutboxDelivery, OutboxEvent } from '../platform/events/outbox.entity.js';
import { IdempotencyRecord } from '../platform/idempotency/idempotency.entity.js';
import { Job } from '../platform/jobs/job.entity.js';
import { ExpiredLot, ExpiryNotice, PointsExpiryTerms } from '../points/expiry.entity.js';
import { ReceivedPart } from '../points/gift.entity.js';
import { Level } from '../points/level.entity.js';
import { LevelHold, LevelPolicy } from '../points/level-policy.entity.js';
import { PointsBalance, PointsEntry, PointsHold, PointsTransfer, UnitBalance } from '../points/points.entity.js';
import { PointsUnit } from '../points/unit.entity.js';
import { Poll, PollBallot, PollChoice, PollOption } from '../polls/poll.entity.js';
import { Program } from '../programs/program.entity.js';
import { ConversionSecret } from '../referrals/conversion-secret.js';
import {
  ReferralAssessment,
  ReferralFraudPolicy,
  ReferralReview,
  ReferralSighting,
} from '../referrals/fraud/fraud.entity.js';
import { ReferralClaim, ReferralNomination } from '../referrals/nomination.entity.js';
import { ReferralClickFlood } from '../referrals/referral.clicks.js';
import { Referral, ReferralClick, ReferralCode, ReferralTerms } from '../referrals/referral.entity.js';
import { ReferralStep } from '../referrals/referral.steps.js';
import { ReferralRefund } from '../referrals/refund.entity.js';
import { ReferralShareText } from '../referrals/share-text.js';
import { FriendVoucher, FriendVoucherPool } from '../referrals/voucher.entity.js';
import { Redemption, Reward } from '../rewards/reward.entity.js';
import { RewardVoucher } from '../rewards/reward-voucher.entity.js';

/** Every table of the database. */
export const entities = [
  OutboxEvent,
  OutboxDelivery,
  IdempotencyRecord,
  Job,
  ApiKey,
  Program,
  Contact,
  ContactAttribute,
  Ambassador,
  PointsTransfer,
  PointsEntry,
  PointsBalance,
  PointsHold,
  PointsUnit,
  UnitBalance,
  ReceivedPart,
  PointsExpiryTerms,
  ExpiredLot,
  ExpiryNotice,
  Level,
  LevelPolicy,
  LevelHold,
  Segment,
  Challenge,
  ChallengeUsage,
  RewardDraw,
  BonusWindow,
  ChallengePrerequisite,
  Track,
  TrackStep,
  TrackCompletion,
  Submission,
  SubmissionVote,
  ReviewPlatform,
  Disclosure,
  Seat,
  SubmissionRevision,
  SubmissionMark,
  SubmissionFlag,
  Idea,
  Poll,
  PollOption,
  PollBallot,
  PollChoice,
  Survey,
  NpsCount,
  NpsCountChange,
  NpsAttributeValue,
  NpsResponse,
  FollowUpQuestion,
  FollowUpAnswer,
  SuperpromoterTermsRow,
  SuperpromoterNomination,
  InsightTermsRow,
  Badge,
  EarnedBadge,
  BadgeWin,
  ActiveWeek,
  StreakTerms,
  StreakFreeze,
  Ask,
  Leaderboard,
  BoardEntry,
  BoardBlock,
  Season,
  SeasonStanding,
  ReferralCode,
  ReferralClick,
  ReferralClickFlood,
  ReferralTerms,
  Referral,
  ReferralRefund,
  ReferralStep,
  FriendVoucherPool,
  FriendVoucher,
  ReferralShareText,
  ConversionSecret,
  ReferralFraudPolicy,
  ReferralSighting,
  ReferralAssessment,
  ReferralReview,
  ReferralNomination,
  ReferralClaim,
  Reward,
  RewardVoucher,
  Redemption,
];
