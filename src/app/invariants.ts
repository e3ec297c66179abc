import { askInvariants } from '../asks/ask.invariants.js';
import { badgeInvariants } from '../badges/badge.invariants.js';
import { challengeInvariants } from '../challenges/challenge.invariants.js';
import { leaderboardInvariants } from '../leaderboards/leaderboard.invariants.js';
import { npsInvariants } from '../nps/nps.invariants.js';
import type { Database } from '../platform/database/database.js';
import type { Invariant } from '../platform/invariant.js';
import { ledgerInvariants } from '../points/ledger.invariants.js';
import { referralInvariants } from '../referrals/referral.invariants.js';
import { rewardInvariants } from '../rewards/reward.invariants.js';

/** Everything that can be checked of what must always be true, on a live database. */
export const invariants: readonly Invariant[] = [
  ...ledgerInvariants,
  ...challengeInvariants,
  ...referralInvariants,
  ...rewardInvariants,
  ...npsInvariants,
  ...askInvariants,
  ...badgeInvariants,
  ...leaderboardInvariants,
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
