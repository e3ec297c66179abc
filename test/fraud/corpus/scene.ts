import type { ReferralAssessmentOutcome } from '../../../src/referrals/fraud/fraud.enums.js';

/** Somebody in a scene. Nobody real: names come from lists, by chance. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
  /** By which the shop knows them, where it is not the address. */
  readonly externalId?: string;
}

/** What a shop sees of somebody. */
export interface Means {
  readonly network?: string;
  readonly device?: string;
  readonly payment?: string;
}

export interface Host {
  readonly id: string;
}

export interface Click {
  readonly id: string;
}

export interface Act {
  readonly means?: Means;
  readonly click?: Click;
}

/** Where stories of friends are played: in memory, by the thousand; or on a server, over its public API. */
export interface Scene {
  ambassador(person: Person, means?: Means): Promise<Host>;
  /** Somebody whom the program knows without any referral. */
  customer(person: Person): Promise<void>;
  click(host: Host): Promise<Click>;
  /** As many clicks within the last day. */
  flood(host: Host, count: number): Promise<void>;
  register(host: Host, friend: Person, act?: Act): Promise<ReferralAssessmentOutcome>;
  /** The friend, registered before, becomes a customer. */
  buy(friend: Person, act?: Act): Promise<ReferralAssessmentOutcome>;
  /** The friend's order is undone. */
  undo(friend: Person): Promise<void>;
  pass(milliseconds: number): Promise<void>;
}

export const seconds = (count: number) => count * 1_000;
export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
export const days = (count: number) => count * 86_400_000;

export const isFlagged = (outcome: ReferralAssessmentOutcome): boolean => outcome !== 'PASSED';
