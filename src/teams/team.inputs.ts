import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { LeaderboardWindow } from '../leaderboards/leaderboard.window.js';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { TeamJoining } from './team.entity.js';
import { TeamMeasure } from './team.measure.js';

/** As many as one team can have: its seats are counted when somebody joins. */
const membersBound = 1_000;
const membersRule = z
  .number()
  .int()
  .min(1, 'must be from 1 to 1,000')
  .max(membersBound, `must be from 1 to ${membersBound.toLocaleString('en')}`);
const descriptionRule = rules.text(2_000);

@Validated(
  z.object({
    key: rules.key,
    name: rules.line(80),
    description: descriptionRule,
    membersMax: membersRule.nullish(),
  }),
)
@InputType({ description: 'A new team.' })
export class TeamCreateInput {
  @Field({
    description: 'The name for programs, unique in the program: lower-case letters, digits, hyphens; it never changes.',
  })
  readonly key: string;

  @Field({ description: 'The name for people, at most 80 characters.' })
  readonly name: string;

  @Field({ defaultValue: '', description: 'What the team is about, at most 2,000 characters.' })
  readonly description: string = '';

  @Field(() => TeamJoining, { defaultValue: TeamJoining.OPEN, description: 'How ambassadors come into it.' })
  readonly joining: TeamJoining = TeamJoining.OPEN;

  @Field(() => Int, {
    nullable: true,
    description: 'How many members it can have at once, 1 to 1,000; as many as the program says if left out.',
  })
  readonly membersMax?: number | null;
}

@Validated(
  z.object({
    teamId: rules.globalId,
    name: rules.line(80).nullish(),
    description: descriptionRule.nullish(),
    membersMax: membersRule.nullish(),
  }),
)
@InputType({ description: 'What to change of a team; what is left out stays.' })
export class TeamUpdateInput {
  @Field(() => ID, { description: 'The team.' })
  readonly teamId: string;

  @Field(() => String, { nullable: true, description: 'The name for people, at most 80 characters.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'What the team is about, at most 2,000 characters.' })
  readonly description?: string | null;

  @Field(() => TeamJoining, { nullable: true, description: 'How ambassadors come into it from now on.' })
  readonly joining?: TeamJoining | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many members it can have at once, 1 to 1,000, and not fewer than it has.',
  })
  readonly membersMax?: number | null;
}

@Validated(z.object({ teamId: rules.globalId }))
@InputType({ description: 'A team to archive.' })
export class TeamArchiveInput {
  @Field(() => ID, { description: 'The team.' })
  readonly teamId: string;
}

@Validated(z.object({ teamId: rules.globalId }))
@InputType({ description: 'A team to invite into by a new code.' })
export class TeamInvitationRenewInput {
  @Field(() => ID, { description: 'The team.' })
  readonly teamId: string;
}

const joinRules = z.object({
  teamId: rules.globalId,
  invitationCode: z.string().trim().max(40, 'must not be longer than 40 characters').nullish(),
  ambassadorId: rules.globalId.nullish(),
});

@Validated(joinRules)
@InputType({ description: 'A team to join.' })
export class TeamJoinInput {
  @Field(() => ID, { description: 'The team.' })
  readonly teamId: string;

  @Field(() => String, { nullable: true, description: 'Its invitation code, where it takes one.' })
  readonly invitationCode?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who joins: the calling ambassador if left out; for staff anybody.' })
  readonly ambassadorId?: string | null;
}

@Validated(joinRules)
@InputType({ description: 'A team to join in place of the one that the ambassador is in.' })
export class TeamMoveInput {
  @Field(() => ID, { description: 'The team to join.' })
  readonly teamId: string;

  @Field(() => String, { nullable: true, description: 'Its invitation code, where it takes one.' })
  readonly invitationCode?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who moves: the calling ambassador if left out; for staff anybody.' })
  readonly ambassadorId?: string | null;
}

@Validated(z.object({ ambassadorId: rules.globalId.nullish() }))
@InputType({ description: 'Who leaves its team.' })
export class TeamLeaveInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Who leaves: the calling ambassador if left out; for staff anybody.',
  })
  readonly ambassadorId?: string | null;
}

@Validated(z.object({ membersMax: membersRule.nullish() }))
@InputType({ description: 'The rules of the program for teams; what is left out stays.' })
export class TeamTermsSetInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether ambassadors may make teams.' })
  readonly ambassadorsMayCreate?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many members a team can have unless an admin says otherwise for it, 1 to 1,000. Teams that are there stay as they are.',
  })
  readonly membersMax?: number | null;
}

const questionRules = {
  window: z.enum(LeaderboardWindow).exclude(['SEASON'], 'must be ALL_TIME, DAY, WEEK, MONTH, QUARTER or YEAR'),
  membersMin: membersRule,
  periodOf: rules.time.nullish(),
};

/** Which board of teams is meant. */
@Validated(z.object(questionRules))
@ArgsType()
export class TeamStandingArgs {
  @Field(() => LeaderboardWindow, {
    defaultValue: LeaderboardWindow.ALL_TIME,
    description: 'Over which time points count; SEASON is for boards of ambassadors alone.',
  })
  readonly window: LeaderboardWindow = LeaderboardWindow.ALL_TIME;

  @Field(() => TeamMeasure, { defaultValue: TeamMeasure.TOTAL, description: 'By what teams are compared.' })
  readonly by: TeamMeasure = TeamMeasure.TOTAL;

  @Field(() => Int, {
    defaultValue: 3,
    description:
      'By AVERAGE: teams with fewer members in the window are not listed, 1 to 1,000. By TOTAL it means nothing.',
  })
  readonly membersMin: number = 3;

  @Field(() => Date, {
    nullable: true,
    description: 'Any moment of the window to look at; the current one if left out. Means nothing for all time.',
  })
  readonly periodOf?: Date | null;
}

@Validated(pageRules.extend(questionRules))
@ArgsType()
export class TeamLeaderboardArgs extends TeamStandingArgs {
  @Field(() => Int, { defaultValue: 10, description: 'How many, from 1 to 100.' })
  readonly first: number = 10;

  @Field(() => String, { nullable: true, description: 'The cursor after which to go on.' })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, from 1 to 100; goes before `first`.' })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor before which to end.' })
  readonly before?: string | null;
}

@Validated(pageRules)
@ArgsType()
export class TeamsArgs extends PageArgs {}
