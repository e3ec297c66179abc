import { graphqlEnum } from '../platform/graphql/enums.js';
import type { BadgeRule } from './rule.js';

export const BadgeTier = graphqlEnum('BadgeTier', 'The steps of a family of badges, each harder to win.', {
  BRONZE: 'The first.',
  SILVER: 'The second.',
  GOLD: 'The third.',
});
export type BadgeTier = keyof typeof BadgeTier;

export const tierOrder: readonly BadgeTier[] = ['BRONZE', 'SILVER', 'GOLD'];

/**
 * Whether one rule asks for more than another: the same conditions in the same order, no number lower, and one higher.
 * Whoever wins the higher tier has then won the lower one, too.
 */
export function rises(lower: BadgeRule, higher: BadgeRule): boolean {
  const [low, high] = [thresholdsOf(lower), thresholdsOf(higher)];
  if (low.length !== high.length) return false;
  const steps = low.map(({ what, atLeast }, index) => {
    const other = high[index];
    return other?.what === what ? other.atLeast - atLeast : Number.NaN;
  });
  return steps.every((step) => step >= 0) && steps.some((step) => step > 0);
}

interface Threshold {
  readonly what: string;
  readonly atLeast: number;
}

/** The numbers of a rule in their order, each with what it is of and where it stands. */
function thresholdsOf(rule: BadgeRule, at = ''): Threshold[] {
  if ('all' in rule) return rule.all.flatMap((part, index) => thresholdsOf(part, `${at}all.${index}.`));
  if ('any' in rule) return rule.any.flatMap((part, index) => thresholdsOf(part, `${at}any.${index}.`));
  if ('approvedSubmissions' in rule) {
    const { kind, atLeast } = rule.approvedSubmissions;
    return [{ what: `${at}approved ${kind ?? ''}`, atLeast }];
  }
  if ('convertedReferrals' in rule) return [{ what: `${at}referrals`, atLeast: rule.convertedReferrals }];
  if ('lifetimePoints' in rule) return [{ what: `${at}points`, atLeast: rule.lifetimePoints }];
  if ('streakWeeks' in rule) return [{ what: `${at}streak`, atLeast: rule.streakWeeks }];
  if ('completedTrack' in rule) return [{ what: `${at}track ${rule.completedTrack}`, atLeast: 1 }];
  return [{ what: `${at}given`, atLeast: 1 }];
}
