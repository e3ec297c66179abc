import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { LeaderboardPeriod } from '../leaderboards/leaderboard.results.js';
import { connectionOf, type Page } from '../platform/graphql/connection.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { MessageKey } from '../platform/graphql/messages.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Team, TeamMember, TeamTerms } from './team.entity.js';

@ObjectType({ description: 'A page of teams.' })
export class TeamConnection extends connectionOf(Team) {}

@ObjectType({ description: 'A page of the members of a team.' })
export class TeamMemberConnection extends connectionOf(TeamMember) {}

@ObjectType({ description: "A team's place among the teams." })
export class TeamStanding {
  @Field(() => Int, {
    description: '1, 2, 3, 4: unique. Of teams that are equal, who reached it first stands first.',
  })
  readonly position: number;

  @Field(() => Int, { description: '1, 2, 2, 4: shared by teams that are equal.' })
  readonly rank: number;

  @Field(() => Int, {
    description: 'What members earned in the window while they were members, and kept. It stays when they leave.',
  })
  readonly points: number;

  @Field(() => Int, {
    nullable: true,
    description: 'By AVERAGE: how many were members at any time in the window; null by TOTAL.',
  })
  readonly members: number | null;

  @Field(() => Float, { nullable: true, description: 'By AVERAGE: points for each of these members; null by TOTAL.' })
  readonly averagePoints: number | null;

  readonly teamId: string;
}

@ObjectType({ description: 'A page of a board of teams, best first.' })
export class TeamLeaderboardConnection extends connectionOf(TeamStanding) {
  constructor(
    page: Page<TeamStanding>,
    shownPeriod: LeaderboardPeriod | null,
    readonly standingOf: (teamId: string) => TeamStanding | undefined,
  ) {
    super(page);
    this.period = shownPeriod;
  }

  @Field(() => LeaderboardPeriod, { nullable: true, description: 'The window that is shown; null for all time.' })
  readonly period: LeaderboardPeriod | null;
}

@ObjectType({ description: 'The team is made.' })
export class TeamCreated {
  @Field(() => Team, { description: 'The team. An ambassador who made it is its captain, and in it.' })
  readonly team: Team;

  constructor(team: Team) {
    this.team = team;
  }
}

@ObjectType({ description: 'The team is as it was asked for.' })
export class TeamUpdated {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: Team) {
    this.team = team;
  }
}

@ObjectType({ description: 'The team is archived: nobody joins it, and its members are free to join another.' })
export class TeamArchived {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: Team) {
    this.team = team;
  }
}

@ObjectType({ description: 'The team has a new invitation code; the one before works no more.' })
export class TeamInvitationRenewed {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  @Field({ description: 'The code, to be handed to whoever shall join. It is shown this once.' })
  readonly invitationCode: string;

  constructor(team: Team, invitationCode: string) {
    this.team = team;
    this.invitationCode = invitationCode;
  }
}

@ObjectType({ description: 'The ambassador is in the team.' })
export class TeamJoined {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: Team) {
    this.team = team;
  }
}

@ObjectType({ description: 'The ambassador is in no team. What it earned for the last one stays there.' })
export class TeamLeft {
  @Field(() => Team, { nullable: true, description: 'The team that it left; null where it was in none.' })
  readonly team: Team | null;

  constructor(team: Team | null) {
    this.team = team;
  }
}

@ObjectType({ description: 'The program has other rules for teams.' })
export class TeamTermsReplaced {
  @Field(() => TeamTerms, { description: 'The rules from now on.' })
  readonly terms: TeamTerms;

  constructor(terms: TeamTerms) {
    this.terms = terms;
  }
}

export const TeamRefusalReason = graphqlEnum('TeamRefusalReason', 'Why a wish about teams is refused.', {
  NOT_ALLOWED: 'In this program ambassadors make no teams.',
  IN_ANOTHER_TEAM: 'The ambassador is in another team: it can move, or leave first.',
  TEAM_FULL: 'The team has as many members as it can have.',
  INVITATION_WRONG: 'The team takes a code, and this is not the one that works now.',
  BY_STAFF_ONLY: 'Staff choose who is in the team.',
  TEAM_ARCHIVED: 'The team is archived.',
  TOO_MANY_TEAMS: 'The program has as many teams as it can have.',
});
export type TeamRefusalReason = keyof typeof TeamRefusalReason;

@ObjectType({ implements: Problem, description: 'It cannot be done with this team; its reason says why.' })
export class TeamRefused extends Problem {
  @Field(() => TeamRefusalReason, { description: 'Why it cannot be done.' })
  readonly reason: TeamRefusalReason;

  constructor(reason: TeamRefusalReason) {
    super('TEAM_REFUSED', `problem.teamRefused.${reason}` satisfies MessageKey);
    this.reason = reason;
  }
}

export const TeamCreateResult = createUnionType({
  name: 'TeamCreateResult',
  description: 'What teamCreate answers.',
  types: () => [TeamCreated, TeamRefused, InputInvalid] as const,
});

export const TeamUpdateResult = createUnionType({
  name: 'TeamUpdateResult',
  description: 'What teamUpdate answers.',
  types: () => [TeamUpdated, TeamRefused, InputInvalid, NotFound] as const,
});

export const TeamArchiveResult = createUnionType({
  name: 'TeamArchiveResult',
  description: 'What teamArchive answers.',
  types: () => [TeamArchived, InputInvalid, NotFound] as const,
});

export const TeamInvitationRenewResult = createUnionType({
  name: 'TeamInvitationRenewResult',
  description: 'What teamInvitationRenew answers.',
  types: () => [TeamInvitationRenewed, TeamRefused, InputInvalid, NotFound] as const,
});

export const TeamJoinResult = createUnionType({
  name: 'TeamJoinResult',
  description: 'What teamJoin answers.',
  types: () => [TeamJoined, TeamRefused, InputInvalid, NotFound] as const,
});

export const TeamMoveResult = createUnionType({
  name: 'TeamMoveResult',
  description: 'What teamMove answers.',
  types: () => [TeamJoined, TeamRefused, InputInvalid, NotFound] as const,
});

export const TeamLeaveResult = createUnionType({
  name: 'TeamLeaveResult',
  description: 'What teamLeave answers.',
  types: () => [TeamLeft, InputInvalid, NotFound] as const,
});

export const TeamTermsSetResult = createUnionType({
  name: 'TeamTermsSetResult',
  description: 'What teamTermsSet answers.',
  types: () => [TeamTermsReplaced, InputInvalid] as const,
});
