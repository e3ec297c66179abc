import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Ask } from '../asks/ask.entity.js';
import { Badge, BadgeGrant, EarnedBadge } from '../badges/badge.entity.js';
import { ActiveWeek } from '../badges/streak.entity.js';
import { Challenge } from '../challenges/challenge.entity.js';
import { Submission, SubmissionVote } from '../challenges/submission.entity.js';
import { Contact, ContactAttribute } from '../contacts/contact.entity.js';
import { ApiKey } from '../identity/api-key.entity.js';
import { BoardBlock } from '../leaderboards/board-block.entity.js';
import { BoardEntry, Leaderboard } from '../leaderboards/leaderboard.entity.js';
import { NpsResponse } from '../nps/response.entity.js';
import { Survey } from '../nps/survey.entity.js';
import { OutboxDelivery, OutboxEvent } from '../platform/events/outbox.entity.js';
import { IdempotencyRecord } from '../platform/idempotency/idempotency.entity.js';
import { Level } from '../points/level.entity.js';
import { PointsBalance, PointsEntry, PointsHold, PointsTransfer } from '../points/points.entity.js';
import { Program } from '../programs/program.entity.js';
import { Referral, ReferralClick, ReferralCode, ReferralTerms } from '../referrals/referral.entity.js';
import { Redemption, Reward } from '../rewards/reward.entity.js';

/** Every table of the database. */
export const entities = [
  OutboxEvent,
  OutboxDelivery,
  IdempotencyRecord,
  ApiKey,
  Program,
  Contact,
  ContactAttribute,
  Ambassador,
  PointsTransfer,
  PointsEntry,
  PointsBalance,
  PointsHold,
  Level,
  Challenge,
  Submission,
  SubmissionVote,
  Survey,
  NpsResponse,
  Badge,
  EarnedBadge,
  BadgeGrant,
  ActiveWeek,
  Ask,
  Leaderboard,
  BoardEntry,
  BoardBlock,
  ReferralCode,
  ReferralClick,
  ReferralTerms,
  Referral,
  Reward,
  Redemption,
];
