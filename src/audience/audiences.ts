import { DateTime } from 'luxon';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Clock } from '../platform/clock.js';
import type { Reader } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { LevelPolicy } from '../points/level-policy.entity.js';
import { bindLeaf, type ConditionDefinitions, type Requirement, type Scope, type Sentence } from './conditions.js';
import {
  type AudienceRule,
  holds,
  type Lack,
  type Leaf,
  lacks,
  leavesOf,
  nameOf,
  type PlainRule,
  segmentsIn,
} from './rule.js';
import { Segment } from './segment.entity.js';

/** Something that a contact lacks, in words for that contact. */
export interface Missing {
  readonly requirement: Requirement;
  readonly sentence: Sentence;
}

/** What a rule with all its segments written out may hold. */
const leavesMax = 500;
/** Segments within segments within segments. */
const segmentDepthMax = 5;

/**
 * Whom something is meant for. Each condition is one predicate over a row of `contact`; a rule over many people becomes
 * one WHERE, and many rules over one person one SELECT, of all their conditions at once. So there is one place that says
 * what a condition means, and the number of queries does not grow with people, rules or challenges.
 */
export class Audiences {
  constructor(
    private readonly definitions: ConditionDefinitions,
    private readonly clock: Clock,
  ) {}

  /** SQL that is true of the rows of `contact` that a rule means; the caller keeps to the program. */
  async predicate(db: Reader, programId: string, rule: AudienceRule): Promise<Sql> {
    const [predicate] = await this.predicates(db, programId, [rule]);
    return predicate ?? raw('1 = 0');
  }

  /** The same for many rules, in their order, with one query for all of their segments. */
  async predicates(db: Reader, programId: string, rules: readonly AudienceRule[]): Promise<Sql[]> {
    const plain = await this.writtenOut(db, programId, rules);
    const scope = await this.scopeOf(db, programId, plain);
    return plain.map((rule) => this.compile(rule, scope));
  }

  /** What a contact lacks for each of these rules, in their order; nothing where the rule holds. Nobody lacks all. */
  async missing(
    db: Reader,
    programId: string,
    contactId: string | null,
    rules: readonly AudienceRule[],
  ): Promise<readonly (readonly Missing[])[]> {
    const plain = await this.writtenOut(db, programId, rules);
    const isTrue = await this.truths(db, programId, contactId, plain);
    return plain.map((rule) =>
      lacks(rule, isTrue).map((lack) => this.sentenceOf(lack, { programId, levelsSince: null })),
    );
  }

  /** Which of these rules hold for a contact, in their order; none for somebody whom nobody knows. */
  async whichHold(
    db: Reader,
    programId: string,
    contactId: string | null,
    rules: readonly AudienceRule[],
  ): Promise<readonly boolean[]> {
    if (contactId === null) return rules.map(() => false);
    const plain = await this.writtenOut(db, programId, rules);
    const isTrue = await this.truths(db, programId, contactId, plain);
    return plain.map((rule) => holds(rule, isTrue));
  }

  /** What is wrong with a rule in this program; undefined if nothing. `of` is the segment whose rule it is to be. */
  async refusal(db: Reader, programId: string, rule: AudienceRule, of?: string): Promise<string | undefined> {
    const segments = await this.segments(db, programId, [rule]);
    const wrong = wrongSegment(rule, segments, of ? [of] : []);
    if (wrong) return wrong;
    const leaves = leavesOf(writeOut(rule, segments));
    if (leaves.length > leavesMax)
      return `must not have more than ${leavesMax} conditions, those of its segments included`;
    for (const leaf of distinct(leaves)) {
      const refused = await bindLeaf(this.definitions, leaf, { programId, levelsSince: null }).refusal(db);
      if (refused) return refused;
    }
    return undefined;
  }

  private compile(rule: PlainRule, scope: Scope): Sql {
    const compileAll = (parts: readonly PlainRule[]) => parts.map((part) => this.compile(part, scope));
    if ('all' in rule) return sql`(${join(compileAll(rule.all), ' AND ')})`;
    if ('any' in rule) return sql`(${join(compileAll(rule.any), ' OR ')})`;
    // What is not known to be true is not true, so that its opposite is.
    if ('not' in rule) return sql`(CASE WHEN ${this.compile(rule.not, scope)} THEN 0 ELSE 1 END = 1)`;
    return sql`(${bindLeaf(this.definitions, rule, scope).predicate})`;
  }

