import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Program } from '../programs/program.entity.js';
import { Team, TeamMember, TeamTerms } from './team.entity.js';
import {
  TeamArchiveInput,
  TeamCreateInput,
  TeamInvitationRenewInput,
  TeamsArgs,
  TeamTermsSetInput,
  TeamUpdateInput,
} from './team.inputs.js';
import { memberCountOf, requireTeam, teamIdOfAmbassador } from './team.loaders.js';
import {
  TeamArchived,
  TeamArchiveResult,
  TeamConnection,
  TeamCreated,
  TeamCreateResult,
  TeamInvitationRenewResult,
  TeamMemberConnection,
  TeamTermsReplaced,
  TeamTermsSetResult,
  TeamUpdated,
  TeamUpdateResult,
} from './team.results.js';
import { TeamService } from './team.service.js';
import type { TeamTermsService } from './team.terms.js';

@Resolver(() => Team)
export class TeamResolver {
  constructor(
    private readonly service: TeamService,
    private readonly terms: TeamTermsService,
  ) {}

  @Query(() => TeamConnection, { description: 'The teams of the program that are not archived, newest first.' })
  async teams(@Ctx() context: RequestContext, @Args(() => TeamsArgs) args: TeamsArgs): Promise<TeamConnection> {
    return new TeamConnection(await this.service.list(context, args));
  }

  @Mutation(() => TeamCreateResult, {
    description:
      'Makes a team. For admins and servers; where the program lets them, for ambassadors who are in none: they become its captain and first member.',
  })
  async teamCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamCreateInput) input: TeamCreateInput,
  ): Promise<typeof TeamCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Team ? new TeamCreated(result) : result;
  }

  @Mutation(() => TeamUpdateResult, { description: 'Changes a team. For its captain, admins and servers.' })
  async teamUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamUpdateInput) input: TeamUpdateInput,
  ): Promise<typeof TeamUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Team ? new TeamUpdated(result) : result;
  }

  @Mutation(() => TeamArchiveResult, {
    description:
      'Archives a team for good: it stands on no board that is still open, and its members are free to join another. Done again it changes nothing. For its captain, admins and servers.',
  })
  async teamArchive(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamArchiveInput) input: TeamArchiveInput,
  ): Promise<typeof TeamArchiveResult> {
    const result = await this.service.archive(context, input);
    return result instanceof Team ? new TeamArchived(result) : result;
  }

  @Mutation(() => TeamInvitationRenewResult, {
    description:
      'Gives a team a new invitation code, and shows it this once; the one before works no more. For its captain, admins and servers.',
  })
  teamInvitationRenew(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamInvitationRenewInput) input: TeamInvitationRenewInput,
  ): Promise<typeof TeamInvitationRenewResult> {
    return this.service.renewInvitation(context, input);
  }

  @Mutation(() => TeamTermsSetResult, { description: 'Sets the rules of the program for teams. For admins.' })
  async teamTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamTermsSetInput) input: TeamTermsSetInput,
  ): Promise<typeof TeamTermsSetResult> {
    return new TeamTermsReplaced(await this.terms.set(context, input));
  }

  @FieldResolver(() => TeamMemberConnection, { description: 'Who is in it, in the order in which they came.' })
  async members(@Root() team: Team, @Args(() => PageArgs) page: PageArgs): Promise<TeamMemberConnection> {
    return new TeamMemberConnection(await this.service.membersOf(team, page));
  }

  @FieldResolver(() => Int, { description: 'How many are in it.' })
  memberCount(@Root() team: Team, @Ctx() context: RequestContext): Promise<number> {
    return memberCountOf.load(context, team.id);
  }

  @FieldResolver(() => Ambassador, {
    nullable: true,
    description: 'The ambassador who made it and is in it, and who may change it; null for a team of the staff.',
  })
  captain(@Root() team: Team, @Ctx() context: RequestContext): Promise<Ambassador> | null {
    return team.captainId === null ? null : requireAmbassador(context, team.captainId);
  }
}

@Resolver(() => TeamMember)
export class TeamMemberResolver {
  @FieldResolver(() => Ambassador, { description: 'Who it is.' })
  ambassador(@Root() member: TeamMember, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, member.ambassadorId);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorTeamResolver {
  @FieldResolver(() => Team, { nullable: true, description: 'The team that it is in; null where it is in none.' })
  async team(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Team | null> {
    const teamId = await teamIdOfAmbassador.load(context, ambassador.id);
    return teamId === undefined ? null : requireTeam(context, teamId);
  }
}

@Resolver(() => Program)
export class ProgramTeamsResolver {
  constructor(private readonly terms: TeamTermsService) {}

  @FieldResolver(() => TeamTerms, { description: 'The rules of the program for teams.' })
  teamTerms(@Root() { id }: Program, @Ctx() context: RequestContext): Promise<TeamTerms> {
    return context.database.read((db) => this.terms.of(db, id));
  }
}
