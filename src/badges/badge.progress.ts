import { Field, Int, ObjectType } from 'type-graphql';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { approvedOf, type BadgeRule, type Facts } from './rule.js';

export const BadgeConditionKind = graphqlEnum('BadgeConditionKind', 'What a condition of a badge asks for.', {
  ALL: 'Each of its parts.',
  ANY: 'One or more of its parts.',
  APPROVED_SUBMISSIONS: 'Approved submissions, of one kind or of any.',
  CONVERTED_REFERRALS: 'Friends who became customers.',
  LIFETIME_POINTS: 'Points that were earned.',
  STREAK_WEEKS: 'Weeks in a row.',
  COMPLETED_TRACK: 'A track of challenges, completed.',
  GIVEN: 'To be given it: as a prize, a certificate, or by hand.',
});
export type BadgeConditionKind = keyof typeof BadgeConditionKind;

@ObjectType({ description: 'How near somebody is to one condition of a badge: "3 of 5".' })
export class BadgeProgress {
  @Field(() => BadgeConditionKind, { description: 'What it asks for.' })
  readonly condition: BadgeConditionKind;

  @Field(() => ChallengeKind, { nullable: true, description: 'Only submissions of this kind; null where any counts.' })
  readonly challengeKind: ChallengeKind | null;

  @Field(() => Int, { description: 'What is reached, never more than the target. Of ALL and ANY: parts that hold.' })
  readonly current: number;

  @Field(() => Int, { description: 'What it takes. Of ALL: as many as it has parts; of ANY: 1.' })
  readonly target: number;

  @Field({ description: 'Whether it holds.' })
  readonly holds: boolean;

  @Field(() => [BadgeProgress], { description: 'The parts of ALL and ANY; empty for the others.' })
  readonly parts: readonly BadgeProgress[];
}

/** How near these facts are to a rule, condition by condition. */
export function progressTowards(rule: BadgeRule, facts: Facts): BadgeProgress {
  if ('all' in rule) return ofParts('ALL', rule.all, facts);
  if ('any' in rule) return ofParts('ANY', rule.any, facts);
  if ('approvedSubmissions' in rule) {
    const { kind, atLeast } = rule.approvedSubmissions;
    const count = approvedOf(rule.approvedSubmissions, facts);
    return { ...ofNumber('APPROVED_SUBMISSIONS', count, atLeast), challengeKind: kind ?? null };
  }
  if ('convertedReferrals' in rule) {
    return ofNumber('CONVERTED_REFERRALS', facts.convertedReferrals, rule.convertedReferrals);
  }
  if ('lifetimePoints' in rule) return ofNumber('LIFETIME_POINTS', facts.lifetimePoints, rule.lifetimePoints);
  if ('streakWeeks' in rule) return ofNumber('STREAK_WEEKS', facts.longestStreakWeeks, rule.streakWeeks);
  if ('completedTrack' in rule) {
    return ofNumber('COMPLETED_TRACK', facts.completedTracks.has(rule.completedTrack) ? 1 : 0, 1);
  }
  return ofNumber('GIVEN', 0, 1);
}

/** The same of a badge that is won: every number is reached. */
export function completed(progress: BadgeProgress): BadgeProgress {
  return { ...progress, current: progress.target, holds: true };
}

function ofNumber(condition: BadgeConditionKind, count: number, target: number): BadgeProgress {
  const current = Math.max(0, Math.min(count, target));
  return { condition, challengeKind: null, current, target, holds: count >= target, parts: [] };
}

function ofParts(condition: 'ALL' | 'ANY', rules: readonly BadgeRule[], facts: Facts): BadgeProgress {
  const parts = rules.map((part) => progressTowards(part, facts));
  const target = condition === 'ALL' ? parts.length : 1;
  const holding = parts.filter(({ holds }) => holds).length;
  const current = Math.min(holding, target);
  return { condition, challengeKind: null, current, target, holds: current === target, parts };
}
