import { askInvariants } from '../asks/ask.invariants.js';
import { caseInvariants } from '../asks/cases/case.invariants.js';
import { badgeInvariants } from '../badges/badge.invariants.js';
import { challengeDrawInvariants } from '../challenges/challenge.draw.invariants.js';
import { challengeInvariants } from '../challenges/challenge.invariants.js';
import { challengeLimitInvariants } from '../challenges/challenge.limits.invariants.js';
import { trackInvariants } from '../challenges/track.invariants.js';
import { fatigueInvariants } from '../fatigue/fatigue.invariants.js';
import { influenceInvariants } from '../influence/influence.invariants.js';
import { invitationInvariants } from '../invitations/invitation.invariants.js';
import { jobInvariants } from '../jobs/job.invariants.js';
import { leaderboardInvariants } from '../leaderboards/leaderboard.invariants.js';
import { seasonInvariants } from '../leaderboards/season.invariants.js';
import { npsInvariants, surveyLinkInvariants } from '../nps/nps.invariants.js';
import type { Database } from '../platform/database/database.js';
import type { Invariant } from '../platform/invariant.js';
import { expiryInvariants } from '../points/expiry.invariants.js';
import { ledgerInvariants } from '../points/ledger.invariants.js';
import { unitInvariants } from '../points/unit.invariants.js';
import { pollInvariants } from '../polls/poll.invariants.js';
import { privacyInvariants } from '../privacy/privacy.invariants.js';
import { fraudInvariants } from '../referrals/fraud/fraud.invariants.js';
import { referralInvariants } from '../referrals/referral.invariants.js';
import { rewardInvariants } from '../rewards/reward.invariants.js';
import { socialInvariants } from '../social/social.invariants.js';
import { teamInvariants } from '../teams/team.invariants.js';

/** Everything that can be checked of what must always be true, on a live database. */
export const invariants: readonly Invariant[] = [
  ...ledgerInvariants,
  ...unitInvariants,
  ...expiryInvariants,
  ...challengeInvariants,
  ...challengeLimitInvariants,
  ...challengeDrawInvariants,
  ...trackInvariants,
  ...pollInvariants,
  ...referralInvariants,
  ...fraudInvariants,
  ...rewardInvariants,
  ...npsInvariants,
  ...surveyLinkInvariants,
  ...askInvariants,
  ...caseInvariants,
  ...fatigueInvariants,
  ...invitationInvariants,
  ...badgeInvariants,
  ...leaderboardInvariants,
  ...seasonInvariants,
  ...teamInvariants,
  ...influenceInvariants,
  ...socialInvariants,
  ...jobInvariants,
  ...privacyInvariants,
];

export interface CheckedInvariant {
  readonly invariant: Invariant;
  readonly violations: readonly string[];
}

/** Checks every invariant, in the order of their numbers. */
export async function verify(database: Database): Promise<CheckedInvariant[]> {
  const checked: CheckedInvariant[] = [];
  for (const invariant of [...invariants].sort((a, b) => a.number - b.number)) {
    const violations = await database.read((reader) => invariant.violations(reader));
    checked.push({ invariant, violations });
  }
  return checked;
}
