import type { ChallengeKind } from '../challenges/challenge.entity.js';

/** What it takes to win a badge: a tree, as BadgeRuleInput has it, with exactly one field on each of its nodes. */
export type BadgeRule =
  | { readonly all: readonly BadgeRule[] }
  | { readonly any: readonly BadgeRule[] }
  | { readonly approvedSubmissions: CountRule }
  | { readonly convertedReferrals: number }
  | { readonly lifetimePoints: number }
  | { readonly streakWeeks: number }
  | { readonly completedTrack: string }
  | { readonly given: true };

export interface CountRule {
  /** Any kind if left out. */
  readonly kind?: ChallengeKind | null;
  readonly atLeast: number;
}

/**
 * Everything about one ambassador that a rule can ask for: from the beginning on or, for badges that can be won again,
 * within one stretch of the calendar. None of it but points ever goes down.
 */
export interface Facts {
  readonly lifetimePoints: number;
  readonly approvedByKind: ReadonlyMap<ChallengeKind, number>;
  /** Friends who became customers, whatever came of the order later. */
  readonly convertedReferrals: number;
  /** The longest run of weeks, each with an approved submission. */
  readonly longestStreakWeeks: number;
  /** The tracks that are completed, by their keys. */
  readonly completedTracks: ReadonlySet<string>;
}

/** Whether a rule is true of these facts. */
export function holds(rule: BadgeRule, facts: Facts): boolean {
  if ('all' in rule) return rule.all.every((part) => holds(part, facts));
  if ('any' in rule) return rule.any.some((part) => holds(part, facts));
  if ('approvedSubmissions' in rule)
    return approvedOf(rule.approvedSubmissions, facts) >= rule.approvedSubmissions.atLeast;
  if ('convertedReferrals' in rule) return facts.convertedReferrals >= rule.convertedReferrals;
  if ('lifetimePoints' in rule) return facts.lifetimePoints >= rule.lifetimePoints;
  if ('completedTrack' in rule) return facts.completedTracks.has(rule.completedTrack);
  // What is given follows from no facts.
  return 'streakWeeks' in rule && facts.longestStreakWeeks >= rule.streakWeeks;
}

/** How many approved submissions count for a rule. */
export function approvedOf({ kind }: CountRule, { approvedByKind }: Facts): number {
  if (kind) return approvedByKind.get(kind) ?? 0;
  return [...approvedByKind.values()].reduce((sum, count) => sum + count, 0);
}

/** A condition that is not made of others. */
export type Condition =
  | 'approvedSubmissions'
  | 'convertedReferrals'
  | 'lifetimePoints'
  | 'streakWeeks'
  | 'completedTrack'
  | 'given';

/** Which conditions a rule is made of, so that only their facts are loaded. */
export function conditionsOf(rule: BadgeRule): ReadonlySet<Condition> {
  if ('all' in rule) return conditionsOfAll(rule.all);
  if ('any' in rule) return conditionsOfAll(rule.any);
  if ('approvedSubmissions' in rule) return new Set(['approvedSubmissions']);
  if ('convertedReferrals' in rule) return new Set(['convertedReferrals']);
  if ('lifetimePoints' in rule) return new Set(['lifetimePoints']);
  if ('completedTrack' in rule) return new Set(['completedTrack']);
  return new Set(['streakWeeks' in rule ? 'streakWeeks' : 'given']);
}

export function conditionsOfAll(rules: readonly BadgeRule[]): ReadonlySet<Condition> {
  return new Set(rules.flatMap((rule) => [...conditionsOf(rule)]));
}
