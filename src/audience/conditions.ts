import type { Sql } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { MessageKey, MessageParameters } from '../platform/graphql/messages.js';
import type { Conditions, Leaf } from './rule.js';

export const Requirement = graphqlEnum('Requirement', 'What kind of thing somebody lacks for a challenge.', {
  CONTACT_KIND: 'To be another kind of contact.',
  ATTRIBUTE: 'Another value of an attribute.',
  AMBASSADOR: 'To have joined, or not to have.',
  LEVEL: 'A level.',
  LIFETIME_POINTS: 'Points earned.',
  NPS_BAND: 'Another last answer.',
  BADGE: 'A badge.',
  APPROVED_SUBMISSIONS: 'Approved submissions.',
  PREREQUISITE: 'Another challenge that comes first.',
  STAGE: 'The stage before, approved.',
});
export type Requirement = keyof typeof Requirement;

/** A sentence for who lacks something, in the catalogue of messages. */
export interface Sentence {
  readonly key: MessageKey;
  readonly parameters?: MessageParameters;
}

/** What a condition is asked in. */
export interface Scope {
  readonly programId: string;
  /** Where levels can be lost: from when on points count for them. Null where they cannot. */
  readonly levelsSince: Date | null;
}

/** One kind of condition, as the feature that knows it says it. */
export interface ConditionDefinition<Value> {
  readonly requirement: Requirement;
  /** SQL that is true of a row of `contact` for which it holds; false or null of every other. */
  readonly predicate: (value: Value, scope: Scope) => Sql;
  /** What somebody reads for whom it does not hold. It must not tell what they may not know. */
  readonly sentence: (value: Value) => Sentence;
  /** What is wrong with such a condition in this program, as in a badge that does not exist; undefined if nothing. */
  readonly refusal?: (db: Reader, value: Value, programId: string) => Promise<string | undefined>;
}

/** Every condition there is. The composition root puts it together from the features, and misses none. */
export type ConditionDefinitions = { readonly [Name in keyof Conditions]: ConditionDefinition<Conditions[Name]> };

/** A condition with its value. */
export interface BoundCondition {
  readonly requirement: Requirement;
  readonly predicate: Sql;
  readonly sentence: Sentence;
  readonly refusal: (db: Reader) => Promise<string | undefined>;
}

function bind<Value>(definition: ConditionDefinition<Value>, value: Value, scope: Scope): BoundCondition {
  return {
    requirement: definition.requirement,
    predicate: definition.predicate(value, scope),
    sentence: definition.sentence(value),
    refusal: async (db) => definition.refusal?.(db, value, scope.programId),
  };
}

/** What the features say of one leaf. */
export function bindLeaf(definitions: ConditionDefinitions, leaf: Leaf, scope: Scope): BoundCondition {
  if ('contactKinds' in leaf) return bind(definitions.contactKinds, leaf.contactKinds, scope);
  if ('attribute' in leaf) return bind(definitions.attribute, leaf.attribute, scope);
  if ('ambassador' in leaf) return bind(definitions.ambassador, leaf.ambassador, scope);
  if ('levelAtLeast' in leaf) return bind(definitions.levelAtLeast, leaf.levelAtLeast, scope);
  if ('npsBands' in leaf) return bind(definitions.npsBands, leaf.npsBands, scope);
  if ('badge' in leaf) return bind(definitions.badge, leaf.badge, scope);
  if ('lifetimePointsAtLeast' in leaf) {
    return bind(definitions.lifetimePointsAtLeast, leaf.lifetimePointsAtLeast, scope);
  }
  return bind(definitions.approvedSubmissionsAtLeast, leaf.approvedSubmissionsAtLeast, scope);
}