  /** The names of the leaves of all these rules that are true of a contact. */
  private async truths(
    db: Reader,
    programId: string,
    contactId: string | null,
    rules: readonly PlainRule[],
  ): Promise<ReadonlySet<string>> {
    const isTrue = new Set<string>();
    if (contactId === null) return isTrue;
    const scope = await this.scopeOf(db, programId, rules);
    for (const leaves of listsOf(distinct(rules.flatMap(leavesOf)))) {
      const columns = leaves.map(
        (leaf, index) =>
          sql`CASE WHEN ${bindLeaf(this.definitions, leaf, scope).predicate} THEN 1 ELSE 0 END AS ${raw(`is_${index}`)}`,
      );
      const [row = {}] = await db.query<Record<string, number | string>>(
        sql`SELECT ${join(columns)} FROM contact WHERE contact.id = ${contactId} AND contact.program_id = ${programId}`,
      );
      for (const [index, leaf] of leaves.entries()) if (Number(row[`is_${index}`]) === 1) isTrue.add(nameOf(leaf));
    }
    return isTrue;
  }

  private sentenceOf({ leaf, excluded }: Lack, scope: Scope): Missing {
    const { requirement, sentence } = bindLeaf(this.definitions, leaf, scope);
    return { requirement, sentence: excluded ? { key: 'audience.excluded' } : sentence };
  }

  /** What the conditions of these rules have to know of the program; a query where one asks for a level. */
  private async scopeOf(db: Reader, programId: string, rules: readonly PlainRule[]): Promise<Scope> {
    if (!rules.flatMap(leavesOf).some((leaf) => 'levelAtLeast' in leaf)) return { programId, levelsSince: null };
    const policy = await db.first(LevelPolicy, sql`WHERE program_id = ${programId}`);
    const now = DateTime.fromJSDate(this.clock.now(), { zone: 'utc' });
    return { programId, levelsSince: policy ? now.minus({ months: policy.months }).toJSDate() : null };
  }

  /** The rules with their segments written out, for who looks at what they ask. */
  async writtenOut(db: Reader, programId: string, rules: readonly AudienceRule[]): Promise<PlainRule[]> {
    const segments = await this.segments(db, programId, rules);
    return rules.map((rule) => writeOut(rule, segments));
  }

  private async segments(
    db: Reader,
    programId: string,
    rules: readonly AudienceRule[],
  ): Promise<ReadonlyMap<string, AudienceRule>> {
    if (rules.every((rule) => segmentsIn(rule).length === 0)) return new Map();
    const segments = await db.select(Segment, sql`WHERE program_id = ${programId}`);
    return new Map(segments.map(({ key, rule }) => [key, rule]));
  }
}

function distinct(leaves: readonly Leaf[]): Leaf[] {
  return [...new Map(leaves.map((leaf) => [nameOf(leaf), leaf])).values()];
}

/** Puts the rule of each segment in its place. Whoever kept the rule made sure that this comes to an end. */
function writeOut(rule: AudienceRule, segments: ReadonlyMap<string, AudienceRule>): PlainRule {
  if ('all' in rule) return { all: rule.all.map((part) => writeOut(part, segments)) };
  if ('any' in rule) return { any: rule.any.map((part) => writeOut(part, segments)) };
  if ('not' in rule) return { not: writeOut(rule.not, segments) };
  if (!('segment' in rule)) return rule;
  const segment = segments.get(rule.segment);
  return segment ? writeOut(segment, segments) : { any: [] };
}

/** A segment that is not there, that is within itself, or too deep within others. */
function wrongSegment(
  rule: AudienceRule,
  segments: ReadonlyMap<string, AudienceRule>,
  within: readonly string[],
): string | undefined {
  for (const key of segmentsIn(rule)) {
    if (within.includes(key)) return `asks for the segment ${key} within itself`;
    const segment = segments.get(key);
    if (!segment) return `asks for the segment ${key}, which the program does not have`;
    if (within.length >= segmentDepthMax) return `must not have segments nested more than ${segmentDepthMax} deep`;
    const wrong = wrongSegment(segment, segments, [...within, key]);
    if (wrong) return wrong;
  }
  return undefined;
}
