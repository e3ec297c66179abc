/**
 * Points lie on an account in lots: what came together. They are spent oldest first, in the order in which they came to
 * the account.
 *
 * What is left of each lot is not stored. It follows from the entries: a lot is what came, less what was reversed of it
 * and what expired of it; everything else that left the account was taken from the oldest lots; so what is left is the
 * newest of them, up to what is available. Points that come back from a redemption lie again in the lots that were spent
 * last, with the age that these have.
 */
export interface Lot {
  /** What the points came with: an award, an adjustment, a receipt. */
  readonly transferId: string;
  /** Which part of a receipt; 0 of everything else. */
  readonly part: number;
  readonly earnedAt: Date;
  /** What came, less what was reversed and what expired. */
  readonly points: number;
}

/** Points of one lot. */
export interface LotSlice extends Lot {}

/** What is left of the lots, oldest first. @param newestFirst lots until they hold what is available, or all */
export function lotsLeft(newestFirst: readonly Lot[], availablePoints: number): LotSlice[] {
  const left: LotSlice[] = [];
  let open = availablePoints;
  for (const lot of newestFirst) {
    if (open <= 0) break;
    const points = Math.min(lot.points, open);
    if (points <= 0) continue;
    left.push({ ...lot, points });
    open -= points;
  }
  return left.reverse();
}

/** The oldest points of these lots, up to so many. */
export function oldestOf(oldestFirst: readonly LotSlice[], amountPoints: number): LotSlice[] {
  const taken: LotSlice[] = [];
  let open = amountPoints;
  for (const lot of oldestFirst) {
    if (open <= 0) break;
    const points = Math.min(lot.points, open);
    taken.push({ ...lot, points });
    open -= points;
  }
  return taken;
}
