/** What an ambassador of the model has. */
export interface ModelAmbassador {
  available: number;
  lifetime: number;
  /** Amounts that become available at a moment. */
  readonly pending: { amount: number; dueAt: number; key: string }[];
}

export interface ModelChallenge {
  readonly id: string;
  readonly points: number;
  readonly isAutomatic: boolean;
  readonly pendingDays: number;
  readonly maxPerAmbassador: number;
}

export interface ModelSubmission {
  readonly id: string;
  readonly challenge: ModelChallenge;
  readonly by: number;
  status: 'PENDING' | 'APPROVED' | 'REJECTED';
  readonly voters: Set<number>;
}

export interface ModelReward {
  readonly id: string;
  readonly cost: number;
  stock: number | null;
}

export interface ModelRedemption {
  readonly id: string;
  readonly reward: ModelReward;
  readonly by: number;
  status: 'REQUESTED' | 'FULFILLED' | 'CANCELLED';
}

/** Points that were given by hand, as far as they were not taken back. */
export interface ModelGift {
  readonly entryId: string;
  readonly to: number;
  readonly amount: number;
  reversed: number;
}

export interface ModelReferral {
  readonly friend: string;
  readonly referrer: number;
  orderId: string | null;
  status: 'REGISTERED' | 'HELD' | 'REWARDED' | 'REVERSED';
  readonly points: number;
}

export interface ModelKudos {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly at: number;
  isWithdrawn: boolean;
}

/** What the engine is measured by: as simple as its promises, without tables, transactions, ledgers or hashes. */
export class Model {
  now = 0;
  readonly ambassadors: ModelAmbassador[] = [];
  readonly challenges: ModelChallenge[] = [];
  readonly submissions: ModelSubmission[] = [];
  readonly rewards: ModelReward[] = [];
  readonly redemptions: ModelRedemption[] = [];
  readonly gifts: ModelGift[] = [];
  readonly referrals: ModelReferral[] = [];
  readonly kudos: ModelKudos[] = [];

  of(index: number): ModelAmbassador {
    const ambassador = this.ambassadors[index];
    if (!ambassador) throw new Error('The model has no such ambassador');
    return ambassador;
  }

  /** Points that count from now on, or after some days. */
  earn(index: number, amount: number, days: number, key: string): void {
    const ambassador = this.of(index);
    if (days > 0) {
      ambassador.pending.push({ amount, dueAt: this.now + days * dayMilliseconds, key });
    } else {
      ambassador.available += amount;
      ambassador.lifetime += amount;
    }
  }

  /** Takes back what was earned under a key: what still waits never comes, what came is owed if it was spent. */
  takeBack(index: number, amount: number, key: string): void {
    const ambassador = this.of(index);
    const waits = ambassador.pending.findIndex((each) => each.key === key);
    if (waits >= 0) {
      ambassador.pending.splice(waits, 1);
    } else {
      ambassador.available -= amount;
      ambassador.lifetime -= amount;
    }
  }

  /** Time passes, and everything that was due happened. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const ambassador of this.ambassadors) {
      const due = ambassador.pending.filter(({ dueAt }) => dueAt <= this.now);
      for (const each of due) {
        ambassador.pending.splice(ambassador.pending.indexOf(each), 1);
        ambassador.available += each.amount;
        ambassador.lifetime += each.amount;
        const referral = this.referrals.find(({ friend }) => friend === each.key);
        if (referral) referral.status = 'REWARDED';
      }
    }
  }

  submissionsOf(by: number, challenge: ModelChallenge): ModelSubmission[] {
    return this.submissions.filter(
      (each) => each.by === by && each.challenge === challenge && each.status !== 'REJECTED',
    );
  }
}

export const dayMilliseconds = 86_400_000;

/** What kudos bring in every history, and their limits. */
export const kudosTerms = { kudosPoints: 7, kudosPerDayMax: 3, kudosPointsPerDayMax: 15 };
