import type { ContactKind } from '../contacts/contact.entity.js';
import type { NpsBand } from '../programs/nps-band.js';

/** An attribute of a contact: it has one of these values, or is a number within these bounds, or is simply there. */
export interface AttributeCondition {
  readonly name: string;
  readonly anyOf?: readonly string[] | null;
  readonly atLeast?: number | null;
  readonly atMost?: number | null;
}

/** Everything that a rule can ask of a contact, and with what. Each is said in SQL by the feature that knows it. */
export interface Conditions {
  readonly contactKinds: readonly ContactKind[];
  readonly attribute: AttributeCondition;
  readonly ambassador: boolean;
  readonly levelAtLeast: number;
  readonly lifetimePointsAtLeast: number;
  readonly npsBands: readonly NpsBand[];
  readonly badge: string;
  readonly approvedSubmissionsAtLeast: number;
}

/** A condition that is not made of others: an object with the one field that names it. */
export type Leaf = { [Name in keyof Conditions]: { readonly [Field in Name]: Conditions[Name] } }[keyof Conditions];

/** Whom something is meant for: a tree, as AudienceRuleInput has it, with exactly one field on each of its nodes. */
export type AudienceRule =
  | { readonly all: readonly AudienceRule[] }
  | { readonly any: readonly AudienceRule[] }
  | { readonly not: AudienceRule }
  | { readonly segment: string }
  | Leaf;

/** A rule in which every segment stands written out. */
export type PlainRule =
  | { readonly all: readonly PlainRule[] }
  | { readonly any: readonly PlainRule[] }
  | { readonly not: PlainRule }
  | Leaf;

/** The leaves of a rule, from left to right. */
export function leavesOf(rule: PlainRule): readonly Leaf[] {
  if ('all' in rule) return rule.all.flatMap(leavesOf);
  if ('any' in rule) return rule.any.flatMap(leavesOf);
  return 'not' in rule ? leavesOf(rule.not) : [rule];
}

/** What makes two leaves the same: they are asked once. */
export function nameOf(leaf: Leaf): string {
  return JSON.stringify(leaf);
}

/** Whether a rule is true where these leaves are, by their names. */
export function holds(rule: PlainRule, isTrue: ReadonlySet<string>): boolean {
  if ('all' in rule) return rule.all.every((part) => holds(part, isTrue));
  if ('any' in rule) return rule.any.some((part) => holds(part, isTrue));
  return 'not' in rule ? !holds(rule.not, isTrue) : isTrue.has(nameOf(rule));
}

/** A leaf that keeps a rule from being true, and whether it is true where it should not be. */
export interface Lack {
  readonly leaf: Leaf;
  readonly excluded: boolean;
}

/** What would have to change for a rule to be true; of several ways each is told. Empty where it is true. */
export function lacks(rule: PlainRule, isTrue: ReadonlySet<string>, excluded = false): readonly Lack[] {
  if (holds(rule, isTrue) !== excluded) return [];
  if ('not' in rule) return lacks(rule.not, isTrue, !excluded);
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : undefined;
  return parts ? parts.flatMap((part) => lacks(part, isTrue, excluded)) : [{ leaf: rule as Leaf, excluded }];
}

export function segmentsIn(rule: AudienceRule): readonly string[] {
  if ('all' in rule) return rule.all.flatMap(segmentsIn);
  if ('any' in rule) return rule.any.flatMap(segmentsIn);
  if ('not' in rule) return segmentsIn(rule.not);
  return 'segment' in rule ? [rule.segment] : [];
}
