import type { FraudReasonCode, FraudSeverity, ReferralAssessmentOutcome, ReferralStrictness } from './fraud.enums.js';
import type { Likeness } from './likeness.js';
import type { Sharing, Signals } from './signals.js';

/** One thing that speaks against a referral. `count` is the number in its words, if there is one. */
export interface FraudReason {
  readonly code: FraudReasonCode;
  readonly points: number;
  readonly severity: FraudSeverity;
  readonly count: number | null;
}

export interface Verdict {
  /** 0 to 100. */
  readonly score: number;
  readonly outcome: ReferralAssessmentOutcome;
  /** From the one that weighs most. */
  readonly reasons: readonly FraudReason[];
}

/** From which score on a person decides, and from which the referral is denied. 40 and 70 are the product's promise. */
export const thresholds: Readonly<Record<ReferralStrictness, { readonly review: number; readonly denial: number }>> = {
  LENIENT: { review: 55, denial: 85 },
  STANDARD: { review: 40, denial: 70 },
  STRICT: { review: 25, denial: 55 },
};

type Found = Pick<FraudReason, 'code' | 'points'> & { readonly count?: number };

/**
 * Weighs what is known. Reasons of one kind are often one fact seen twice (who shares a device shares the network), so of
 * each kind only the one that weighs most counts in full, and each further one adds a little; kinds add up.
 */
export function judge(signals: Signals, strictness: ReferralStrictness): Verdict {
  const kinds = [identityReasons(signals), addressReasons(signals), meansReasons(signals), paceReasons(signals)];
  const weighed = [...kinds, historyReasons(signals)].map((reasons) => weigh(reasons));
  const score = Math.min(
    100,
    weighed.reduce((sum, { points }) => sum + points, 0),
  );
  const reasons = weighed.flatMap(({ reasons: found }) => found).sort((a, b) => b.points - a.points);
  return { score, outcome: outcomeOf(score, strictness), reasons };
}

export function outcomeOf(score: number, strictness: ReferralStrictness): ReferralAssessmentOutcome {
  const { review, denial } = thresholds[strictness];
  if (score >= denial) return 'DENIED';
  return score >= review ? 'REVIEW' : 'PASSED';
}

/** What each reason of a kind beyond the heaviest adds. */
const furtherPoints = 5;

function weigh(found: readonly Found[]): { readonly points: number; readonly reasons: readonly FraudReason[] } {
  const sorted = [...found].sort((a, b) => b.points - a.points);
  const reasons = sorted.map(({ code, points, count }, index) => {
    const counted = index === 0 ? points : Math.min(points, furtherPoints);
    return { code, points: counted, severity: severityOf(points), count: count ?? null };
  });
  return { points: reasons.reduce((sum, { points }) => sum + points, 0), reasons };
}

function severityOf(points: number): FraudSeverity {
  if (points >= 40) return 'HIGH';
  return points >= 20 ? 'MEDIUM' : 'LOW';
}

/*
 * The points. Three thresholds come from the product's own specification: the steps of an IP address within 7 days (2 and
 * 3 low, 4 and 5 medium, 6 and more high), the pace of an ambassador (flagged from 5 a day, blocked from 10 a day or 50 a
 * month), and where review and denial begin. Which signals there are follows what referral programs publish: similar name
 * and address, the same network, a high rate, temporary addresses (SaaSquatch, "Security Management System"); overlap of
 * identities, red-flag addresses, suspicious timing, velocity (Mention Me, "Fraud signals"). Every other number is our
 * own, reasoned beside it and held against the corpus of test/fraud.
 */

/** Ours: two people can have one name; hardly two have one name and one address but for the provider. */
const likenessPoints: Readonly<Record<Likeness, number>> = {
  NAME_AND_ADDRESS: 60,
  ADDRESS: 45,
  MISSPELT: 45,
  NAME: 30,
  NEAR: 20,
  ADDRESS_ONLY: 20,
  DIFFERENT: 0,
};

function identityReasons({ identity }: Signals): Found[] {
  const likeness = likenessPoints[identity.likeness];
  return [
    ...only(identity.isAmbassador, { code: 'OWN_CODE', points: 100 }),
    ...only(identity.closesCycle, { code: 'CYCLE', points: 100 }),
    ...only(identity.hasOtherReferrer, { code: 'SECOND_REFERRER', points: 100 }),
    ...only(identity.inbox === 'AMBASSADOR', { code: 'SAME_INBOX', points: 100 }),
    // Ours: one inbox with two accounts is one person, who was a customer or a friend before.
    ...only(identity.inbox === 'KNOWN', { code: 'KNOWN_INBOX', points: 75 }),
    ...only(likeness > 0, { code: 'NEAR_IDENTITY', points: likeness }),
    // Ours: who types a Latin name with a Cyrillic letter means to deceive a comparison.
    ...only(identity.mixesScripts, { code: 'MIXED_SCRIPT', points: 45 }),
    // Ours: an ambassador may know two people of one name, hardly three.
    ...only(identity.sameNameFriends > 0, {
      code: 'REPEATED_NAME',
      points: identity.sameNameFriends > 1 ? 50 : 30,
      count: identity.sameNameFriends,
    }),
  ];
}

