import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { Team, TeamMember } from './team.entity.js';
import type { TeamJoinInput, TeamLeaveInput, TeamMoveInput } from './team.inputs.js';
import { hashOfInvitation } from './team.invitation.js';
import { memberCountOf, teamIdOfAmbassador } from './team.loaders.js';
import { TeamRefused } from './team.results.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'team.joined': { readonly teamId: string; readonly ambassadorId: string };
    'team.left': { readonly teamId: string; readonly ambassadorId: string };
  }
}

/** Who joins, where to, and whether the rules of the team hold for them: not where staff add somebody. */
interface Joining {
  readonly input: TeamJoinInput | TeamMoveInput;
  readonly ambassadorId: string;
  readonly byStaff: boolean;
}

/**
 * Who is in which team. Whoever comes or goes first holds the ambassador's balance, so that one ambassador is in one
 * team at a time and no posting comes in between, and then the team, so that its seats are counted by one at a time.
 *
 * A membership begins and ends after all that the ambassador has earned until then. So which team points are for
 * depends on when they were earned alone, whatever the clocks of several processes say.
 */
export class TeamMembers {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
  ) {}

  /** An ambassador joins a team; who is in it already stays. */
  join(context: RequestContext, input: TeamJoinInput): Promise<Team | TeamRefused | NotFound> {
    return this.enter(context, input, (tx, joining, team) => this.comeIn(tx, joining, team));
  }

  /** An ambassador leaves the team that it is in for another: both or neither. */
  move(context: RequestContext, input: TeamMoveInput): Promise<Team | TeamRefused | NotFound> {
    return this.enter(context, input, async (tx, joining, team, present) => {
      if (present) await this.end(tx, present);
      return this.comeIn(tx, joining, team);
    });
  }

  /** An ambassador leaves its team: the team that it left, or null where it was in none. */
  async leave(context: RequestContext, input: TeamLeaveInput): Promise<Team | null | NotFound> {
    const result = await this.database.transact(async (tx) => {
      const ambassador = await this.whom(tx, context, input.ambassadorId);
      if (!ambassador) return new NotFound();
      await this.ledger.lockBalance(tx, ambassador.id);
      const present = await presentOf(tx, ambassador.id);
      if (!present) return null;
      await this.end(tx, present);
      return requireTeamRow(tx, present.teamId);
    });
    forgetMembers(context);
    return result;
  }

  /** The captain of a new team is its first member; a refusal where it is in another. */
  async begin(tx: Transaction, team: Team, ambassadorId: string): Promise<TeamRefused | undefined> {
    await this.ledger.lockBalance(tx, ambassadorId);
    const present = await presentOf(tx, ambassadorId);
    if (present && !(await isArchived(tx, present))) return new TeamRefused('IN_ANOTHER_TEAM');
    if (present) await this.end(tx, present);
    await this.add(tx, team, ambassadorId);
    return undefined;
  }

  /** How many are in a team. */
  count(tx: Transaction, { id }: Team): Promise<number> {
    return tx.count(TeamMember, sql`WHERE team_id = ${id} AND left_at IS NULL`);
  }

  private async enter(
    context: RequestContext,
    input: TeamJoinInput | TeamMoveInput,
    work: (tx: Transaction, joining: Joining, team: Team, present?: TeamMember) => Promise<Team | TeamRefused>,
  ): Promise<Team | TeamRefused | NotFound> {
    const id = rowId(Team, input.teamId);
    const { session } = context;
    const result = await this.database.transact(async (tx) => {
      const ambassador = await this.whom(tx, context, input.ambassadorId);
      if (!ambassador) return new NotFound();
      await this.ledger.lockBalance(tx, ambassador.id);
      const present = await presentOf(tx, ambassador.id);
      // In the order of their ids, as everybody does who holds two teams.
      const held = await tx.select(
        Team,
        sql`WHERE id IN (${id ?? ''}, ${present?.teamId ?? ''}) ORDER BY id ${tx.forUpdate}`,
      );
      const team = held.find((each) => each.id === id);
      if (!team || team.programId !== session.program.id) return new NotFound();
      if (present?.teamId === team.id && team.archivedAt === null) return team;
      const byStaff = session.may('team.join', { ambassadorId: null });
      return work(tx, { input, ambassadorId: ambassador.id, byStaff }, team, present);
    });
    forgetMembers(context);
    return result;
  }

  /** The ambassador comes into a team that is held, where that is possible. */
  private async comeIn(tx: Transaction, { input, ambassadorId, byStaff }: Joining, team: Team) {
    if (team.archivedAt !== null) return new TeamRefused('TEAM_ARCHIVED');
    const present = await presentOf(tx, ambassadorId);
    if (present && !(await isArchived(tx, present))) return new TeamRefused('IN_ANOTHER_TEAM');
    if (!byStaff && team.joining === 'STAFF') return new TeamRefused('BY_STAFF_ONLY');
    if (!byStaff && team.joining === 'INVITATION' && !isInvitation(team, input.invitationCode)) {
      return new TeamRefused('INVITATION_WRONG');
    }
    if ((await this.count(tx, team)) >= team.membersMax) return new TeamRefused('TEAM_FULL');
    if (present) await this.end(tx, present);
    await this.add(tx, team, ambassadorId);
    return team;
  }

  private async add(tx: Transaction, { id: teamId, programId }: Team, ambassadorId: string): Promise<void> {
    const joinedAt = await turningPoint(tx, ambassadorId);
    await tx.insert(TeamMember, { id: tx.newId(), programId, teamId, ambassadorId, joinedAt, leftAt: null });
    await this.events.emit(tx, 'team.joined', programId, { teamId, ambassadorId });
  }

  /** Ends the membership of who has one, for who is erased. The caller holds its balance. */
  async endOf(tx: Transaction, ambassadorId: string): Promise<void> {
    const present = await presentOf(tx, ambassadorId);
    if (present) await this.end(tx, present);
  }

  private async end(tx: Transaction, { id, programId, teamId, ambassadorId }: TeamMember): Promise<void> {
    const leftAt = await turningPoint(tx, ambassadorId);
    await tx.execute(sql`UPDATE team_membership SET left_at = ${leftAt} WHERE id = ${id}`);
    await tx.execute(sql`UPDATE team SET captain_id = NULL WHERE id = ${teamId} AND captain_id = ${ambassadorId}`);
    await this.events.emit(tx, 'team.left', programId, { teamId, ambassadorId });
  }

  /** The ambassador that is meant: the calling one, or for staff any of the program. */
  private async whom(
    tx: Transaction,
    { session }: RequestContext,
    globalId: string | null | undefined,
  ): Promise<Ambassador | undefined> {
    session.require('team.join');
    const id = globalId ? rowId(Ambassador, globalId) : session.ambassadorId;
    const known = id ? await tx.first(Ambassador, sql`WHERE id = ${id}`) : undefined;
    if (known?.programId !== session.program.id || !session.may('team.join', known)) return undefined;
    return known;
  }
}

