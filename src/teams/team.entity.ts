import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const TeamJoining = graphqlEnum('TeamJoining', 'How ambassadors come into a team. Staff add anybody to any.', {
  OPEN: 'Whoever wants to.',
  INVITATION: 'Whoever has its invitation code.',
  STAFF: 'Whom staff add, and nobody else.',
});
export type TeamJoining = keyof typeof TeamJoining;

@ObjectType({ implements: Node, description: 'Ambassadors who earn points together. Each is in one team at a time.' })
@Entity('team')
@Index('uq_team_key', ['programId', 'key'], { unique: true })
@Index('ix_team_program', ['programId', 'archivedAt', 'id'])
export class Team extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, unique in the program, as in the-north.' })
  @Stored('key', 'team_key')
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'What the team is about; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => TeamJoining, { description: 'How ambassadors come into it.' })
  @Stored('key', 'joining')
  readonly joining: TeamJoining;

  @Field(() => Int, { description: 'How many members it can have at once.' })
  @Stored('integer', 'members_max')
  readonly membersMax: number;

  /** Who made it, while that is a member: an ambassador who may change it as admins do. */
  @Optional('id', 'captain_id')
  readonly captainId: string | null;

  /** Of the invitation code that works now; null before the first. */
  @Optional('key', 'invitation_hash')
  readonly invitationHash: string | null;

  /** The program's, kept here because its points are counted by it: in which zone windows begin. */
  @Stored('key', 'time_zone')
  readonly timeZone: string;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was archived: since then nobody joins it, and it stands on no board; null while it is alive.',
  })
  @Optional('time', 'archived_at')
  readonly archivedAt: Date | null;

  /** For permissions: a team belongs to its captain. */
  get ambassadorId(): string | null {
    return this.captainId;
  }
}

/**
 * From when to when an ambassador was in a team. Points that it earned from `joinedAt` on, and before `leftAt`, are the
 * team's; both are later than all that it had earned until then.
 */
@ObjectType({ description: 'An ambassador in a team.' })
@Entity('team_membership')
@Index('ix_team_membership_ambassador', ['ambassadorId', 'joinedAt'])
@Index('ix_team_membership_team', ['teamId', 'leftAt', 'id'])
@Index('ix_team_membership_time', ['programId', 'leftAt', 'teamId', 'ambassadorId', 'joinedAt'])
export class TeamMember {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'team_id')
  readonly teamId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Field({ description: 'Since when it is in the team.' })
  @Stored('time', 'joined_at')
  readonly joinedAt: Date;

  /** Null while it is in the team. */
  @Optional('time', 'left_at')
  readonly leftAt: Date | null;
}

/** What a transfer earned for the team in which its ambassador was. Written in the posting's transaction, never changed. */
@Entity('team_credit')
@Index('ix_team_credit_open', ['isOpen', 'teamId'])
@Index('ix_team_credit_time', ['programId', 'isOpen', 'earnedAt'])
@Index('ix_team_credit_team', ['teamId', 'transferId'])
export class TeamCredit {
  @IdColumn('transfer_id')
  readonly transferId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'team_id')
  readonly teamId: string;

  @Stored('integer', 'earned_points')
  readonly earnedPoints: number;

  @Stored('time', 'earned_at')
  readonly earnedAt: Date;

  @Optional('key', 'category')
  readonly category: string | null;

  /** Whether it is not in the sums yet. */
  @Stored('boolean', 'is_open')
  readonly isOpen: boolean;
}

/** The sum of a team's credits in one window, but for those that are open. */
@Entity('team_points')
@Index('ix_team_points_window', ['programId', 'period', 'teamId', 'points', 'reached'])
export class TeamPoints {
  @IdColumn('team_id')
  readonly teamId: string;

  /** Which window, as in 2026-03 or 2026-W11; '' for all time. */
  @PrimaryColumn('varchar', { length: '64', name: 'period' })
  readonly period: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('integer', 'points')
  readonly points: number;

  /** The last transfer that counted: who reached equal points first stands first. */
  @Stored('id', 'reached')
  readonly reached: string;
}

@ObjectType({ description: 'The rules of the program for teams.' })
@Entity('team_terms')
export class TeamTerms {
  @IdColumn('program_id')
  readonly programId: string;

  @Field({ description: 'Whether ambassadors may make teams, of which they are the captains; at first not.' })
  @Stored('boolean', 'ambassadors_create')
  readonly ambassadorsMayCreate: boolean;

  @Field(() => Int, {
    description: 'How many members a team can have unless an admin says otherwise for it; at first 50.',
  })
  @Stored('integer', 'members_max')
  readonly membersMax: number;
}