function addressReasons({ address }: Signals): Found[] {
  return [
    // Ours: enough for a person to look, not to deny: some who care for their privacy use them.
    ...only(address.isDisposable, { code: 'DISPOSABLE_ADDRESS', points: 45 }),
    // Ours: jan1 and jan2 are two people by chance, jan1, jan2 and jan3 are not.
    ...only(address.numberedFriends > 0, {
      code: 'NUMBERED_ADDRESSES',
      points: address.numberedFriends > 1 ? 50 : 25,
      count: address.numberedFriends,
    }),
    // Ours: odd addresses exist; three of them by one ambassador are a list.
    ...only(address.isMachineMade, {
      code: 'MACHINE_MADE_ADDRESS',
      points: address.machineMadeFriends > 1 ? 50 : address.machineMadeFriends > 0 ? 25 : 15,
      count: address.machineMadeFriends,
    }),
  ];
}

/** Ours: a family has one tablet for two, hardly for four; whoever pays by the ambassador's card may be the ambassador. */
const devicePoints = [0, 30, 50, 80] as const;
const paymentPoints = [0, 35, 60, 80] as const;
const referrersPaymentPoints = 45;

function meansReasons({ means }: Signals): Found[] {
  const byDevice = persons(means.device);
  const byPayment = persons(means.payment);
  const payment = paymentPoints[Math.min(byPayment, 3)] ?? 0;
  return [
    ...only(byDevice > 0, {
      code: 'SHARED_DEVICE',
      points: devicePoints[Math.min(byDevice, 3)] ?? 0,
      count: byDevice,
    }),
    ...only(byPayment > 0, {
      code: 'SHARED_PAYMENT',
      points: means.payment.byReferrer ? Math.max(payment, referrersPaymentPoints) : payment,
      count: byPayment,
    }),
    ...networkReasons(means),
  ];
}

function persons({ byReferrer, others }: Sharing): number {
  return others + (byReferrer ? 1 : 0);
}

/** An address alone never blocks, and never is 40: campuses, offices and mobile networks put hundreds behind one. */
function networkReasons({ networkFriends, networkFriendsOfReferrer }: Signals['means']): Found[] {
  const points = networkFriends >= 6 ? 35 : networkFriends >= 4 ? 20 : networkFriends >= 2 ? 10 : 0;
  return [
    ...only(points > 0, { code: 'SHARED_NETWORK', points, count: networkFriends }),
    // Ours: six friends of one ambassador behind one address in a week are rather one person than six.
    ...only(networkFriendsOfReferrer >= 6, {
      code: 'NETWORK_OF_ONE_REFERRER',
      points: 45,
      count: networkFriendsOfReferrer,
    }),
  ];
}

/** Ours, after what fraud desks of mobile advertising look for: bursts in the first 3 to 10 seconds (AppsFlyer, "CTIT"). */
const botSecondsMax = 3;
const fastSecondsMax = 10;
const hurriedSecondsMax = 30;
/** Ours: a busy link brings somebody in 20 to 300 clicks. */
const floodClicksMin = 1_000;
const floodClicksPerFriend = 500;

function paceReasons({ pace }: Signals): Found[] {
  const { perDay, perDayMax, perMonth, perMonthMax, secondsToRegister, secondsToConvert } = pace;
  const isFlood =
    pace.clicksPerDay >= floodClicksMin && pace.clicksPerDay >= floodClicksPerFriend * Math.max(1, perDay);
  const isBlocked = perDay > perDayMax || perMonth > perMonthMax;
  return [
    // Half of what the terms allow, which is 5 of 10 a day, flags: enough with any other sign, since a popular ambassador
    // does as much on a good day. What is beyond the terms is blocked.
    ...only(isBlocked || perDay >= Math.max(2, Math.ceil(perDayMax / 2)), {
      code: 'VELOCITY',
      points: isBlocked ? 100 : 35,
      count: perDay,
    }),
    ...only(secondsToRegister !== null && secondsToRegister < botSecondsMax, { code: 'FAST_REGISTRATION', points: 45 }),
    ...only(secondsToConvert !== null && secondsToConvert < hurriedSecondsMax, {
      code: 'FAST_CONVERSION',
      points: (secondsToConvert ?? 0) < fastSecondsMax ? 45 : 20,
      count: Math.floor(secondsToConvert ?? 0),
    }),
    ...only(isFlood, { code: 'CLICK_FLOOD', points: 45, count: pace.clicksPerDay }),
    // Ours: an address from the landing page is passed on in a family, not among ten.
    ...only(pace.friendsOfClick > 0, {
      code: 'SHARED_CLICK',
      points: pace.friendsOfClick >= 5 ? 45 : 10,
      count: pace.friendsOfClick,
    }),
  ];
}

function historyReasons({ history }: Signals): Found[] {
  const { orders, ordersUndone, denied } = history;
  return [
    // Ours: some parcels come back; not most of them, three times.
    ...only(ordersUndone >= 3 && ordersUndone * 2 >= orders, {
      code: 'ORDERS_UNDONE',
      points: 45,
      count: ordersUndone,
    }),
    ...only(denied > 0, {
      code: 'DENIED_BEFORE',
      points: denied >= 3 ? 45 : denied === 2 ? 25 : 10,
      count: denied,
    }),
  ];
}

function only(holds: boolean, reason: Found): Found[] {
  return holds ? [reason] : [];
}