/** After all that the ambassador has earned, and after it last left a team. Its balance is held. */
async function turningPoint(tx: Transaction, ambassadorId: string): Promise<Date> {
  const [row] = await tx.query<{ earned_at: string | null; left_at: string | null; joined_at: string | null }>(sql`
    SELECT (SELECT MAX(earned_at) FROM points_transfer
        WHERE ambassador_id = ${ambassadorId} AND earned_points <> 0) AS earned_at,
      (SELECT MAX(joined_at) FROM team_membership WHERE ambassador_id = ${ambassadorId}) AS joined_at,
      (SELECT MAX(left_at) FROM team_membership WHERE ambassador_id = ${ambassadorId}) AS left_at`);
  const time = (text: string | null | undefined) => (text ? timeOf(text).getTime() : 0);
  const turned = Math.max(time(row?.joined_at), time(row?.left_at));
  return new Date(Math.max(tx.now.getTime(), time(row?.earned_at) + 1, turned));
}

async function presentOf(tx: Transaction, ambassadorId: string): Promise<TeamMember | undefined> {
  return tx.first(TeamMember, sql`WHERE ambassador_id = ${ambassadorId} AND left_at IS NULL`);
}

async function isArchived(tx: Transaction, { teamId }: TeamMember): Promise<boolean> {
  return (await requireTeamRow(tx, teamId)).archivedAt !== null;
}

async function requireTeamRow(tx: Transaction, id: string): Promise<Team> {
  const team = await tx.first(Team, sql`WHERE id = ${id}`);
  if (!team) throw new Error('A team that is referred to is gone');
  return team;
}

function isInvitation({ invitationHash }: Team, code: string | null | undefined): boolean {
  return invitationHash !== null && typeof code === 'string' && hashOfInvitation(code) === invitationHash;
}

function forgetMembers(context: RequestContext): void {
  for (const loader of [memberCountOf, teamIdOfAmbassador]) loader.clear(context);
}
