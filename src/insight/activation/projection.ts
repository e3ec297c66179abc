import { poissonInterval } from '../../platform/statistics/poisson.js';
import { type ActivationMonth, GrowthPoint, GrowthProjection } from './activation.js';

/** Two rates at 97.5% each hold together at least 95% of the time (Bonferroni). */
const confidenceEach = 0.975;

interface Rates {
  readonly joins: number;
  readonly friends: number;
}

/**
 * What becomes of so many ambassadors, by whole months that went by.
 * @param ahead the beginnings of the months to come
 */
export function project(
  ambassadors: number,
  wholeMonths: readonly ActivationMonth[],
  pastEnd: Date,
  ahead: readonly Date[],
): GrowthProjection | null {
  // Months before the first ambassador joined tell nothing.
  const past = wholeMonths.filter((month) => month.ambassadors > 0);
  const first = past[0];
  // Each month counts with those who were there on average.
  const ambassadorMonths = past.reduce((sum, month) => sum + month.ambassadors - month.joined / 2, 0);
  if (!first || ambassadors === 0 || ambassadorMonths <= 0) return null;
  const friends = past.reduce((sum, { joinedAsFriends }) => sum + joinedAsFriends, 0);
  const others = past.reduce((sum, { joined }) => sum + joined, 0) - friends;
  const ratesOf = (joinsInAll: number, friendsInAll: number): Rates => ({
    joins: joinsInAll / past.length,
    friends: friendsInAll / ambassadorMonths,
  });
  const [ofOthers, ofFriends] = [poissonInterval(others, confidenceEach), poissonInterval(friends, confidenceEach)];
  const rates = ratesOf(others, friends);
  const middle = grow(ambassadors, rates, ahead.length);
  const lower = grow(ambassadors, ratesOf(ofOthers.lower, ofFriends.lower), ahead.length);
  const upper = grow(ambassadors, ratesOf(ofOthers.upper, ofFriends.upper), ahead.length);
  return Object.assign(new GrowthProjection(), {
    basedFrom: first.from,
    basedTo: pastEnd,
    joinsPerMonth: rates.joins,
    friendsPerAmbassadorMonth: rates.friends,
    points: ahead.map((at, index) =>
      Object.assign(new GrowthPoint(), {
        at,
        ambassadors: middle[index],
        lower: lower[index],
        upper: upper[index],
      }),
    ),
  });
}

function grow(ambassadors: number, { joins, friends }: Rates, months: number): number[] {
  const grown: number[] = [];
  let there = ambassadors;
  for (let month = 0; month < months; month++) {
    there += joins + there * friends;
    grown.push(there);
  }
  return grown;
}
