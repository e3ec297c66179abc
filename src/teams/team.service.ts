import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Random } from '../platform/random.js';
import { Program } from '../programs/program.entity.js';
import { Team, TeamMember } from './team.entity.js';
import type { TeamArchiveInput, TeamCreateInput, TeamInvitationRenewInput, TeamUpdateInput } from './team.inputs.js';
import { hashOfInvitation, newInvitation } from './team.invitation.js';
import { teamById } from './team.loaders.js';
import type { TeamMembers } from './team.members.js';
import { TeamInvitationRenewed, TeamRefused } from './team.results.js';
import type { TeamTermsService } from './team.terms.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'team.created': { readonly teamId: string };
    'team.archived': { readonly teamId: string };
  }
}

/** Boards of teams are put in order when they are asked for, so there is a bound to how many a program has. */
const teamsPerProgramMax = 10_000;

const oldestMembersFirst = [
  { column: 'team_membership.id', direction: 'ASC', read: (member: TeamMember) => member.id },
] as const;

/** The teams of a program: made and changed by admins, and by their captains where the program lets ambassadors. */
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly random: Random,
    private readonly terms: TeamTermsService,
    private readonly members: TeamMembers,
  ) {}

  /** Makes a team. An ambassador who makes it is its captain and first member. */
  async create(context: RequestContext, input: TeamCreateInput): Promise<Team | TeamRefused | InputInvalid> {
    const { session } = context;
    session.require('team.create');
    const programId = session.program.id;
    const captainId = session.may('team.manage', { ambassadorId: null }) ? null : session.ambassadorId;
    return this.database.transact(async (tx) => {
      // Held so that two who make teams at once cannot pass the bound together, nor the zone change in between.
      const program = await tx.first(Program, sql`WHERE id = ${programId} ${tx.forUpdate}`);
      if (!program) throw new Error('The program of the session is gone');
      const terms = await this.terms.of(tx, programId);
      if (captainId !== null && !terms.ambassadorsMayCreate) return new TeamRefused('NOT_ALLOWED');
      const { key, name, description, joining, membersMax } = input;
      const refusal = captainId === null ? undefined : tooMany(membersMax, terms.membersMax);
      if (refusal) return refusal;
      if ((await tx.count(Team, sql`WHERE program_id = ${programId}`)) >= teamsPerProgramMax) {
        return new TeamRefused('TOO_MANY_TEAMS');
      }
      const team = Object.assign(new Team(), {
        ...{ id: tx.newId(), programId, key, name, description, joining },
        ...{ membersMax: membersMax ?? terms.membersMax, captainId, invitationHash: null },
        ...{ timeZone: program.timeZone, createdAt: tx.now, archivedAt: null },
      });
      try {
        await tx.insert(Team, team);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['key'], 'is the key of another team');
        throw error;
      }
      await this.events.emit(tx, 'team.created', programId, { teamId: team.id });
      if (captainId === null) return team;
      return (await this.members.begin(tx, team, captainId)) ?? team;
    });
  }

  /** Changes a team. */
  async update(context: RequestContext, input: TeamUpdateInput): Promise<Team | TeamRefused | InputInvalid | NotFound> {
    return this.change(context, input.teamId, async (tx, team) => {
      if (team.archivedAt !== null) return new TeamRefused('TEAM_ARCHIVED');
      const refusal = await this.refusalOfSize(tx, context, team, input.membersMax);
      if (refusal) return refusal;
      const changed = Object.assign(team, {
        name: input.name ?? team.name,
        description: input.description ?? team.description,
        joining: input.joining ?? team.joining,
        membersMax: input.membersMax ?? team.membersMax,
      });
      await tx.execute(sql`
        UPDATE team SET name = ${changed.name}, description = ${changed.description}, joining = ${changed.joining},
          members_max = ${changed.membersMax} WHERE id = ${team.id}`);
      return changed;
    });
  }

  /** Archives a team for good; done again it changes nothing. */
  async archive(context: RequestContext, { teamId }: TeamArchiveInput): Promise<Team | NotFound> {
    return this.change(context, teamId, async (tx, team) => {
      if (team.archivedAt !== null) return team;
      await tx.execute(sql`UPDATE team SET archived_at = ${tx.now} WHERE id = ${team.id}`);
      await this.events.emit(tx, 'team.archived', team.programId, { teamId: team.id });
      return Object.assign(team, { archivedAt: tx.now });
    });
  }

  /** Gives a team a new invitation code, which is shown this once; the one before works no more. */
  async renewInvitation(
    context: RequestContext,
    { teamId }: TeamInvitationRenewInput,
  ): Promise<TeamInvitationRenewed | TeamRefused | NotFound> {
    return this.change(context, teamId, async (tx, team) => {
      if (team.archivedAt !== null) return new TeamRefused('TEAM_ARCHIVED');
      const code = newInvitation(this.random);
      const invitationHash = hashOfInvitation(code);
      await tx.execute(sql`UPDATE team SET invitation_hash = ${invitationHash} WHERE id = ${team.id}`);
      return new TeamInvitationRenewed(Object.assign(team, { invitationHash }), code);
    });
  }

  /** The teams of the program that are not archived, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Team>> {
    context.session.require('team.read');
    const where = sql`team.program_id = ${context.session.program.id} AND team.archived_at IS NULL`;
    return paginate(this.database, { entity: Team, where, order: newestFirst('team'), page });
  }

  /** A team of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Team | undefined> {
    if (!context.session.may('team.read')) return undefined;
    const team = await teamById.load(context, id);
    return team?.programId === context.session.program.id ? team : undefined;
  }

  /** Who is in a team, in the order in which they came. */
  membersOf({ id }: Team, page: PageArgs): Promise<Page<TeamMember>> {
    const where = sql`team_membership.team_id = ${id} AND team_membership.left_at IS NULL`;
    return paginate(this.database, { entity: TeamMember, where, order: oldestMembersFirst, page });
  }

  /** What is wrong with so many seats; undefined if nothing. */
  private async refusalOfSize(
    tx: Transaction,
    { session }: RequestContext,
    team: Team,
    membersMax: number | null | undefined,
  ): Promise<InputInvalid | undefined> {
    if (typeof membersMax !== 'number' || membersMax === team.membersMax) return undefined;
    const members = await this.members.count(tx, team);
    if (membersMax < members) return InputInvalid.at(['membersMax'], `must not be less than its ${members} members`);
    if (session.may('team.manage', { ambassadorId: null })) return undefined;
    return tooMany(membersMax, (await this.terms.of(tx, team.programId)).membersMax);
  }

  /** Changes a team that the caller may change, held so that whoever joins at the same moment takes turns. */
  private async change<Answer extends object>(
    context: RequestContext,
    globalId: string,
    work: (tx: Transaction, team: Team) => Promise<Answer>,
  ): Promise<Answer | NotFound> {
    const { session } = context;
    session.require('team.manage');
    const id = rowId(Team, globalId);
    const result = await this.database.transact(async (tx) => {
      const team = id && (await tx.first(Team, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!team || team.programId !== session.program.id || !session.may('team.manage', team)) return new NotFound();
      return work(tx, team);
    });
    teamById.clear(context);
    return result;
  }
}

/** Captains keep to the size that the program gives teams. */
function tooMany(membersMax: number | null | undefined, allowed: number): InputInvalid | undefined {
  if (typeof membersMax !== 'number' || membersMax <= allowed) return undefined;
  return InputInvalid.at(['membersMax'], `must not be more than ${allowed} in this program`);
}
