import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { BadgeIcon, drawIcon, iconOfRule } from './badge.icons.js';
import { BadgeRepeats } from './badge.repeats.js';
import { BadgeTier } from './badge.tiers.js';
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

  @Field(() => String, { nullable: true, description: 'The track with this key is completed: see Track.key.' })
  readonly completedTrack?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: it follows from no numbers, and is given: as a prize, a certificate, or by hand.',
  })
  readonly given?: true;
}

@ObjectType({
  implements: Node,
  description: 'Something to win by a rule: once, or once in each week, month, quarter or year.',
})
@Entity('badge')
@Index('uq_badge_code', ['programId', 'codeKey'], { unique: true })
@Index('ix_badge_program', ['programId', 'id'])
@Index('uq_badge_tier', ['programId', 'family', 'tier'], { unique: true })
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

  @Field(() => String, {
    nullable: true,
    description: 'The family of badges that it is a tier of, as in reviewer; null where it stands alone.',
  })
  @Optional('key', 'family')
  readonly family: string | null;

  @Field(() => BadgeTier, {
    nullable: true,
    description: 'Which tier of its family it is; null where it stands alone.',
  })
  @Optional('key', 'tier')
  readonly tier: BadgeTier | null;

  @Field(() => BadgeRepeats, {
    nullable: true,
    description:
      'In which stretch of the calendar it can be won once each; its rule then counts that stretch alone. Null: once.',
  })
  @Optional('key', 'repeats')
  readonly repeats: BadgeRepeats | null;

  @Optional('boolean', 'is_secret')
  readonly secret: boolean | null;

  @Optional('key', 'icon')
  readonly iconChosen: BadgeIcon | null;

  /** How often its rule was changed: each time those who qualify are looked for anew. */
  @Optional('integer', 'revision')
  readonly revision: number | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it cannot be won any more; who holds it keeps it. Null while it can.',
  })
  @Optional('time', 'archived_at')
  readonly archivedAt: Date | null;

  @Field({ description: 'Whether only those see it who have won it, and staff.' })
  isSecret(): boolean {
    return this.secret === true;
  }

  @Field(() => BadgeIcon, { description: 'The name of its picture; by its rule, unless it was given one.' })
  iconName(): BadgeIcon {
    return this.iconChosen ?? iconOfRule(this.rule);
  }

  @Field({ description: 'Its picture: an SVG of 24 by 24, in the colour of its tier or else of the text around it.' })
  icon(): string {
    return drawIcon(this.iconName(), this.tier);
  }

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

  /** What made the rule true: `submission:<id>`, `transfer:<id>`, `badge:<id>` when it was true before, or what it was given for. */
  @Stored('key', 'cause')
  readonly cause: string;

  @Field({ description: 'When it was won; of one that can be won again, for the first time.' })
  @Stored('time', 'earned_at')
  readonly earnedAt: Date;
}

/** One of the times at which a badge was won that can be won again; the key is what makes it at most once a period. */
@Entity('badge_win')
@Index('ix_badge_win_cause', ['cause'])
export class BadgeWin {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'badge_id' })
  readonly badgeId: string;

  /** The stretch of the calendar, as in 2026-03; of one that was given, what for. */
  @PrimaryColumn('varchar', { length: '64', name: 'period' })
  readonly period: string;

  @Stored('key', 'cause')
  readonly cause: string;

  @Stored('time', 'earned_at')
  readonly earnedAt: Date;
}
