import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { BadgeIcon } from './badge.icons.js';
import { BadgeRepeats } from './badge.repeats.js';
import { BadgeTier } from './badge.tiers.js';
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
  completedTrack: rules.key.nullish(),
  given: z.literal(true, 'must be true, or be left out').nullish(),
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

  @Field(() => String, { nullable: true, description: 'The track with this key is completed: a certificate.' })
  readonly completedTrack?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: it follows from no numbers, and is given: as a prize, a certificate, or by badgeGrant.',
  })
  readonly given?: true;
}

@Validated(
  z
    .object({
      code: badgeCode,
      name: rules.line(80),
      description: rules.text(2_000),
      rule: badgeRule,
      family: rules.key.nullish(),
    })
    .loose()
    .refine(({ family, tier }) => !family === !tier, {
      error: 'a tier has a family, and a family tiers',
      path: ['tier'],
    }),
)
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

  @Field(() => String, {
    nullable: true,
    description: 'The family of badges that it is a tier of: a key, as in reviewer. Given together with `tier`.',
  })
  readonly family?: string | null;

  @Field(() => BadgeTier, {
    nullable: true,
    description:
      'Which tier of its family it is. Its rule has the conditions of the tiers below it, with higher numbers.',
  })
  readonly tier?: BadgeTier | null;

  @Field(() => BadgeRepeats, {
    nullable: true,
    description:
      'In which stretch of the calendar it can be won once each; its rule then counts that stretch alone. Once for ever if left out.',
  })
  readonly repeats?: BadgeRepeats | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether only those see it who have won it, and staff.' })
  readonly isSecret?: boolean | null;

  @Field(() => BadgeIcon, { nullable: true, description: 'Its picture; one by its rule if left out.' })
  readonly icon?: BadgeIcon | null;
}

@Validated(
  z
    .object({
      badgeId: rules.globalId,
      name: rules.line(80).nullish(),
      description: rules.text(2_000).nullish(),
      rule: badgeRule.nullish(),
    })
    .loose(),
)
@InputType({ description: 'What to change of a badge; what is left out stays as it is.' })
export class BadgeUpdateInput {
  @Field(() => ID, { description: 'Which badge.' })
  readonly badgeId: string;

  @Field(() => String, { nullable: true, description: 'The name for people, at most 80 characters.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is won for, for ambassadors to read.' })
  readonly description?: string | null;

  @Field(() => BadgeRuleInput, {
    nullable: true,
    description: 'What it takes to win it from now on. It takes nothing away; who qualifies by it gets the badge.',
  })
  readonly rule?: BadgeRule | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether only those see it who have won it, and staff.' })
  readonly isSecret?: boolean | null;

  @Field(() => BadgeIcon, { nullable: true, description: 'Its picture.' })
  readonly icon?: BadgeIcon | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: it cannot be won any more, and only those see it who hold it, and staff. False: it can again.',
  })
  readonly isArchived?: boolean | null;
}

@Validated(z.object({ badgeId: rules.globalId, ambassadorId: rules.globalId }))
@InputType({ description: 'A badge for an ambassador, whatever its rule says.' })
export class BadgeGrantInput {
  @Field(() => ID, { description: 'Which badge.' })
  readonly badgeId: string;

  @Field(() => ID, { description: 'Who gets it.' })
  readonly ambassadorId: string;
}
