import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import type { BadgeRule, CountRule } from './rule.js';

@ObjectType('CountRule', { description: 'A number of approved submissions.' })
export class CountRuleNode {
  @Field(() => ChallengeKind, { nullable: true, description: 'Only those to challenges of this kind; null: any kind.' })
  readonly kind?: ChallengeKind | null;

  @Field(() => Int, { description: 'This many or more.' })
  readonly atLeast: number;
}

@ObjectType('BadgeRule', {
  description: 'One condition in the tree that wins a badge. Exactly one of its fields has a value.',
})
export class BadgeRuleNode {
  @Field(() => [BadgeRuleNode], { nullable: true, description: 'Each of these holds.' })
  readonly all?: readonly BadgeRule[];

  @Field(() => [BadgeRuleNode], { nullable: true, description: 'One or more of these hold.' })
  readonly any?: readonly BadgeRule[];

  @Field(() => CountRuleNode, { nullable: true, description: 'This many submissions are approved.' })
  readonly approvedSubmissions?: CountRule;

  @Field(() => Int, { nullable: true, description: 'This many friends or more became customers.' })
  readonly convertedReferrals?: number;

  @Field(() => Int, { nullable: true, description: 'Lifetime points are this many or more.' })
  readonly lifetimePoints?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The longest streak, past or present, has this many weeks or more: see Streak.longestWeeks.',
  })
  readonly streakWeeks?: number;
}

@ObjectType({ implements: Node, description: 'Something to win, once, by a rule.' })
@Entity('badge')
@Index('uq_badge_code', ['programId', 'codeKey'], { unique: true })
@Index('ix_badge_program', ['programId', 'id'])
export class Badge extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, as in first-review; unique in the program without regard to case.' })
  @Stored('key', 'code')
  readonly code: string;

  /** The code as it is compared, on every database: in lower case. */
  @Stored('key', 'code_key')
  readonly codeKey: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'What it is won for, for ambassadors to read; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => BadgeRuleNode, { description: 'What it takes to win it.' })
  @Stored('json', 'rule')
  readonly rule: BadgeRule;

  @Field({ description: 'When it was made. Who qualified already has won it then or soon after.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;
}

/** A badge that an ambassador holds; the key is what makes it at most once. Written only while the balance is locked. */
@ObjectType({ description: 'A badge that an ambassador has won. It is never taken away.' })
@Entity('earned_badge')
@Index('ix_earned_badge_badge', ['badgeId', 'ambassadorId'])
@Index('ix_earned_badge_cause', ['cause'])
export class EarnedBadge {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'badge_id' })
  readonly badgeId: string;

  /** What made the rule true: `submission:<id>`, `transfer:<id>`, or `badge:<id>` when it was true before the badge. */
  @Stored('key', 'cause')
  readonly cause: string;

  @Field({ description: 'When it was won.' })
  @Stored('time', 'earned_at')
  readonly earnedAt: Date;
}

/** How far a new badge has come on its way through those who were ambassadors before it. */
@Entity('badge_grant')
export class BadgeGrant {
  @IdColumn('badge_id')
  readonly badgeId: string;

  /** The last ambassador looked at, in the order of their ids; empty before the first. */
  @Stored('id', 'after_ambassador_id')
  readonly afterAmbassadorId: string;

  @Stored('boolean', 'done')
  readonly done: boolean;
}
