import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { rules, Validated } from '../platform/graphql/input.js';
import type { BadgeRule } from './rule.js';

const ruleDepthMax = 5;
const ruleNodesMax = 50;

const atLeast = (max: number) =>
  z
    .number()
    .int()
    .min(1, 'must be 1 or more')
    .max(max, `must not be more than ${max.toLocaleString('en')}`);

const conditions = {
  approvedSubmissions: z.object({ kind: z.enum(ChallengeKind).nullish(), atLeast: atLeast(1_000_000) }).nullish(),
  convertedReferrals: atLeast(1_000_000).nullish(),
  lifetimePoints: atLeast(1_000_000_000).nullish(),
  streakWeeks: atLeast(1_000).nullish(),
};

type RuleFields = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown) => value !== null && value !== undefined;
const hasOneField = (node: RuleFields) => Object.values(node).filter(isGiven).length === 1;
/** Keeps of a node only the field that was given; the check before has made sure that there is one. */
const withoutEmptyFields = (node: RuleFields) =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => isGiven(value)));

/** A node at some depth, 1 at the root. Made level by level instead of by recursion, so that its depth is bounded. */
function ruleAt(depth: number): z.ZodType<BadgeRule> {
  const parts =
    depth < ruleDepthMax
      ? z
          .array(ruleAt(depth + 1))
          .min(1, 'must have at least one condition')
          .nullish()
      : z.null(`must not be nested more than ${ruleDepthMax} deep`).optional();
  return z
    .object({ all: parts, any: parts, ...conditions })
    .refine(hasOneField, 'must have exactly one field')
    .transform(withoutEmptyFields)
    .pipe(z.custom<BadgeRule>());
}

function countNodes(rule: BadgeRule): number {
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : [];
  return parts.reduce((sum, part) => sum + countNodes(part), 1);
}

const badgeRule = ruleAt(1).refine(
  (rule) => countNodes(rule) <= ruleNodesMax,
  `must not have more than ${ruleNodesMax} conditions`,
);

const badgeCode = z
  .string()
  .regex(/^[A-Za-z0-9]+([-_.:][A-Za-z0-9]+)*$/, 'must be letters and digits, with single - _ . or : between them')
  .max(64, 'must not be longer than 64 characters');

@InputType({ description: 'A number of approved submissions.' })
export class CountRuleInput {
  @Field(() => ChallengeKind, {
    nullable: true,
    description: 'Only submissions to challenges of this kind; any kind if left out.',
  })
  readonly kind?: ChallengeKind | null;

  @Field(() => Int, { description: 'This many or more; 1 to 1,000,000.' })
  readonly atLeast: number;
}

@InputType({
  description:
    'A tree of conditions, at most 5 deep and 50 in all; give exactly one field of each. A badge is awarded as soon as its rule holds, and to those who qualify already.',
})
export class BadgeRuleInput {
  @Field(() => [BadgeRuleInput], { nullable: true, description: 'Each of these holds; at least one.' })
  readonly all?: readonly BadgeRuleInput[];

  @Field(() => [BadgeRuleInput], { nullable: true, description: 'One or more of these hold; at least one.' })
  readonly any?: readonly BadgeRuleInput[];

  @Field(() => CountRuleInput, { nullable: true, description: 'This many submissions are approved.' })
  readonly approvedSubmissions?: CountRuleInput;

  @Field(() => Int, {
    nullable: true,
    description: 'This many friends or more became customers; 1 to 1,000,000.',
  })
  readonly convertedReferrals?: number;

  @Field(() => Int, { nullable: true, description: 'Lifetime points are this many or more; 1 to 1,000,000,000.' })
  readonly lifetimePoints?: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The longest streak, past or present, has this many weeks or more (see Streak.longestWeeks); 1 to 1,000.',
  })
  readonly streakWeeks?: number;
}

@Validated(z.object({ code: badgeCode, name: rules.line(80), description: rules.text(2_000), rule: badgeRule }))
@InputType({ description: 'A new badge.' })
export class BadgeCreateInput {
  @Field({
    description:
      'The name for programs, as in first-review: letters, digits and single - _ . : between them, at most 64 characters. Unique in the program without regard to case.',
  })
  readonly code: string;

  @Field({ description: 'The name for people, at most 80 characters.' })
  readonly name: string;

  @Field({ description: 'What it is won for, for ambassadors to read; may be empty.' })
  readonly description: string;

  @Field(() => BadgeRuleInput, { description: 'What it takes to win it.' })
  readonly rule: BadgeRule;
}
