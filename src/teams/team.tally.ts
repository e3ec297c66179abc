import sql, { join } from 'sql-template-tag';
import { countsOn } from '../leaderboards/leaderboard.reckoning.js';
import { LeaderboardWindow, periodAt } from '../leaderboards/leaderboard.window.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { AppEvent } from '../platform/events/events.js';
import { grouped } from '../platform/graphql/loader.js';
import type { JobPart, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { Team, TeamCredit, TeamMember, TeamPoints } from './team.entity.js';

const creditsPerFold = 1_000;
/** Teams in one transaction; who joins or leaves them waits for it. */
const teamsPerFold = 50;
const turnsAtOnce = 20;

/** The windows in which points of teams are summed. */
const windows = (Object.keys(LeaderboardWindow) as LeaderboardWindow[]).filter((window) => window !== 'SEASON');

type RecountState = { readonly after: string };

/**
 * Keeps the points of teams. A posting only notes for which team it earned, in a row of its own, so that the many
 * members of a team do not wait for each other; the sums by window take these notes in later, many at a time. Whoever
 * reads adds what is not taken in yet.
 */
export class TeamTally {
  private readonly recount: ScheduledJob<RecountState>;

  constructor(
    private readonly database: Database,
    jobs: Jobs,
  ) {
    this.recount = jobs.define<RecountState>({
      name: 'teams.recount',
      part: (tx, { programId, state }) => this.reopenNext(tx, programId, state),
    });
  }

  /**
   * Follows `points.posted`: points are for the team in which the ambassador was when it earned them, and so are their
   * reversals, which count where the award did. The posting holds the balance, as whoever comes or goes does.
   */
  async credit(tx: Transaction, { programId, payload }: AppEvent<'points.posted'>): Promise<void> {
    const { ambassadorId, transferId, earnedPoints, category } = payload;
    if (earnedPoints === 0) return;
    const earnedAt = new Date(payload.earnedAt);
    const member = await tx.first(
      TeamMember,
      sql`WHERE ambassador_id = ${ambassadorId} AND joined_at <= ${earnedAt}
        AND (left_at IS NULL OR left_at > ${earnedAt})`,
    );
    if (!member) return;
    const { teamId } = member;
    await tx.insert(TeamCredit, { transferId, programId, teamId, earnedPoints, earnedAt, category, isOpen: true });
  }

  /** Takes some of the open credits into the sums, and answers how many. Any number of processes may do it. */
  async foldSome(): Promise<number> {
    let folded = 0;
    let after = '';
    for (let turn = 0; turn < turnsAtOnce; turn++) {
      const teamIds = await this.nextOpen(after);
      const last = teamIds.at(-1);
      if (last === undefined) break;
      folded += await this.database.transact((tx) => this.fold(tx, teamIds));
      after = last;
    }
    return folded;
  }

  /** The program counts its days in another zone: so do its teams, each summed anew. */
  async followTimeZone(tx: Transaction, programId: string): Promise<void> {
    if (!(await nextElsewhere(tx, programId, ''))) return;
    await this.recount.schedule(tx, { programId, runKey: tx.now.toISOString(), state: { after: '' } });
  }

  /** The next teams with open credits, in the order of their ids. */
  private async nextOpen(after: string): Promise<string[]> {
    const rows = await this.database.read((db) =>
      db.query<{ team_id: string }>(sql`
        SELECT DISTINCT team_id FROM team_credit WHERE is_open = 1 AND team_id > ${after}
        ORDER BY team_id LIMIT ${teamsPerFold}`),
    );
    return rows.map((row) => row.team_id);
  }

  private async fold(tx: Transaction, teamIds: readonly string[]): Promise<number> {
    // Held, so that one transaction takes in the credits of a team; who comes and goes waits as long.
    const teams = await tx.select(Team, sql`WHERE id IN (${join([...teamIds])}) ORDER BY id ${tx.forUpdateSkipLocked}`);
    if (teams.length === 0) return 0;
    const open = await tx.select(
      TeamCredit,
      sql`WHERE is_open = 1 AND team_id IN (${join(teams.map(({ id }) => id))}) LIMIT ${creditsPerFold}`,
    );
    if (open.length === 0) return 0;
    const byTeam = grouped(
      teams.map(({ id }) => id),
      open,
      ({ teamId }) => teamId,
    );
    for (const [index, team] of teams.entries()) await addTo(tx, team, sumsOf(team, byTeam[index] ?? []));
    await tx.execute(sql`
      UPDATE team_credit SET is_open = 0 WHERE transfer_id IN (${join(open.map(({ transferId }) => transferId))})`);
    return open.length;
  }

  /** Forgets the sums of the next team whose zone is not the program's, so that all its credits are taken in anew. */
  private async reopenNext(
    tx: Transaction,
    programId: string,
    { after }: RecountState,
  ): Promise<JobPart<RecountState>> {
    const next = await nextElsewhere(tx, programId, after);
    if (!next) return { done: 0 };
    await tx.query(sql`SELECT id FROM team WHERE id = ${next.id} ${tx.forUpdate}`);
    await tx.execute(sql`
      UPDATE team SET time_zone = (SELECT program.time_zone FROM program WHERE program.id = ${programId})
      WHERE id = ${next.id}`);
    await tx.execute(sql`DELETE FROM team_points WHERE team_id = ${next.id}`);
    await tx.execute(sql`UPDATE team_credit SET is_open = 1 WHERE team_id = ${next.id} AND is_open = 0`);
    return { done: 1, next: { after: next.id } };
  }
}

/** What credits come to in each window, by its name; each window of time has a name of its own. */
export function sumsOf(team: Team, credits: readonly TeamCredit[]): Map<string, TeamPoints> {
  const { id: teamId, programId, timeZone } = team;
  const sums = new Map<string, TeamPoints>();
  for (const { transferId, earnedPoints, earnedAt, category } of credits) {
    for (const window of windows) {
      const windowed = { window, timeZone, kinds: null, seasonFrom: null, seasonTo: null };
      if (!countsOn(windowed, category, earnedAt)) continue;
      const period = periodAt(windowed, earnedAt);
      const { points, reached } = sums.get(period) ?? { points: 0, reached: '' };
      sums.set(period, {
        ...{ teamId, period, programId, points: points + earnedPoints },
        reached: reached < transferId ? transferId : reached,
      });
    }
  }
  return sums;
}

/** Adds to the sums of a team that is held, so that nobody else writes them. */
async function addTo(tx: Transaction, { id }: Team, added: ReadonlyMap<string, TeamPoints>): Promise<void> {
  if (added.size === 0) return;
  const sums = [...added.values()];
  const inPeriods = sql`team_id = ${id} AND period IN (${join(sums.map(({ period }) => period))})`;
  const points = join(
    sums.map((sum) => sql`WHEN ${sum.period} THEN ${sum.points}`),
    ' ',
  );
  const reached = join(
    sums.map((sum) => sql`WHEN period = ${sum.period} AND reached < ${sum.reached} THEN ${sum.reached}`),
    ' ',
  );
  const known = await tx.execute(sql`
    UPDATE team_points SET points = points + CASE period ${points} ELSE 0 END,
      reached = CASE ${reached} ELSE reached END
    WHERE ${inPeriods}`);
  if (known === sums.length) return;
  const present = new Set((await tx.select(TeamPoints, sql`WHERE ${inPeriods}`)).map(({ period }) => period));
  await tx.insert(
    TeamPoints,
    sums.filter(({ period }) => !present.has(period)),
  );
}

async function nextElsewhere(tx: Transaction, programId: string, after: string): Promise<Team | undefined> {
  return tx.first(
    Team,
    sql`WHERE program_id = ${programId} AND id > ${after}
      AND time_zone <> (SELECT program.time_zone FROM program WHERE program.id = ${programId}) ORDER BY id LIMIT 1`,
  );
}
