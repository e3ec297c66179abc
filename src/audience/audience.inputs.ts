import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { ContactKind } from '../contacts/contact.entity.js';
import { attributeName } from '../contacts/contact.inputs.js';
import { rules } from '../platform/graphql/input.js';
import { NpsBand } from '../programs/nps-band.js';
import type { AttributeCondition, AudienceRule } from './rule.js';

const depthMax = 5;
const conditionsMax = 50;

const listOf = <Item extends z.ZodType>(item: Item, max: number) =>
  z.array(item).min(1, 'must name at least one').max(max, `must not be more than ${max}`);
const atLeast = (max: number) => {
  const error = `must be from 1 to ${max.toLocaleString('en')}`;
  return z.number().int(error).min(1, error).max(max, error);
};
const isGiven = (value: unknown) => value !== null && value !== undefined;

const conditions = {
  contactKinds: listOf(z.enum(ContactKind), 6).nullish(),
  attribute: z
    .object({
      name: attributeName,
      anyOf: listOf(z.string().min(1, 'must not be empty').max(255, 'is too long'), 100).nullish(),
      atLeast: z.number().nullish(),
      atMost: z.number().nullish(),
    })
    .nullish(),
  ambassador: z.boolean().nullish(),
  levelAtLeast: atLeast(100).nullish(),
  lifetimePointsAtLeast: atLeast(1_000_000_000).nullish(),
  npsBands: listOf(z.enum(NpsBand), 3).nullish(),
  badge: rules.line(64).nullish(),
  approvedSubmissionsAtLeast: atLeast(1_000_000).nullish(),
  segment: rules.key.nullish(),
};

const hasOneField = (node: object) => Object.values(node).filter(isGiven).length === 1;
/** Keeps of a node only the field that was given; the check before has made sure that there is one. */
const withoutEmptyFields = (node: object) =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => isGiven(value)));

/** A node at some depth, 1 at the root. Made level by level instead of by recursion, so that its depth is bounded. */
function ruleAt(depth: number): z.ZodType<AudienceRule> {
  const tooDeep = z.null(`must not be nested more than ${depthMax} deep`).optional();
  const part = depth < depthMax ? ruleAt(depth + 1) : undefined;
  const parts = part ? z.array(part).min(1, 'must have at least one condition').nullish() : tooDeep;
  return z
    .object({ all: parts, any: parts, not: part ? part.nullish() : tooDeep, ...conditions })
    .refine(hasOneField, 'must have exactly one field')
    .transform(withoutEmptyFields)
    .pipe(z.custom<AudienceRule>());
}

function countConditions(rule: AudienceRule): number {
  if ('not' in rule) return 1 + countConditions(rule.not);
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : [];
  return parts.reduce((sum, part) => sum + countConditions(part), 1);
}

export const audienceRule = ruleAt(1).refine(
  (rule) => countConditions(rule) <= conditionsMax,
  `must not have more than ${conditionsMax} conditions`,
);

/* A condition is asked for and shown in the same shape. */

@ObjectType('AttributeCondition', { description: 'An attribute of a contact. Without bounds: it is there.' })
@InputType('AttributeConditionInput', {
  description: 'An attribute of a contact; all that is given holds. With the name alone: it is there.',
})
export class AttributeConditionNode implements AttributeCondition {
  @Field({ description: 'The name of the attribute, as in market.' })
  readonly name: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Its value is one of these, exactly: NL, 40, true. At most 100.',
  })
  readonly anyOf?: readonly string[] | null;

  @Field(() => Float, { nullable: true, description: 'Its value is a number, and not less than this.' })
  readonly atLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'Its value is a number, and not more than this.' })
  readonly atMost?: number | null;
}

@ObjectType('AudienceRule', {
  description:
    'One condition in the tree that says whom something is meant for. Exactly one of its fields has a value.',
})
@InputType('AudienceRuleInput', {
  description: 'A tree of conditions over a contact, at most 5 deep and 50 in all; give exactly one field of each.',
})
export class AudienceRuleNode {
  @Field(() => [AudienceRuleNode], { nullable: true, description: 'Each of these holds; at least one.' })
  readonly all?: readonly AudienceRule[] | null;

  @Field(() => [AudienceRuleNode], { nullable: true, description: 'One or more of these hold; at least one.' })
  readonly any?: readonly AudienceRule[] | null;

  @Field(() => AudienceRuleNode, { nullable: true, description: 'This does not hold.' })
  readonly not?: AudienceRule | null;

  @Field(() => String, { nullable: true, description: 'The contact is in the segment with this key, as it is then.' })
  readonly segment?: string | null;

  @Field(() => [ContactKind], { nullable: true, description: 'The contact is of one of these kinds.' })
  readonly contactKinds?: readonly ContactKind[] | null;

  @Field(() => AttributeConditionNode, { nullable: true, description: 'The contact has such an attribute.' })
  readonly attribute?: AttributeCondition | null;

  @Field(() => Boolean, { nullable: true, description: 'true: the contact is an ambassador; false: it is not.' })
  readonly ambassador?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The contact is an ambassador of this level or a higher one, by rank.',
  })
  readonly levelAtLeast?: number | null;

  @Field(() => Int, { nullable: true, description: 'Lifetime points are this many or more.' })
  readonly lifetimePointsAtLeast?: number | null;

  @Field(() => [NpsBand], {
    nullable: true,
    description: "The contact's last answer, to any survey, is in one of these bands by the scheme of that survey.",
  })
  readonly npsBands?: readonly NpsBand[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The contact is an ambassador who holds the badge with this code.',
  })
  readonly badge?: string | null;

  @Field(() => Int, { nullable: true, description: 'This many submissions or more are approved, to any challenges.' })
  readonly approvedSubmissionsAtLeast?: number | null;
}
