import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Ask, AskTally } from '../asks/ask.entity.js';
import { AskOrderRow } from '../asks/ask.order.js';
import { Case, CaseEntry } from '../asks/cases/case.entity.js';
import { CaseTermsRow } from '../asks/cases/case.terms.js';
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
import { ContactAsk, FatigueTerms } from '../fatigue/budget.entity.js';
import { ApiKey } from '../identity/api-key.entity.js';
import { SuperpromoterNomination } from '../influence/nomination.entity.js';
import { SuperpromoterTermsRow } from '../influence/terms.entity.js';
import { InsightTermsRow } from '../insight/terms/terms.entity.js';
import { SurveyInvitation } from '../invitations/invitation.entity.js';
import { InvitationText } from '../invitations/invitation-text.js';
import { InvitationWave } from '../invitations/wave.entity.js';
import { BoardAbsence } from '../leaderboards/absence.entity.js';
import { BoardBlock } from '../leaderboards/board-block.entity.js';
import { BoardEntry, Leaderboard } from '../leaderboards/leaderboard.entity.js';
import { Season, SeasonStanding } from '../leaderboards/season.entity.js';
import { MailStanding } from '../notify/mail/mail-standing.entity.js';
import { WaitingAnswer } from '../nps/answering/waiting-answer.entity.js';
import { NpsAttributeValue, NpsCount, NpsCountChange } from '../nps/counts/count.entity.js';
import { FollowUpAnswer, FollowUpQuestion, FollowUpWording } from '../nps/followups/follow-up.entity.js';
import { SurveyText } from '../nps/forms/survey-text.entity.js';
import { SurveyLink } from '../nps/links/survey-link.entity.js';
import { NpsResponse } from '../nps/response.entity.js';
import { Survey } from '../nps/survey.entity.js';
import { ResponseExtra, WebhookDelivery } from '../nps/webhooks/delivery.entity.js';
import { WebhookSecret, WebhookSource } from '../nps/webhooks/source.entity.js';
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
import { Consent, ConsentPolicyRow } from '../privacy/consent.entity.js';
import { Erasure, SuppressedAddress } from '../privacy/erasure.entity.js';
import { RetentionProgress, RetentionTerms } from '../privacy/retention.entity.js';
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
import { Activity, ActivitySharing } from '../social/activity.entity.js';
import { Kudos } from '../social/kudos.entity.js';
import { KudosReport } from '../social/kudos-report.entity.js';
import { SocialTerms } from '../social/terms.entity.js';
import { Team, TeamCredit, TeamMember, TeamPoints, TeamTerms } from '../teams/team.entity.js';

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
  SurveyLink,
  SurveyText,
  FollowUpWording,
  WaitingAnswer,
  WebhookSource,
  WebhookSecret,
  WebhookDelivery,
  ResponseExtra,
  SuperpromoterTermsRow,
  SuperpromoterNomination,
  Badge,
  EarnedBadge,
  BadgeWin,
  ActiveWeek,
  StreakTerms,
  StreakFreeze,
  Ask,
  AskTally,
  AskOrderRow,
  Case,
  CaseEntry,
  CaseTermsRow,
  Leaderboard,
  BoardEntry,
  BoardBlock,
  BoardAbsence,
  Season,
  SeasonStanding,
  Team,
  TeamMember,
  TeamCredit,
  TeamPoints,
  TeamTerms,
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
  SocialTerms,
  ActivitySharing,
  Activity,
  Kudos,
  KudosReport,
  FatigueTerms,
  ContactAsk,
  MailStanding,
  InvitationWave,
  SurveyInvitation,
  InvitationText,
  Erasure,
  SuppressedAddress,
  Consent,
  ConsentPolicyRow,
  RetentionTerms,
  RetentionProgress,
  InsightTermsRow,
];
