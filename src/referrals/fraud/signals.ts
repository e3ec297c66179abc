import type { Likeness } from './likeness.js';

/**
 * What is known about one referral when it is judged: counts and yes or no, no names, no addresses. The engine sees
 * nothing else, so that every score can be explained from what is kept.
 */
export interface Signals {
  readonly identity: {
    readonly isAmbassador: boolean;
    readonly closesCycle: boolean;
    readonly hasOtherReferrer: boolean;
    /** Whose inbox the friend's address leads to, beside the friend's own. */
    readonly inbox: 'OWN' | 'AMBASSADOR' | 'KNOWN';
    /** The friend beside the ambassador. */
    readonly likeness: Likeness;
    readonly mixesScripts: boolean;
    /** How many earlier friends of this ambassador have the very name. */
    readonly sameNameFriends: number;
  };
  readonly address: {
    readonly isDisposable: boolean;
    readonly isMachineMade: boolean;
    /** How many earlier friends of this ambassador have such addresses. */
    readonly machineMadeFriends: number;
    /** How many earlier friends of this ambassador have the address but for its digits. */
    readonly numberedFriends: number;
  };
  readonly means: {
    readonly device: Sharing;
    readonly payment: Sharing;
    /** Friends registered from this network within seven days, this one included; 0 where it is not known. */
    readonly networkFriends: number;
    /** Of these, those of this ambassador. */
    readonly networkFriendsOfReferrer: number;
  };
  readonly pace: {
    /** Friends whom this ambassador registered in 24 hours and in 30 days, this one included. */
    readonly perDay: number;
    readonly perMonth: number;
    /** What the program's terms allow. */
    readonly perDayMax: number;
    readonly perMonthMax: number;
    /** From the click to the registration; null where no click is known. */
    readonly secondsToRegister: number | null;
    /** From the click to the order; null before it, and where no click is known. */
    readonly secondsToConvert: number | null;
    /** How often the ambassador's link was followed in 24 hours. */
    readonly clicksPerDay: number;
    /** Other friends who named the same click. */
    readonly friendsOfClick: number;
  };
  readonly history: {
    /** Of this ambassador's friends in 90 days: orders, those of them undone, and referrals denied. */
    readonly orders: number;
    readonly ordersUndone: number;
    readonly denied: number;
  };
}

/** Who else is known by the same device or means of payment. */
export interface Sharing {
  readonly byReferrer: boolean;
  /** How many others, beside the friend and the ambassador. */
  readonly others: number;
}
